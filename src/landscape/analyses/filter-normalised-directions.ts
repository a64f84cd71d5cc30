// Random directions in the norms of networks' own filters, for averages over many of them.
import type { NetworkShape } from '../../learning/network-shape.ts';
import { normaliseDirection } from '../directions/normalise-direction.ts';
import { randomDirection } from '../directions/random-direction.ts';

/** `[M, K, P]`: the same K random directions for every network, given the norms of its own filters. */
export function filterNormalisedDirections(
  network: NetworkShape,
  weights: Float32Array,
  M: number,
  K: number,
  seed: number,
): Float32Array {
  const P = weights.length / M;
  const directions = new Float32Array(M * K * P);
  for (let k = 0; k < K; k++) {
    const drawn = randomDirection(P, seed, k);
    for (let m = 0; m < M; m++) {
      const own = weights.slice(m * P, (m + 1) * P);
      directions.set(normaliseDirection(network, drawn, own, 'filter'), (m * K + k) * P);
    }
  }
  return directions;
}
