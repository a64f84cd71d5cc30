// Which of the known names somebody may have meant.
import { closest, distance } from 'fastest-levenshtein';

/** The name most like `given`, or null where none is within a third of its letters. */
export function nearest(given: string, names: readonly string[]): string | null {
  if (given.length > 64 || names.length === 0) return null;
  const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '');
  const wanted = plain(given);
  const name = names.find((n) => plain(n) === closest(wanted, names.map(plain))) as string;
  return distance(wanted, plain(name)) <= Math.max(1, Math.floor(wanted.length / 3)) ? name : null;
}
