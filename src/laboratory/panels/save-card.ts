// Saves the picture of a panel as a file, with the run it is of and the state it is in.
import { numbersOf, type Exported } from '../../elements/figure-export/exported.ts';
import type { FileKind } from '../../elements/figure-export/save-figure.ts';
import { notice } from '../../elements/notice.ts';
import type { LabRun } from '../lab-run.ts';
import type { CardPicture } from './card-picture.ts';

export async function saveCard(
  kind: FileKind,
  card: HTMLElement,
  picture: CardPicture,
  runs: readonly LabRun[],
  title: string,
): Promise<void> {
  const exported = exportedOf(card, picture, runs, title);
  if (!exported) return;
  try {
    const { saveFigure } = await import('../../elements/figure-export/save-figure.ts');
    await saveFigure(kind, exported);
  } catch (error) {
    notice.sayFailure(error);
  }
}

function exportedOf(
  card: HTMLElement,
  picture: CardPicture,
  runs: readonly LabRun[],
  title: string,
): Exported | null {
  const { drawn, container } = picture;
  if (!drawn || !container) return null;
  const text = (selector: string): string =>
    (card.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const of = runs.map((run) => run.title).join(' and ');
  const source = `Loss Atlas, the laboratory. ${of}. ${text('[data-note]')}`.trim();
  const words = { title, caption: text('[data-help]'), source };
  return {
    picture: container,
    words,
    name: `loss-atlas-laboratory-${card.dataset['panel'] ?? 'picture'}`,
    numbers: () => numbersOf(drawn, words),
  };
}
