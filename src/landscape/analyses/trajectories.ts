// How flat the path of one descent is, and how flat a walk would be that learns nothing.
import { z } from 'zod';
import { randomWalk, randomWalkShare } from '../closed-forms/random-walk.ts';
import { meanOf, type Estimate } from '../bootstrap.ts';
import { randomDirection } from '../directions/random-direction.ts';
import { orthonormaliseRow } from '../orthonormal.ts';
import { weightDistance } from '../symmetry/alignment.ts';
import { principalComponents, type PrincipalComponents } from '../pca.ts';
import { gatherRows } from '../rows.ts';
import { plannedSteps } from '../../learning/planned-steps.ts';
import {
  defineAnalysis,
  ofEach,
  rowOf,
  soundNetworks,
  turn,
  type Condition,
  type TrainedCondition,
} from './analysis.ts';
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from './claim.ts';
import { shaped, type TensorsOf } from './derived.ts';
import { estimateOfMean } from './estimates.ts';
import { forComputing, numericArray, type NumericArray } from './numeric-array.ts';
import { sameCoordinate } from './rechecks.ts';

const schema = z.strictObject({
  kind: z.literal('trajectories'),
  networks: z.number().int().min(2).max(200).default(8).meta({
    label: 'Networks',
    help: 'The first so many of each condition that did not diverge, and as many walks.',
  }),
  draws: z.number().int().min(1).max(200).default(20).meta({
    label: 'Random planes',
    help: 'How many planes of random course each path is held against.',
  }),
});

/** Principal components of each of M paths of S points. */
export interface PathComponents {
  /** `[M, k]`: shares of variance, largest first. */
  readonly explained: NumericArray;
  /** `[M, S, 2]`: the path on its own two leading components. */
  readonly coordinates: NumericArray;
  /** Share of the first two, mean over paths. */
  readonly firstTwo: Estimate;
}

export interface TrajectoryResult {
  readonly networks: readonly number[];
  readonly points: number;
  readonly dimensions: number;
  readonly descent: PathComponents;
  /** Share of the same paths' variance on planes of random course, the mean of each path's own; 2 / P in expectation. */
  readonly randomPlane: Estimate & {
    readonly expected: number;
    /** `[M]`: each path's own. */
    readonly shares: NumericArray;
  };
  /** Gaussian random walks of as many points in as many dimensions. */
  readonly walk: PathComponents & {
    /** Shares in the limit of many dimensions. */
    readonly limit: readonly number[];
  };
  /** Snapshots of the first path, `[S, P]`, to check it by. */
  readonly firstPath: NumericArray;
}

export interface TrajectoriesResult {
  readonly conditions: Readonly<Record<string, TrajectoryResult>>;
}

const components = 10;

export const trajectories = defineAnalysis({
  schema,
  title: 'how flat the path of one descent is, beside a random walk',
  async answer(context, spec): Promise<TrajectoriesResult> {
    const conditions: Record<string, TrajectoryResult> = {};
    for (const [index, condition] of context.conditions.entries()) {
      await turn(context.signal);
      conditions[condition.key] = measure(condition, spec.networks, spec.draws);
      context.onProgress((index + 1) / context.conditions.length);
    }
    return { conditions };
  },
  async derived(context, spec, tensors) {
    const conditions = await ofEach(context, (condition) =>
      trajectoryAgain(condition, spec.networks, tensors.conditions[condition.key]!),
    );
    return { conditions };
  },
  claims(_, __, { conditions }: TrajectoriesResult) {
    const all = Object.entries(conditions);
    return [
      ...all.map(([key, each]) => liClaim(each, all.length > 1 ? `-${key}` : '')),
      // Walks know nothing of how networks were trained: one of all conditions speaks for them.
      antogniniClaim(all[0]![1]),
    ];
  },
  async recheck(context, { draws }, result) {
    return context.conditions.flatMap(({ key, initial, final, experiment }) => {
      const own = result.conditions[key] as TrajectoryResult;
      const { firstPath, descent, networks, dimensions: P, points, randomPlane } = own;
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
    });
  },
});

function measure(
  { history, experiment, ...condition }: Condition,
  most: number,
  draws: number,
): TrajectoryResult {
  const { parameters: P, networks: N, snapshots, snapshotSteps } = history;
  const { seed } = experiment;
  const S = snapshotSteps.length;
  const networks = soundNetworks({ experiment, ...condition }).slice(0, most);
  const paths = networks.map((network) =>
    gatherRows(
      snapshots,
      P,
      Array.from({ length: S }, (_, s) => s * N + network),
    ),
  );
  const shares = paths.map((path, m) =>
    randomPlaneShare(path, P, { draws, first: m * draws, seed }),
  );
  return {
    networks,
    points: S,
    dimensions: P,
    descent: componentsOf(paths, S, P, seed),
    randomPlane: randomPlaneOf(forComputing([paths.length], shares), shares, P, seed),
    walk: walksOf(networks.length, S, P, seed),
    firstPath: forComputing([S, P], paths[0]!),
  };
}

