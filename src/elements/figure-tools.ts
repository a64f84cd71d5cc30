// The small buttons in the foot of a figure: what they do is fetched when one is first pressed.
import { AtlasFigure } from './atlas-figure.ts';
import type { FilmShape } from './film/film-shape.ts';
import type { FileKind } from './figure-export/save-figure.ts';

const figureFor = (element: Element): AtlasFigure | null => {
  const figure = element.closest('figure')?.querySelector('atlas-figure');
  return figure instanceof AtlasFigure ? figure : null;
};

async function save(figure: AtlasFigure, kind: FileKind): Promise<void> {
  const [{ saveFigure }, { exportedOf }] = await Promise.all([
    import('./figure-export/save-figure.ts'),
    import('./figure-export/exported-figure.ts'),
  ]);
  return saveFigure(kind, exportedOf(figure));
}

async function film(figure: AtlasFigure, shape: FilmShape): Promise<void> {
  const [{ filmWithNotice }, { exportedOf }] = await Promise.all([
    import('./film/film-with-notice.ts'),
    import('./figure-export/exported-figure.ts'),
  ]);
  const { words, name } = exportedOf(figure);
  if (figure.drawn) await filmWithNotice({ ...figure.drawn, words, name, shape });
}

const tools: Readonly<Record<string, (figure: AtlasFigure) => Promise<void>>> = {
  png: (figure) => save(figure, 'png'),
  svg: (figure) => save(figure, 'svg'),
  csv: (figure) => save(figure, 'csv'),
  poster: async (figure) => {
    const [{ savePoster }, { exportedOf }] = await Promise.all([
      import('./figure-export/poster.ts'),
      import('./figure-export/exported-figure.ts'),
    ]);
    const { words, name } = exportedOf(figure);
    if (figure.drawn) savePoster({ ...figure.drawn, words, name });
  },
  'film-wide': (figure) => film(figure, 'wide'),
  'film-square': (figure) => film(figure, 'square'),
  'film-tall': (figure) => film(figure, 'tall'),
  link: async (figure) => (await import('./figure-link/copy-link.ts')).copyLink(figure),
};

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-tool]') : null;
  const tool = tools[button?.dataset['tool'] ?? ''];
  const figure = button && figureFor(button);
  if (!tool || !figure) return;
  try {
    await figure.comeAlive();
    await tool(figure);
  } catch (error) {
    (await import('./notice.ts')).notice.sayFailure(error);
  }
});

/** The numbers are written when they are asked for. */
for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-numbers]')) {
  const figure = figureFor(details);
  const body = details.querySelector<HTMLElement>('[data-numbers-body]');
  if (!figure || !body) continue;
  details.addEventListener('toggle', async () => {
    if (!details.open) return;
    const { followNumbers } = await import('./figure-numbers/follow-numbers.ts');
    if (details.open) await followNumbers(details, body, figure);
  });
}

if (location.search.includes('figure=')) {
  void import('./figure-link/open-link.ts').then(({ openLink }) => openLink(location.search));
}
