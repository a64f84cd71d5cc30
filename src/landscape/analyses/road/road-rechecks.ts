// Where the trail of a road begins and ends, computed again from the stored weights.
import type { Recheck } from '../analysis.ts';
import { sameCoordinate, sameLoss } from '../rechecks.ts';
import { placesOn, type Frame } from './road-axes.ts';
import { trailPoint } from './road-picture.ts';
import type { RoadPoints } from './road-points.ts';
import type { RoadResult } from './road-result.ts';

const numbers = ['place', 'distance', 'side'] as const;

export function recheckTrail(
  points: RoadPoints,
  frames: Readonly<Record<'aligned' | 'predictions', Frame>>,
  { trail, trailPlaces, trailLoss, networks }: RoadResult,
): Recheck[] {
  const N = networks.length;
  const ends = [
    { row: 0, at: 'the beginning', end: 'earlier', losses: points.trainLoss },
    { row: trail.shape[0]! - 1, at: 'the end', end: 'later', losses: points.laterTrainLoss },
  ] as const;
  return ends.flatMap(({ row, at, end, losses }) => {
    const named = (what: string, n: number) =>
      `${what} of network ${networks[n]} at ${at} of its trail`;
    const points3 = trailPoint(points, frames.aligned, points.raw[end]);
    const predicted = placesOn(frames.predictions, points.predictions[end]);
    return [
      ...points3.map((again, i) =>
        sameCoordinate(
          named(numbers[i % 3]!, Math.floor(i / 3)),
          trail.values[row * N * 3 + i]!,
          again,
          1e-3,
        ),
      ),
      ...Array.from(predicted, (again, n) =>
        sameCoordinate(
          named('place by predictions', n),
          trailPlaces.values[row * N + n]!,
          again,
          1e-2,
        ),
      ),
      ...Array.from(losses, (again, n) =>
        sameLoss(named('training loss', n), trailLoss.values[row * N + n]!, again),
      ),
    ];
  });
}
