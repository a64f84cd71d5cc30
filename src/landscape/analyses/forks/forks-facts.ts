// What follows from the ends of forks and the losses between them: barriers, distances and their means.
import { barriersOf } from '../../paths/barrier.ts';
import { evenAlphas } from '../../paths/interpolation.ts';
import { gatherRows } from '../../rows.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import { weightNorms } from '../weight-norms.ts';
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
export const nextOnes = (weights: Float32Array, M: number): Float32Array =>
  gatherRows(
    weights,
    weights.length / M,
    Array.from({ length: M }, (_, m) => (m + 1) % M),
  );

const distancesOf = (a: Float32Array, b: Float32Array, M: number): Float64Array =>
  weightNorms(
    a.map((weight, i) => weight - b[i]!),
    M,
  );
