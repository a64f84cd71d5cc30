// Aligns many networks of one shape to each other at once: each to the mean of the others, until nothing moves.
import type { NetworkShape } from '../../learning/network-shape.ts';
import { randomStream } from '../../learning/random.ts';
import { alignPopulation } from './align-population.ts';
import type { UnitSymmetry } from './hidden-groups.ts';
import { composeSymmetries } from './symmetry-group.ts';
import { matchWeights } from './weight-matching.ts';

export interface JointAlignmentOptions {
  /** Draws the order in which networks, and layers, are visited. */
  readonly seed: number;
  /** Passes over all networks at most; usually a handful change anything. */
  readonly maxRounds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface JointAlignment {
  /** `[M, P]`: every network aligned. */
  readonly weights: Float32Array;
  /** `[M]`: what was done to each. */
  readonly symmetries: readonly UnitSymmetry[];
  /** Passes over all networks, the last one that changed nothing included. */
  readonly rounds: number;
}

/**
 * All of M networks `[M, P]` brought close to each other by reordering (and negating) hidden units.
 *
 * MergeMany of Ainsworth et al. 2023 (arXiv:2209.04836, Algorithm 3): network by network in random order, each is
 * matched to the mean of the others. It starts from all aligned to network 0. With `S` the sum of all networks, a step
 * raises `w_i . (S - w_i)`, and so `|S|^2`; lengths do not change, so the mean squared distance of two networks,
 * `2 (M sum |w|^2 - |S|^2) / (M (M - 1))`, never grows. The end is a local optimum: no single network can be brought
 * nearer to the others (of one hidden layer exactly so, since its matching is exact).
 * @throws RangeError where weights do not fit or are not finite; the signal's reason when it is aborted.
 */
export async function alignJointly(
  network: NetworkShape,
  weights: Float32Array,
  { seed, maxRounds = 100, signal }: JointAlignmentOptions,
): Promise<JointAlignment> {
  const method = { kind: 'weights', seed } as const;
  const start = await alignPopulation(network, weights, { to: 0, method, signal });
  const aligned = start.weights;
  const symmetries = [...start.symmetries];
  const M = symmetries.length;
  const P = aligned.length / M;
  const order = Array.from({ length: M }, (_, m) => m);
  const stream = randomStream(seed, 'joint alignment');
  const sum = new Float64Array(P);
  aligned.forEach((value, i) => (sum[i % P]! += value));
  let [rounds, moved] = [0, M > 1];
  while (moved && rounds < maxRounds) {
    moved = false;
    rounds++;
    for (const m of stream.shuffle(order)) {
      signal?.throwIfAborted();
      const own = aligned.subarray(m * P, (m + 1) * P);
      const others = Float32Array.from(sum, (total, p) => (total - own[p]!) / (M - 1));
      const next = matchWeights(network, others, own, { seed });
      if (!next.weights.some((value, p) => value !== own[p])) continue;
      moved = true;
      for (let p = 0; p < P; p++) sum[p]! += next.weights[p]! - own[p]!;
      own.set(next.weights);
      symmetries[m] = composeSymmetries(symmetries[m]!, next.symmetry);
    }
    await new Promise<void>((resolve) => setTimeout(resolve));
  }
  return { weights: aligned, symmetries, rounds };
}

/** Mean over pairs of the squared distance of M networks `[M, P]`. */
export function meanSquaredDistance(weights: Float32Array, M: number): number {
  const P = weights.length / M;
  const sum = new Float64Array(P);
  let squares = 0;
  weights.forEach((value, i) => {
    sum[i % P]! += value;
    squares += value * value;
  });
  const together = sum.reduce((total, value) => total + value * value, 0);
  return (2 * (M * squares - together)) / (M * (M - 1));
}
