// Components of the first path of a condition, and its ends, computed again.
import { weightDistance } from '../../symmetry/alignment.ts';
import { rowOf, type Recheck, type TrainedCondition } from '../analysis.ts';
import { sameCoordinate } from '../rechecks.ts';
import { componentsOf, randomPlaneShare } from './path-components.ts';
import type { TrajectoryResult } from './trajectories-result.ts';

export function recheckFirstPath(
  { key, initial, final, experiment }: TrainedCondition,
  draws: number,
  { firstPath, descent, networks, dimensions: P, points, randomPlane }: TrajectoryResult,
): Recheck[] {
  const path = firstPath.values;
  const again = componentsOf([path], points, P, experiment.seed);
  const row = (values: Float32Array, index: number) => rowOf(values, P, index);
  const end = row(path, points - 1);
  const shares = { draws, first: 0, seed: experiment.seed };
  return [
    ...Array.from(again.explained.values, (share, k) => ({
      what: `share of component ${k + 1} of the first path of ${key}`,
      recorded: descent.explained.values[k]!,
      again: share,
      tolerance: 1e-5,
    })),
    ...Array.from(again.coordinates.values, (coordinate, i) =>
      sameCoordinate(
        `coordinate of the first path of ${key}`,
        descent.coordinates.values[i]!,
        coordinate,
      ),
    ),
    {
      what: `share of the first path of ${key} on random planes`,
      recorded: randomPlane.shares.values[0]!,
      again: randomPlaneShare(path, P, shares),
      tolerance: 1e-5,
    },
    // A path that began or ended elsewhere would have another distance between its ends.
    {
      what: `distance from start to end of the first path of ${key}`,
      recorded: weightDistance(row(path, 0), end),
      again: weightDistance(row(initial, networks[0]!), row(final, networks[0]!)),
      tolerance: 0,
    },
    {
      what: `distance of the end of the first path of ${key} from the network's`,
      recorded: 0,
      again: weightDistance(end, row(final, networks[0]!)),
      tolerance: 0,
    },
  ];
}
