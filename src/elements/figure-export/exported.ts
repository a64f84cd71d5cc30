// What is saved of a picture, wherever it stands: its drawing, the words around it, its numbers.
import type { Figure, FigureControl, FigureTable } from '../../figures/kit/figure.ts';
import { stateInWords } from '../figure-link/state-address.ts';
import type { State } from '../layered-state.ts';

/** What a file says of the figure. */
export interface SheetWords {
  readonly title: string;
  readonly caption: string;
  readonly source: string;
}

export interface Exported {
  /** Holds the drawing, as it is on the page. */
  readonly picture: HTMLElement;
  readonly words: SheetWords;
  /** Name of the file, without its ending. */
  readonly name: string;
  /** Null where the picture has none. */
  numbers(): ExportedNumbers | null;
}

export interface ExportedNumbers {
  readonly table: FigureTable;
  /** Lines for the head of the file. */
  readonly about: readonly string[];
}

export interface DrawnWithControls<Data> {
  readonly figure: Figure<Data, State>;
  readonly data: Data;
  readonly state: State;
  readonly controls: readonly FigureControl[];
}

/** The numbers of a picture as it is drawn, with what of its state a reader may change; @param more lines. */
export function numbersOf<Data>(
  { figure, data, state, controls }: DrawnWithControls<Data>,
  { title, source }: SheetWords,
  more: readonly string[] = [],
): ExportedNumbers | null {
  const table = figure.table?.(data, state);
  if (!table) return null;
  const keys = ['selected', 'eye', ...controls.map(({ key }) => key)];
  const told = Object.entries(state).filter(([key]) => keys.includes(key));
  const shown = stateInWords(Object.fromEntries(told), { controls });
  return { table, about: [title, source, `As shown: ${shown}`, ...more] };
}

/** A point ends a sentence where a capital follows a space; numbers and abbreviations go on. */
export const firstSentence = (text: string): string =>
  /^.*?[.!?](?=\s[A-Z]|$)/.exec(text)?.[0] ?? text;
