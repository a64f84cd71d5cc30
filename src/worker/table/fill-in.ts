// What stands in for a missing value of a column.

/**
 * Mean or median of the numbers that are there, to seven digits; of words the most frequent one, the first of equals.
 * Null where the whole column is missing.
 */
export function fillOf(
  cells: readonly string[],
  gap: RegExp,
  by: 'mean' | 'median',
  areWords: boolean,
): string | null {
  const present = cells.filter((cell) => !gap.test(cell));
  if (present.length === 0) return null;
  if (areWords) return mostFrequent(present);
  const numbers = Float64Array.from(present, Number);
  // What is no number at all is somebody else's to complain of.
  if (!numbers.every(Number.isFinite)) return null;
  const value =
    by === 'mean'
      ? numbers.reduce((sum, number) => sum + number / numbers.length, 0)
      : median(numbers.sort());
  return String(Number(value.toPrecision(7)));
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

function mostFrequent(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
