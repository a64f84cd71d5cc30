// What the script and the notebook are made of: explanations and code, in one order.

export interface Cell {
  /** Stable, for the notebook: letters, digits, hyphens. */
  readonly id: string;
  /** Markdown; in the script, a comment. */
  readonly words: string;
  readonly code: string;
}

/** A string of Python: JSON's escapes are Python's too. */
export const pythonString = (text: string): string => JSON.stringify(text);

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
