// Averages of weights across runs and along each of them, and their losses; and what follows from the losses alone.
import type { TrainingHistory } from '../../../learning/history.ts';
import { estimateOfMean } from '../estimates.ts';
import { groupMeans } from '../../group-means.ts';
import { gatherRows } from '../../rows.ts';
import type { Evaluate } from '../../evaluate-blocks.ts';
import { onLogScale, type NumericArray } from '../numeric-array.ts';
import {
  numberings,
  type AveragesResult,
  type Numbering,
  type PartLosses,
} from './averages-result.ts';

/** Weights of networks `[N, P]` in both numberings. */
export type Numbered = Readonly<Record<Numbering, Float32Array>>;

/** `[G]`: losses of the averages of disjoint groups, size by size. */
export async function acrossLosses(
  weights: Float32Array,
  P: number,
  sizes: readonly number[],
  evaluate: Evaluate,
): Promise<NumericArray> {
  const losses: number[] = [];
  for (const size of sizes) losses.push(...(await evaluate(groupMeans(weights, P, size))).loss);
  return onLogScale([losses.length], losses);
}

/**
 * `[S, N]`: losses of the averages of the last s + 1 snapshots of each run, s from 0. The average along one run of
 * Izmailov et al. 2018 (arXiv:1803.05407, equation 3), here with equal steps and no cycles.
 */
export async function alongLosses(
  { snapshots, networks: all, parameters: P }: TrainingHistory,
  networks: readonly number[],
  S: number,
  evaluate: Evaluate,
): Promise<NumericArray> {
  const T = snapshots.length / (all * P);
  const N = networks.length;
  const sum = new Float64Array(N * P);
  const losses: number[] = [];
  for (let s = 0; s < S; s++) {
    const first = (T - 1 - s) * all;
    const own = gatherRows(
      snapshots,
      P,
      networks.map((network) => first + network),
    );
    own.forEach((weight, i) => (sum[i]! += weight));
    losses.push(...(await evaluate(Float32Array.from(sum, (total) => total / (s + 1)))).loss);
  }
  return onLogScale([S, N], losses);
}

/** Means and intervals of losses as they are kept. */
export function factsOfLosses(
  { raw, aligned, along }: Pick<PartLosses, 'raw' | 'aligned' | 'along'>,
  { sizes, groups }: Pick<AveragesResult, 'sizes' | 'groups'>,
  seed: number,
): Omit<PartLosses, 'raw' | 'aligned' | 'along'> {
  const [S, N] = along.shape as [number, number];
  const row = (s: number) => along.values.subarray(s * N, (s + 1) * N);
  const ends = row(0);
  const losses = { raw, aligned };
  /** What `measure` makes of the losses of each size's groups, and of the means of those they average. */
  const bySize = (measure: (averages: Float32Array, members: Float64Array) => Float64Array) =>
    Object.fromEntries(
      numberings.map((numbering) => {
        let from = 0;
        const estimates = groups.map((count, k) => {
          const own = losses[numbering].values.subarray(from, from + count);
          from += count;
          return estimateOfMean(measure(own, memberMeans(ends, sizes[k]!, count)), seed);
        });
        return [numbering, estimates];
      }),
    ) as unknown as PartLosses['means'];
  const gains = row(S - 1).map((loss, n) => loss - ends[n]!);
  return {
    means: bySize((averages) => Float64Array.from(averages)),
    gains: bySize((averages, members) => members.map((mean, g) => averages[g]! - mean)),
    alongMeans: Array.from({ length: S }, (_, s) => estimateOfMean(row(s), seed)),
    alongGain: estimateOfMean(gains, seed),
  };
}

/** `[count]`: mean losses of the members of disjoint groups. */
function memberMeans(losses: Float32Array, size: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, g) => {
    const own = losses.subarray(g * size, (g + 1) * size);
    return own.reduce((sum, loss) => sum + loss, 0) / size;
  });
}
