// Picking network 17 in one figure picks it in every figure of that run, or of its study, on the page; Escape lets go.
import { AtlasFigure } from './atlas-figure.ts';
import type { Notice } from './notice.ts';
import { onPick } from './picks.ts';

let coming: Promise<typeof import('./notice.ts')> | null = null;

/** Its code comes with the first pick; what is said is said in order. */
function withNotice(act: (notice: Notice) => void): void {
  coming ??= import('./notice.ts');
  void coming.then(({ notice }) => act(notice));
}

/** Figures of this run or study that tell networks apart. */
const figuresOf = (source: string): AtlasFigure[] =>
  [...document.querySelectorAll<AtlasFigure>('atlas-figure')].filter(
    (figure) => figure.source === source && 'selected' in figure.state,
  );

/** A figure that offers its own list of what may be picked has no other. */
function takes(figure: AtlasFigure, network: number | null): boolean {
  const control = figure.drawn?.controls.find(({ key }) => key === 'selected');
  return control === undefined || control.options.some(({ value }) => value === network);
}

function pick(source: string, network: number | null): number {
  const figures = figuresOf(source).filter((figure) => takes(figure, network));
  for (const figure of figures) {
    if (figure.state['selected'] !== network) figure.choose({ selected: network });
  }
  return figures.length;
}

/** Whose network was picked last, for Escape. */
let picked: string | null = null;

function letGo(): void {
  if (picked === null) return;
  pick(picked, null);
  picked = null;
  withNotice((notice) => notice.clear());
}

onPick(document, ({ network, isPassing = false }, target) => {
  const origin = target instanceof Element ? target.closest('atlas-figure') : null;
  if (!(origin instanceof AtlasFigure)) return;
  const count = pick(origin.source, network);
  picked = network === null ? null : origin.source;
  if (network === null) withNotice((notice) => notice.clear());
  // A mouse that only passes by is not answered in words.
  else if (!isPassing) {
    const where = count > 1 ? ` in ${count} figures` : '';
    const sentence = `Network ${network} picked${where}.`;
    withNotice((notice) => notice.say(sentence, { name: 'Clear', key: 'Escape', act: letGo }));
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) letGo();
});
