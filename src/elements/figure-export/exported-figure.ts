// What is saved of a figure in the text: named after chapter and figure, with the address of its state.
import type { AtlasFigure } from '../atlas-figure.ts';
import { linkTo } from '../figure-link/copy-link.ts';
import { idOf } from '../figure-link/page-figures.ts';
import { firstSentence, numbersOf, type Exported, type SheetWords } from './exported.ts';

export function exportedOf(figure: AtlasFigure): Exported {
  const words = wordsOf(figure);
  return {
    picture: figure.querySelector<HTMLElement>('.live-drawing, .static-drawing') ?? figure,
    words,
    name: fileName(figure),
    numbers: () => figure.drawn && numbersOf(figure.drawn, words, [`Again: ${linkTo(figure)}`]),
  };
}

/** Such as `loss-atlas-05-drawing-the-surface-fifty-map`. */
function fileName(figure: AtlasFigure): string {
  const chapter = /\/chapters\/([^/]+)/.exec(location.pathname)?.[1];
  const parts = ['loss-atlas', chapter, idOf(figure) || figure.dataset['figure']];
  return parts.filter(Boolean).join('-');
}

function wordsOf(figure: AtlasFigure): SheetWords {
  const frame = figure.closest('figure');
  const text = (selector: string): string =>
    (frame?.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const page = `${location.origin}${location.pathname}#${idOf(figure)}`;
  const kind = figure.dataset['run'] === undefined ? 'study' : 'run';
  return {
    title: text('.figure-title'),
    caption: firstSentence(text('.figure-caption')),
    source: `Loss Atlas, ${kind} ${figure.source}. ${page}`,
  };
}
