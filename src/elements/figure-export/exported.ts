// What is saved of a picture, wherever it stands: its drawing, the words around it, its numbers.
import type { FigureTable } from '../../figures/kit/figure.ts';

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
  /** With lines for the head of the file; null where the picture has none. */
  numbers(): { readonly table: FigureTable; readonly about: readonly string[] } | null;
}

/** A point ends a sentence where a capital follows a space; numbers and abbreviations go on. */
export const firstSentence = (text: string): string =>
  /^.*?[.!?](?=\s[A-Z]|$)/.exec(text)?.[0] ?? text;
