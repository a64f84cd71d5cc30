// How sure a statistic is: its percentile bootstrap interval.
import { quantileSorted } from 'd3';
import { randomStream } from '../learning/random.ts';

export type Interval = readonly [low: number, high: number];

/** A statistic of the data, with its 95% interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/** Resamples behind every bootstrap interval. */
export const resamples = 2000;

/**
 * Quantile of sorted values, by linear interpolation between order statistics (type 7 of Hyndman and Fan
 * 1996, doi:10.1080/00031305.1996.10473566). Of nothing, NaN.
 */
export function quantileOf(sorted: Float64Array, p: number): number {
  // d3 takes any array of numbers; its types ask for a plain one.
  return quantileSorted(sorted as unknown as number[], p) ?? NaN;
}

/** Sum over n; of nothing, NaN. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/**
 * Intervals of several statistics of one or more samples: the 2.5% and 97.5% quantiles of each statistic over
 * 2,000 resamples, in which every sample is drawn anew from itself with replacement (percentile bootstrap,
 * Efron and Tibshirani 1993, section 13.3).
 *
 * `statistics` is called with one resample of each sample, in the order given; it may reorder them. Resamples of
 * which a statistic is not finite (a correlation with a constant) are left out of its interval. An empty sample
 * gives [NaN, NaN] throughout.
 */
export function bootstrapIntervals(
  samples: readonly ArrayLike<number>[],
  statistics: (resamples: readonly Float64Array[]) => readonly number[],
  seed: number,
): Interval[] {
  const drawn = samples.map((sample) => Float64Array.from(sample));
  const width = statistics(drawn).length;
  if (samples.some(({ length }) => length === 0))
    return Array.from({ length: width }, () => [NaN, NaN]);
  const random = randomStream(seed, 'bootstrap');
  const found = Array.from({ length: width }, () => new Float64Array(resamples));
  for (let r = 0; r < resamples; r++) {
    for (const [s, own] of drawn.entries()) {
      const sample = samples[s]!;
      for (let i = 0; i < own.length; i++) own[i] = sample[random.integer(own.length)]!;
    }
    for (const [k, value] of statistics(drawn).entries()) found[k]![r] = value;
  }
  return found.map(middle);
}

/** The same for one statistic of one sample. */
export function bootstrapInterval(
  values: ArrayLike<number>,
  statistic: (resample: Float64Array) => number,
  seed: number,
): Interval {
  return bootstrapIntervals([values], ([resample]) => [statistic(resample!)], seed)[0]!;
}

/** The middle 95% of the finite values. */
function middle(statistics: Float64Array): Interval {
  const sorted = statistics.filter(Number.isFinite).sort();
  return [quantileOf(sorted, 0.025), quantileOf(sorted, 0.975)];
}
