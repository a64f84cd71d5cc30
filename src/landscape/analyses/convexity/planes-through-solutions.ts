// A plane of random directions through each solution, in the norms of its filters.
import { normaliseDirection } from '../../directions/normalise-direction.ts';
import { randomDirection } from '../../directions/random-direction.ts';
import { gatherRows } from '../../rows.ts';
import { scaledFrame, type Frame } from '../../slices/frame.ts';
import { axesOver } from '../../slices/radius.ts';
import type { TrainedCondition } from '../analysis.ts';
import type { ConvexitySpec } from './convexity-result.ts';

export const axesOf = ({ size, radius }: ConvexitySpec): Float32Array[] =>
  axesOver(
    [
      [-radius, radius],
      [-radius, radius],
    ],
    size,
  );

/** A plane through each network: two random directions, the same for all, given the norms of its filters. */
export function framesOf(
  { network, final, experiment }: TrainedCondition,
  networks: readonly number[],
): Frame[] {
  const P = final.length / experiment.initialisations;
  return networks.map((index) => {
    const origin = gatherRows(final, P, [index]);
    const basis = new Float32Array(2 * P);
    for (const d of [0, 1]) {
      const drawn = randomDirection(P, experiment.seed, d);
      basis.set(normaliseDirection(network, drawn, origin, 'filter'), d * P);
    }
    return scaledFrame(origin.slice(), basis, ['random direction 1', 'random direction 2']);
  });
}
