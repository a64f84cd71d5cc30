// What is saved of a figure in the text: named after chapter and figure, with the address of its state.
import type { AtlasFigure } from '../atlas-figure.ts';
import { linkTo } from '../figure-link/copy-link.ts';
import { idOf, knownStates } from '../figure-link/page-figures.ts';
import { stateInWords } from '../figure-link/state-address.ts';
import { firstSentence, type Exported, type SheetWords } from './exported.ts';

export function exportedOf(figure: AtlasFigure): Exported {
  const words = wordsOf(figure);
  return {
    picture: figure.querySelector<HTMLElement>('.live-drawing, .static-drawing') ?? figure,
    words,
    name: fileName(figure),
    numbers() {
      const { drawn, state } = figure;
      const table = drawn?.figure.table?.(drawn.data, state);
      if (!table) return null;
      const known = knownStates(figure);
      const keys = ['selected', 'eye', ...known.controls.map(({ key }) => key)];
      const told = Object.entries(state).filter(([key]) => keys.includes(key));
      const shown = stateInWords(Object.fromEntries(told), known);
      const { title, source } = words;
      return { table, about: [title, source, `As shown: ${shown}`, `Again: ${linkTo(figure)}`] };
    },
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
