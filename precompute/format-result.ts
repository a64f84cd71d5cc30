// The plain data of an analysis's result, laid out for a terminal.
import { isNumberAsText, isTensorMark } from '../src/artifact/result-tree.ts';
import { figures } from './report-text.ts';

type Rows = [string, string][];

/** Longer lists are told by their range, or by how often each word is in them. */
const listedItems = 8;

/** Every number of a result by its path; of its tensors, how many there are. */
export function resultRows(result: unknown, tensorFile: string): Rows {
  const rows: Rows = [];
  let tensors = 0;
  const walk = (value: unknown, path: string): void => {
    const text = textOf(value);
    if (text !== null) rows.push([path, text]);
    else if (typeof value === 'object' && value !== null) {
      if (isTensorMark(value)) tensors++;
      else {
        for (const [key, item] of Object.entries(value)) walk(item, path ? `${path}.${key}` : key);
      }
    }
  };
  walk(result, '');
  return [...rows, ['tensors', `${tensors}, in ${tensorFile}`]];
}

/** What fits on one line: numbers, words, lists of them, estimates with their interval, spreads, summaries. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return figures(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    if (value.every(isNumber)) return listText(value.map(Number));
    return value.length > listedItems && value.every((item) => typeof item === 'string')
      ? countText(value)
      : null;
  }
  const parts = value as Readonly<Record<string, unknown>>;
  const number = (key: string) => (typeof parts[key] === 'number' ? figures(parts[key]) : 'NaN');
  if ('value' in parts && Array.isArray(parts['interval'])) {
    const [low, high] = parts['interval'].map((end) => figures(Number(end)));
    return `${number('value')} (95% ${low} to ${high})`;
  }
  if ('median' in parts && 'minimum' in parts && 'maximum' in parts) {
    return `median ${number('median')}, ${number('minimum')} to ${number('maximum')}, of ${number('count')}`;
  }
  return null;
}

/** As the result's file has it: what is not finite is a text. */
const isNumber = (value: unknown): boolean => typeof value === 'number' || isNumberAsText(value);

/** `17 converged, 3 stuck`. */
function countText(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function listText(values: readonly number[]): string {
  if (values.length <= listedItems) return values.map(figures).join(', ');
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return `${values.length} numbers, none of them finite`;
  const ends = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  return `${values.length} numbers, ${ends.map(figures).join(' to ')}`;
}
