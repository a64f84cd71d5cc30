// Where the trail of a road begins and ends, computed again from the stored weights.
import type { Recheck } from '../analysis.ts';
import { sameCoordinate } from '../rechecks.ts';
import { trailPoint } from './road-picture.ts';
import type { Frame } from './road-axes.ts';
import type { RoadPoints } from './road-points.ts';
import type { RoadResult } from './road-result.ts';

const numbers = ['place', 'distance', 'side'] as const;

export function recheckTrail(
  points: RoadPoints,
  frame: Frame,
  { trail, networks }: RoadResult,
): Recheck[] {
  const N = networks.length;
  const last = trail.shape[0]! - 1;
  const ends = [
    [0, points.raw.earlier],
    [last, points.raw.later],
  ] as const;
  return ends.flatMap(([row, weights]) =>
    trailPoint(points, frame, weights).map((again, i) =>
      sameCoordinate(
        `${numbers[i % 3]} of network ${networks[Math.floor(i / 3)]} at ${row === 0 ? 'the beginning' : 'the end'} of its trail`,
        trail.values[row * N * 3 + i]!,
        again,
        1e-3,
      ),
    ),
  );
}
