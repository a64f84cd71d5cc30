// Whether two measured quantities rise together.
import { bootstrapIntervals } from '../bootstrap.ts';
import type { Estimate } from '../bootstrap.ts';

/** Of pairs `(x, y)`; those of which either is not finite are left out and counted in `missing`. */
export interface Correlation {
  readonly count: number;
  readonly missing: number;
  /** How near the pairs lie to a line. */
  readonly pearson: Estimate;
  /** How near they lie to any rising curve. */
  readonly spearman: Estimate;
}

/** Both correlations with percentile bootstrap intervals (see bootstrap.ts); resamples draw whole pairs. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>, seed: number): Correlation {
  checkPairs(x, y);
  const chosen = Float64Array.from({ length: x.length }, (_, i) => i).filter(
    (i) => Number.isFinite(x[i]) && Number.isFinite(y[i]),
  );
  const measures = ([pairs]: readonly Float64Array[]): number[] => {
    const [xs, ys] = [pairs!.map((i) => x[i]!), pairs!.map((i) => y[i]!)];
    return [pearson(xs, ys), spearman(xs, ys)];
  };
  const [linear, monotone] = measures([chosen]) as [number, number];
  const [linearInterval, monotoneInterval] = bootstrapIntervals([chosen], measures, seed);
  return {
    count: chosen.length,
    missing: x.length - chosen.length,
    pearson: { value: linear, interval: linearInterval! },
    spearman: { value: monotone, interval: monotoneInterval! },
  };
}

/** `sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)^2 sum (y - mean y)^2)`; NaN where either does not vary. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkPairs(x, y);
  const n = x.length;
  let [sumX, sumY] = [0, 0];
  for (let i = 0; i < n; i++) {
    sumX += x[i]!;
    sumY += y[i]!;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [x[i]! - sumX / n, y[i]! - sumY / n];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  // The mean of equal numbers may round: what never changes must not correlate with anything.
  if (isConstant(x) || isConstant(y)) return NaN;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Spearman's rank correlation (1904): Pearson's of the ranks, equal values sharing the mean of theirs. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkPairs(x, y);
  return pearson(averageRanks(x), averageRanks(y));
}

/** From 1; equal values share the mean of their ranks. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i);
  order.sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(order.length);
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (let place = first; place < end; place++) ranks[order[place]!] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

function checkPairs(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length)
    throw new RangeError(
      `a correlation of ${x.length} values with ${y.length}: expected as many, each with its partner`,
    );
}
