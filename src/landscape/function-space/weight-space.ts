// How far apart two networks are in weight space, and at what angle: the other side of how far apart they are as functions.
import { cosineMatrix, distanceMatrix } from '../projections/distances.ts';

export interface WeightSpace {
  /** `[M, M]`: Euclidean distances. */
  readonly distance: Float64Array;
  /** `[M, M]`: cosines of the angles seen from the origin. */
  readonly cosine: Float64Array;
  /** `[M, M]`: cosines of the angles between displacements from the start; null where no start is given. */
  readonly displacementCosine: Float64Array | null;
}

/**
 * Of M networks' weights `[M, P]`. Units of a hidden layer can be exchanged without a change of the function, so that
 * distances between networks that started apart say little unless their units are aligned first.
 * @param start `[M, P]`, or `[P]` that all networks share.
 * @throws RangeError where weights are not finite, all 0, or a network has not moved from its start.
 */
export function weightSpace(
  weights: Float32Array,
  networks: number,
  start?: Float32Array,
): WeightSpace {
  const distance = distanceMatrix(weights, networks);
  const cosine = cosineMatrix(weights, networks);
  if (!start) return { distance, cosine, displacementCosine: null };
  const P = weights.length / networks;
  if (start.length !== P && start.length !== weights.length)
    throw new RangeError(
      `a start of ${start.length} weights for ${networks} networks of ${P}: expected ${P} that all share, or ${weights.length}`,
    );
  const displacement = Float64Array.from(weights, (w, i) => w - start[i % start.length]!);
  for (let n = 0; n < networks; n++)
    if (displacement.subarray(n * P, (n + 1) * P).every((moved) => moved === 0))
      throw new RangeError(
        `network ${n} has not moved from its start: its displacement has no direction; leave it out or give no start`,
      );
  return { distance, cosine, displacementCosine: cosineMatrix(displacement, networks) };
}