const randomPlaneOf = (
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
function walksOf(M: number, S: number, P: number, seed: number): TrajectoryResult['walk'] {
  const walks = Array.from({ length: M }, (_, m) => randomWalk(S - 1, P, seed + m));
  const shown = Math.min(components, P, S - 1);
  return {
    ...componentsOf(walks, S, P, seed),
    limit: Array.from({ length: shown }, (_, k) => randomWalkShare(S - 1, k + 1)),
  };
}

function trajectoryAgain(
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

function componentsOf(
  paths: readonly Float32Array[],
  S: number,
  P: number,
  seed: number,
): PathComponents {
  const found = paths.map((path) => principalComponents(path, S, P, 2));
  // Of a path that never moved there are none.
  const k = Math.max(...found.map(({ explainedVariance }) => explainedVariance.length));
  const firstTwo = found.map(({ explainedVariance: [first = 0, second = 0] }) => first + second);
  return {
    explained: numericArray(
      [paths.length, k],
      found.flatMap(({ explainedVariance }) =>
        Array.from({ length: k }, (_, c) => explainedVariance[c] ?? NaN),
      ),
    ),
    coordinates: numericArray(
      [paths.length, S, 2],
      found.flatMap((own, m) => onComponents(own, paths[m]!, S)),
    ),
    firstTwo: estimateOfMean(firstTwo, seed),
  };
}

/** `[S, 2]`, one after the other. */
function onComponents(
  { mean, directions }: PrincipalComponents,
  path: Float32Array,
  S: number,
): number[] {
  const P = mean.length;
  return Array.from({ length: 2 * S }, (_, i) => {
    const [s, row] = [Math.floor(i / 2), i % 2];
    let sum = 0;
    for (let p = 0; p < P; p++) sum += (path[s * P + p]! - mean[p]!) * directions[row * P + p]!;
    return sum;
  });
}

/** Share of a path's variance on planes of random course, the mean over `draws` of them from number `first` on. */
function randomPlaneShare(
  path: Float32Array,
  P: number,
  { draws, first, seed }: { draws: number; first: number; seed: number },
): number {
  const S = path.length / P;
  const mean = new Float64Array(P);
  path.forEach((value, i) => (mean[i % P]! += value / S));
  const total = path.reduce((sum, value, i) => sum + (value - mean[i % P]!) ** 2, 0);
  const shares = Float64Array.from({ length: draws }, (_, draw) => {
    const plane = new Float64Array(2 * P);
    for (const row of [0, 1]) {
      plane.set(randomDirection(P, seed, 2 * (first + draw) + row), row * P);
      orthonormaliseRow(plane, row, P);
    }
    let inside = 0;
    for (let s = 0; s < S; s++)
      for (const row of [0, 1]) {
        let along = 0;
        for (let p = 0; p < P; p++) along += (path[s * P + p]! - mean[p]!) * plane[row * P + p]!;
        inside += along * along;
      }
    return inside / total;
  });
  return meanOf(shares);
}

const most = 0.5;
const almostNone = 0.05;
const percent = (share: number) => `${(100 * share).toPrecision(3)}%`;

function liClaim({ descent, randomPlane }: TrajectoryResult, suffix: string): Claim {
  const verdict = verdictOfAll([
    verdictAbove(descent.firstTwo.interval, most),
    verdictBelow(randomPlane.interval, almostNone),
  ]);
  return {
    id: `two-components-hold-a-path${suffix}`,
    source: 'li2018',
    found:
      'two principal components hold most of the variation of one descent path, and random directions almost none of it',
    evidence: [
      {
        what: 'share of a path’s variance on its first two principal components',
        value: descent.firstTwo.value,
        interval: descent.firstTwo.interval,
        unit: '',
      },
      {
        what: 'share of it on a plane of random course',
        value: randomPlane.value,
        interval: randomPlane.interval,
        unit: '',
      },
    ],
    criterion: `shown if the first share is above ${most} and the second below ${almostNone}, each by its whole interval over networks`,
    verdict,
    sentence: `${percent(descent.firstTwo.value)} of a path’s variance lies on its first two components, ${percent(randomPlane.value)} on a random plane.`,
  };
}

const nearLimit = 0.02;

function antogniniClaim({ walk, descent }: TrajectoryResult): Claim {
  const [first = 0, second = 0] = walk.limit;
  const limit = first + second;
  const verdict = verdictOfAll([
    verdictAbove(walk.firstTwo.interval, limit - nearLimit),
    verdictBelow(walk.firstTwo.interval, limit + nearLimit),
  ]);
  return {
    id: 'walks-look-flat-too',
    source: 'antognini2018',
    found:
      'two principal components hold about 76% of a random walk in many dimensions, so that a large share alone is no sign of learning',
    evidence: [
      {
        what: 'share of a random walk’s variance on its first two principal components',
        value: walk.firstTwo.value,
        interval: walk.firstTwo.interval,
        unit: '',
      },
      { what: 'the same in the limit of many dimensions', value: limit, interval: null, unit: '' },
      {
        what: 'the same of a descent path',
        value: descent.firstTwo.value,
        interval: descent.firstTwo.interval,
        unit: '',
      },
    ],
    criterion: `shown if the walks’ share lies within ${nearLimit} of the limit by its whole interval`,
    verdict,
    sentence: `Random walks of as many steps in as many dimensions have ${percent(walk.firstTwo.value)} on two components, descent ${percent(descent.firstTwo.value)}.`,
  };
}
