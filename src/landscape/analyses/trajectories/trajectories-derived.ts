// What follows from the shares of paths, and the random walks beside them.
import { plannedSteps } from '../../../learning/planned-steps.ts';
import { randomWalk, randomWalkShare } from '../../closed-forms/random-walk.ts';
import { soundNetworks, type TrainedCondition } from '../analysis.ts';
import { shaped, type TensorsOf } from '../derived.ts';
import { estimateOfMean } from '../estimates.ts';
import type { NumericArray } from '../numeric-array.ts';
import { componentsOf } from './path-components.ts';
import type { TrajectoryResult } from './trajectories-result.ts';

const components = 10;

export function trajectoryAgain(
  condition: TrainedCondition,
  most: number,
  { descent, randomPlane, firstPath }: TensorsOf<TrajectoryResult>,
): TrajectoryResult {
  const { experiment, data, final } = condition;
  const { seed } = experiment;
  const networks = soundNetworks(condition).slice(0, most);
  const M = networks.length;
  const S = plannedSteps(experiment, data.train).snapshots.length;
  const P = final.length / experiment.initialisations;
  const walk = walksOf(M, S, P, seed);
  const k = descent.explained.shape[1]!;
  const explained = shaped(descent.explained, [M, k]);
  const firstTwo = networks.map((_, m) =>
    explained.values
      .subarray(m * k, m * k + Math.min(2, k))
      .reduce((sum, share) => sum + (share || 0), 0),
  );
  const shares = shaped(randomPlane.shares, [M]);
  return {
    networks,
    points: S,
    dimensions: P,
    descent: {
      explained,
      coordinates: shaped(descent.coordinates, [M, S, 2]),
      firstTwo: estimateOfMean(firstTwo, seed),
    },
    randomPlane: randomPlaneOf(shares, shares.values, P, seed),
    walk,
    firstPath: shaped(firstPath, [S, P]),
  };
}

export const randomPlaneOf = (
  kept: NumericArray,
  shares: ArrayLike<number>,
  P: number,
  seed: number,
): TrajectoryResult['randomPlane'] => ({
  ...estimateOfMean(shares, seed),
  expected: 2 / P,
  shares: kept,
});

/** Of M walks of as many points in as many dimensions. */
export function walksOf(M: number, S: number, P: number, seed: number): TrajectoryResult['walk'] {
  const walks = Array.from({ length: M }, (_, m) => randomWalk(S - 1, P, seed + m));
  const shown = Math.min(components, P, S - 1);
  return {
    ...componentsOf(walks, S, P, seed),
    limit: Array.from({ length: shown }, (_, k) => randomWalkShare(S - 1, k + 1)),
  };
}
