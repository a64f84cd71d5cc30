// The boundaries of all networks at a moment of training, out of the patterns that their answers are kept in.
import type { BoundaryHistoryResult } from '../../landscape/analyses/boundary-history/boundary-history-result.ts';
import type { Point } from '../kit/path.ts';
import { zeroLines } from '../kit/zero-lines.ts';

/** Grid steps that one step of the kept grid becomes: patterns are smooth, and lines in large cells would have corners. */
const finer = 2;

interface FinePatterns {
  /** Points a side. */
  readonly size: number;
  readonly mean: Float64Array;
  readonly patterns: readonly Float64Array[];
}

const known = new WeakMap<BoundaryHistoryResult, FinePatterns>();

/** Each network's boundary as polylines, x and y in shares of the sheet from its lower left corner, 0 to 1. */
export function boundariesAt(history: BoundaryHistoryResult, epoch: number): Point[][][] {
  const { size, mean, patterns } = finePatterns(history);
  const [, N, R] = history.amounts.shape as [number, number, number];
  const { values } = history.amounts;
  const { before, share } = momentOf(history.epochs.values, epoch);
  const after = Math.min(before + 1, history.epochs.values.length - 1);
  return Array.from({ length: N }, (_, n) => {
    const answers = mean.slice();
    for (let r = 0; r < R; r++) {
      const amount =
        (1 - share) * values[(before * N + n) * R + r]! + share * values[(after * N + n) * R + r]!;
      const pattern = patterns[r]!;
      for (let i = 0; i < answers.length; i++) answers[i]! += amount * pattern[i]!;
    }
    return zeroLines(answers, size, size).map((line) =>
      line.map(([x, y]): Point => [x / (size - 1), y / (size - 1)]),
    );
  });
}

/** The last snapshot by an epoch, and the share of the way to the next: answers in between are blended. */
function momentOf(epochs: ArrayLike<number>, epoch: number): { before: number; share: number } {
  let before = 0;
  while (before + 1 < epochs.length && epochs[before + 1]! <= epoch) before++;
  const next = epochs[before + 1];
  if (next === undefined) return { before, share: 0 };
  const share = (epoch - epochs[before]!) / (next - epochs[before]!);
  return { before, share: Math.max(0, share) };
}

function finePatterns(history: BoundaryHistoryResult): FinePatterns {
  const made = known.get(history);
  if (made) return made;
  const { mean, patterns } = history;
  const [R, size] = patterns.shape as [number, number, number];
  const places = size * size;
  const fine = {
    size: finer * (size - 1) + 1,
    mean: refined(mean.values, size),
    patterns: Array.from({ length: R }, (_, r) =>
      refined(patterns.values.subarray(r * places, (r + 1) * places), size),
    ),
  };
  known.set(history, fine);
  return fine;
}

/** A square grid with more points, by cubic convolution (Catmull-Rom) along rows, then along columns. */
function refined(values: ArrayLike<number>, size: number): Float64Array {
  const fine = finer * (size - 1) + 1;
  const along = new Float64Array(size * fine);
  for (let j = 0; j < size; j++)
    for (let i = 0; i < fine; i++)
      along[j * fine + i] = cubic((k) => values[j * size + k]!, size, i / finer);
  const both = new Float64Array(fine * fine);
  for (let j = 0; j < fine; j++)
    for (let i = 0; i < fine; i++)
      both[j * fine + i] = cubic((k) => along[k * fine + i]!, size, j / finer);
  return both;
}

/** Through the four neighbours of `at`; beyond either end the grid goes on straight. */
function cubic(read: (k: number) => number, size: number, at: number): number {
  const k = Math.min(size - 2, Math.floor(at));
  const t = at - k;
  const [b, c] = [read(k), read(k + 1)];
  const a = k > 0 ? read(k - 1) : 2 * b - c;
  const d = k + 2 < size ? read(k + 2) : 2 * c - b;
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
