// How much two ways of training differ in one measured quantity, in its own unit and in units of chance.
import { bootstrapIntervals, meanOf, quantileOf } from '../bootstrap.ts';
import type { Estimate } from '../bootstrap.ts';

/** Of one sample; values that are not finite (diverged networks) are left out and counted in `missing`. */
export interface Group {
  readonly count: number;
  readonly missing: number;
  readonly mean: number;
  readonly median: number;
}

/** Of sample b against sample a: every difference is b less a, every sign positive where b is larger. */
export interface Comparison {
  readonly a: Group;
  readonly b: Group;
  readonly meanDifference: Estimate;
  readonly medianDifference: Estimate;
  readonly hedgesG: Estimate;
  readonly cliffsDelta: Estimate;
}

/** Of pairs, such as the same start trained in two ways. */
export interface PairedComparison {
  /** Pairs of finite values. */
  readonly count: number;
  /** Pairs left out because either value is not finite. */
  readonly missing: number;
  /** Mean of b - a. */
  readonly meanDifference: Estimate;
  readonly medianDifference: Estimate;
  /** Share of pairs in which b > a; equal pairs count half. */
  readonly shareLarger: Estimate;
}

/**
 * Two independent samples. Intervals are percentile bootstraps (see bootstrap.ts), all four from the same resamples.
 * Of a sample without finite values, statistics are NaN.
 */
export function compare(a: ArrayLike<number>, b: ArrayLike<number>, seed: number): Comparison {
  const samples = [finite(a), finite(b)] as const;
  const measures = (resamples: readonly Float64Array[]): number[] => {
    const [x, y] = resamples as [Float64Array, Float64Array];
    const means = meanOf(y) - meanOf(x);
    const g = hedgesG(x, y);
    // Sorted in place: the resamples are ours, and both measures that are left want them so.
    x.sort();
    y.sort();
    return [means, quantileOf(y, 0.5) - quantileOf(x, 0.5), g, deltaOfSorted(x, y)];
  };
  const values = measures(samples.map((sample) => sample.slice()));
  const intervals = bootstrapIntervals(samples, measures, seed);
  const [meanDifference, medianDifference, g, delta] = values.map((value, i) => ({
    value,
    interval: intervals[i]!,
  })) as [Estimate, Estimate, Estimate, Estimate];
  return {
    a: group(samples[0], a.length),
    b: group(samples[1], b.length),
    meanDifference,
    medianDifference,
    hedgesG: g,
    cliffsDelta: delta,
  };
}

/** Pairs `(a[i], b[i])`; resamples draw whole pairs. @throws RangeError where the two are not equally long. */
export function comparePaired(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  seed: number,
): PairedComparison {
  if (a.length !== b.length)
    throw new RangeError(
      `a paired comparison of ${a.length} values with ${b.length}: expected as many, each with its partner; compare unpaired samples with compare`,
    );
  const differences = finite(Float64Array.from(a, (value, i) => b[i]! - value));
  const measures = ([drawn]: readonly Float64Array[]): number[] => {
    const sorted = drawn!;
    const [mean, share] = [meanOf(sorted), shareAbove(sorted)];
    return [mean, quantileOf(sorted.sort(), 0.5), share];
  };
  const values = measures([differences.slice()]);
  const intervals = bootstrapIntervals([differences], measures, seed);
  const [meanDifference, medianDifference, shareLarger] = values.map((value, i) => ({
    value,
    interval: intervals[i]!,
  })) as [Estimate, Estimate, Estimate];
  return {
    count: differences.length,
    missing: a.length - differences.length,
    meanDifference,
    medianDifference,
    shareLarger,
  };
}

/**
 * Hedges' g (Hedges 1981, doi:10.3102/10769986006002107): the difference of means in units of the pooled standard
 * deviation, `J (mean b - mean a) / s`, `s^2 = ((n_a - 1) s_a^2 + (n_b - 1) s_b^2) / m`, `m = n_a + n_b - 2`, freed of
 * its bias by `J = 1 - 3 / (4 m - 1)`, the usual approximation. NaN or infinite where neither sample varies, and NaN
 * for fewer than three values in all.
 */
export function hedgesG(a: Float64Array, b: Float64Array): number {
  const m = a.length + b.length - 2;
  if (m < 1) return NaN;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const pooled = Math.sqrt((squaresAbout(a, meanA) + squaresAbout(b, meanB)) / m);
  return ((1 - 3 / (4 * m - 1)) * (meanB - meanA)) / pooled;
}

/**
 * Cliff's delta (Cliff 1993, doi:10.1037/0033-2909.114.3.494): `P(b > a) - P(b < a)` over all pairs of a value of each,
 * -1 to 1. Of an empty sample, NaN.
 */
export const cliffsDelta = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  deltaOfSorted(Float64Array.from(a).sort(), Float64Array.from(b).sort());

/** One walk through both: for each value of b, how many of a are below it, and how many equal it. */
function deltaOfSorted(a: Float64Array, b: Float64Array): number {
  let [below, upTo, excess] = [0, 0, 0];
  for (const value of b) {
    while (below < a.length && a[below]! < value) below++;
    while (upTo < a.length && a[upTo]! <= value) upTo++;
    excess += below - (a.length - upTo);
  }
  return excess / (a.length * b.length);
}

const finite = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values).filter(Number.isFinite);

const group = (sample: Float64Array, given: number): Group => ({
  count: sample.length,
  missing: given - sample.length,
  mean: meanOf(sample),
  median: quantileOf(sample.toSorted(), 0.5),
});

function squaresAbout(values: Float64Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return sum;
}

function shareAbove(differences: Float64Array): number {
  let share = 0;
  for (const difference of differences) share += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
  return share / differences.length;
}
