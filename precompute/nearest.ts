// The name that somebody may have meant.
import { closest, distance } from 'fastest-levenshtein';

/** The nearest of `names`, or null where none is near enough to be a slip of the keyboard. */
export function nearest(name: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const candidate = closest(name.toLowerCase(), names);
  const slips = distance(name.toLowerCase(), candidate);
  return slips <= Math.max(2, candidate.length / 3) ? candidate : null;
}
