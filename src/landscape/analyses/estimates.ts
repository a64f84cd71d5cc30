// A mean over networks with its interval, as results carry it.
import { bootstrapInterval, meanOf, quantileOf, type Estimate } from '../bootstrap.ts';

/** Values that are not finite are left out. */
export function estimateOfMean(values: ArrayLike<number>, seed: number): Estimate {
  const finite = Float64Array.from(values).filter(Number.isFinite);
  return { value: meanOf(finite), interval: bootstrapInterval(finite, meanOf, seed) };
}

export function estimateOfMedian(values: ArrayLike<number>, seed: number): Estimate {
  const finite = Float64Array.from(values).filter(Number.isFinite);
  const median = (sample: Float64Array) => quantileOf(sample.sort(), 0.5);
  return { value: median(finite.slice()), interval: bootstrapInterval(finite, median, seed) };
}
