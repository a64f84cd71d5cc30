// Saves the picture of a panel as a file, with the run it is of and the state it is in.
import type { Exported } from '../../elements/figure-export/exported.ts';
import { stateInWords } from '../../elements/figure-link/state-address.ts';
import { notice } from '../../elements/notice.ts';
import type { LabRun } from '../lab-run.ts';
import type { CardPicture } from './card-picture.ts';

/** @param how 'png', 'svg' or 'csv'. */
export async function saveCard(
  how: string,
  card: HTMLElement,
  picture: CardPicture,
  runs: readonly LabRun[],
  title: string,
): Promise<void> {
  const exported = exportedOf(card, picture, runs, title);
  if (!exported) return;
  try {
    const save = await import('../../elements/figure-export/save.ts');
    if (how === 'png') await save.savePng(exported);
    else if (how === 'svg') await save.saveSvg(exported);
    else if (how === 'csv') await save.saveCsv(exported);
  } catch (error) {
    console.error(error);
    const reason = error instanceof Error ? ` ${error.message}` : '';
    notice.say(`That did not work.${reason}`);
  }
}

function exportedOf(
  card: HTMLElement,
  picture: CardPicture,
  runs: readonly LabRun[],
  title: string,
): Exported | null {
  const { shown, drawing, controls } = picture;
  const drawn = drawing?.element.querySelector<HTMLElement>('.live-drawing');
  if (!shown || !drawing || !drawn) return null;
  const text = (selector: string): string =>
    (card.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const of = runs.map((run) => run.title).join(' and ');
  const source = `Loss Atlas, the laboratory. ${of}. ${text('[data-note]')}`.trim();
  return {
    picture: drawn,
    words: { title, caption: text('[data-help]'), source },
    name: `loss-atlas-laboratory-${card.dataset['panel'] ?? 'picture'}`,
    numbers() {
      const { figure } = shown.loaded;
      const table = figure.table?.(shown.data, drawing.state);
      if (!table) return null;
      const keys = ['selected', 'eye', ...controls.map(({ key }) => key)];
      const told = Object.entries(drawing.state).filter(([key]) => keys.includes(key));
      const state = stateInWords(Object.fromEntries(told), { controls });
      return { table, about: [title, source, `As shown: ${state}`] };
    },
  };
}
