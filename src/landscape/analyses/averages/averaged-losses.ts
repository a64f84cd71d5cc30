// Averages of weights across runs and along each of them, and their losses; and what follows from the losses alone.
import type { TrainingHistory } from '../../../learning/history.ts';
import { estimateOfMean } from '../estimates.ts';
import { groupMeans } from '../../group-means.ts';
import { gatherRows } from '../../rows.ts';
import type { Evaluate } from '../../evaluate-blocks.ts';
import { onLogScale, type NumericArray } from '../numeric-array.ts';
import { numberings, type Numbering, type PartLosses } from './averages-result.ts';

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
  groups: readonly number[],
  seed: number,
): Omit<PartLosses, 'raw' | 'aligned' | 'along'> {
  const bySize = (losses: NumericArray) => {
    let from = 0;
    return groups.map((count) => {
      const own = losses.values.subarray(from, from + count);
      from += count;
      return estimateOfMean(own, seed);
    });
  };
  const [S, N] = along.shape as [number, number];
  const row = (s: number) => along.values.subarray(s * N, (s + 1) * N);
  const gains = row(S - 1).map((loss, n) => loss - row(0)[n]!);
  const losses = { raw, aligned };
  return {
    means: Object.fromEntries(
      numberings.map((numbering) => [numbering, bySize(losses[numbering])]),
    ) as unknown as PartLosses['means'],
    alongMeans: Array.from({ length: S }, (_, s) => estimateOfMean(row(s), seed)),
    alongGain: estimateOfMean(gains, seed),
  };
}
