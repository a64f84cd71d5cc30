// What the script and the notebook are made of: explanations and code, in one order.

import { wellFormed } from '../plain-text.ts';

export interface Cell {
  /** Stable, for the notebook: letters, digits, hyphens. */
  readonly id: string;
  /** Markdown; in the script, a comment. */
  readonly words: string;
  readonly code: string;
}

/**
 * A string of Python: JSON's escapes are Python's too. What an editor takes for a line end, does not show, or shows in
 * another order is escaped as well; half a character, which Python could not print, becomes U+FFFD.
 */
export const pythonString = (text: string): string =>
  JSON.stringify(wellFormed(text)).replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const pythonList = (values: readonly (string | number)[]): string =>
  `[${values.map((value) => (typeof value === 'string' ? pythonString(value) : value)).join(', ')}]`;

export const pythonBool = (value: boolean): string => (value ? 'True' : 'False');

/** A template's lines without their common indentation and the empty lines around them. */
export function lines(text: string): string {
  const all = text.replace(/^\n+|\s+$/g, '').split('\n');
  const indents = all.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return all.map((line) => line.slice(common)).join('\n');
}
