// Means over networks with their intervals, as results carry them: none where there is too little to know one by.
import {
  bootstrapInterval,
  meanOf,
  quantileOf,
  type Estimate,
  type Interval,
} from '../bootstrap.ts';
import type { PairedComparison } from '../comparison/effect-size.ts';
import { pairMean } from '../comparison/pair-mean.ts';

/** What resampling a single value gives has no width, and would decide every claim: it is no interval. */
const unknown: Interval = [NaN, NaN];

/** Values that are not finite are left out. */
export const estimateOfMean = (values: ArrayLike<number>, seed: number): Estimate =>
  estimateOf(values, meanOf, seed);

export const estimateOfMedian = (values: ArrayLike<number>, seed: number): Estimate =>
  estimateOf(values, (sample) => quantileOf(sample.sort(), 0.5), seed);

function estimateOf(
  values: ArrayLike<number>,
  statistic: (sample: Float64Array) => number,
  seed: number,
): Estimate {
  const finite = Float64Array.from(values).filter(Number.isFinite);
  const interval = finite.length < 2 ? unknown : bootstrapInterval(finite, statistic, seed);
  return { value: statistic(finite.slice()), interval };
}

/** `pairMean`; two networks are a single pair. */
export function estimateOfPairs(matrix: ArrayLike<number>, N: number, seed: number): Estimate {
  const { value, interval } = pairMean(matrix, N, seed);
  return { value, interval: N < 3 ? unknown : interval };
}

/** The mean difference of a comparison of pairs. */
export const differenceOfPairs = ({ count, meanDifference }: PairedComparison): Estimate => ({
  value: meanDifference.value,
  interval: count < 2 ? unknown : meanDifference.interval,
});
