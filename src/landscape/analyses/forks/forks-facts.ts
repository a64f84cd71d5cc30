// What follows from the ends of forks and the losses between them: barriers, distances and their means.
import { barriersOf } from '../../paths/barrier.ts';
import { evenAlphas } from '../../paths/interpolation.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import type { ForksResult } from './forks-result.ts';

type Kept = Pick<ForksResult, 'ends' | 'losses' | 'strangers'>;
type Facts = Omit<ForksResult, 'networks' | 'epochs' | keyof Kept>;

/** @param finals `[M, P]`: where the runs ended. */
export function factsOfForks(
  { ends, losses, strangers }: Kept,
  finals: Float32Array,
  seed: number,
): Facts {
  const [F, M, T] = losses.shape as [number, number, number];
  const alphas = evenAlphas(T);
  const barriers = exact([F, M], barriersOf(losses.values, alphas).barrier);
  const strangerBarriers = exact([M], barriersOf(strangers.values, alphas).barrier);
  const perFork = <Value>(of: (f: number) => Value): Value[] =>
    Array.from({ length: F }, (_, f) => of(f));
  return {
    barriers,
    strangerBarriers,
    meanBarriers: perFork((f) =>
      estimateOfMean(barriers.values.subarray(f * M, (f + 1) * M), seed),
    ),
    meanStrangerBarrier: estimateOfMean(strangerBarriers.values, seed),
    distances: perFork((f) => {
      const own = ends.values.subarray(f * finals.length, (f + 1) * finals.length);
      return estimateOfMean(distancesOf(finals, own, M), seed);
    }),
    strangerDistance: estimateOfMean(distancesOf(finals, nextOnes(finals, M), M), seed),
  };
}

const exact = (shape: readonly number[], values: ArrayLike<number>): NumericArray =>
  numericArray(shape, values, { rounding: 'exact' });

/** `[M, P]`: each network's successor, the first after the last. */
export function nextOnes(weights: Float32Array, M: number): Float32Array {
  const P = weights.length / M;
  const next = new Float32Array(weights.length);
  next.set(weights.subarray(P), 0);
  next.set(weights.subarray(0, P), weights.length - P);
  return next;
}

function distancesOf(a: Float32Array, b: Float32Array, M: number): Float64Array {
  const P = a.length / M;
  return Float64Array.from({ length: M }, (_, m) => {
    let squares = 0;
    for (let i = m * P; i < (m + 1) * P; i++) squares += (a[i]! - b[i]!) ** 2;
    return Math.sqrt(squares);
  });
}
