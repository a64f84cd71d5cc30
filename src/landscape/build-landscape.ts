// The plane through the snapshots of all runs, the surface over it, and how far it can be trusted.
import type { Experiment } from '../learning/experiment.ts';
import { fittedSnapshots, finiteSnapshots } from './directions/fitted-snapshots.ts';
import type { WeightHistory } from './directions/fitted-snapshots.ts';
import { componentsWithNull } from './directions/principal-planes.ts';
import { createBlockRunner, largestBlock } from './evaluate-blocks.ts';
import type { Evaluate } from './evaluate-blocks.ts';
import type { Landscape, Plane } from './landscape.ts';
import {
  gridOver,
  planeOfComponents,
  planeOfTwoWeights,
  projectOntoPlane,
  squareGridOver,
  writePointOnPlane,
} from './plane.ts';
import { gatherRows, scatterValues } from './rows.ts';

export type { Evaluate } from './evaluate-blocks.ts';

export interface LandscapeOptions {
  readonly experiment: Pick<Experiment, 'directions' | 'grid'>;
  readonly history: WeightHistory;
  /** Of weights `[M, P]`. */
  readonly evaluateTrain: Evaluate;
  /** Null where the experiment keeps no test part. */
  readonly evaluateTest: Evaluate | null;
  /** Called with evaluations (of one network on one part of the data) done and to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of weights handed to the evaluator at once. */
  readonly blockBytes?: number;
}

const standardBlockBytes = 32 * 2 ** 20;

/**
 * Every height is evaluated: at each grid point, at each snapshot and at each snapshot's foot point on
 * the plane. None is interpolated.
 *
 * The plane is fitted to the snapshots that are finite, of the networks that never diverged, and to the
 * starts of those that did: a network on its way to infinity would stretch it over everything else.
 * A snapshot that is not finite has NaN for coordinates, distance and both losses.
 * @throws the signal's reason when it is aborted, between two blocks.
 */
export async function buildLandscape(
  options: LandscapeOptions,
): Promise<{ landscape: Landscape; plane: Plane }> {
  const { experiment, history, evaluateTrain, evaluateTest, signal } = options;
  const { snapshots, networks: N, parameters: P } = history;
  signal?.throwIfAborted();

  const count = history.snapshotSteps.length * N;
  const finite = finiteSnapshots(history);
  const { plane, ...explained } = planeOfHistory(experiment.directions, history);
  const { coordinates, offPlane, xs, ys } = placesOnPlane(plane, experiment, history);
  const { size } = experiment.grid;

  const block = Math.max(
    1,
    Math.min(largestBlock, Math.floor((options.blockBytes ?? standardBlockBytes) / (4 * P))),
  );
  const total = 2 * finite.length + size * size * (evaluateTest ? 2 : 1);
  const runBlocks = createBlockRunner({ block, total, onProgress: options.onProgress, signal });
  const run = (points: number, write: WriteWeights, ...evaluators: Evaluate[]) =>
    runBlocks(
      points,
      (first, length) => {
        const weights = new Float32Array(length * P);
        for (let i = 0; i < length; i++) write(first + i, weights, i * P);
        return weights;
      },
      ...evaluators,
    );

  const [onSnapshots] = await run(
    finite.length,
    (i, out, at) => out.set(snapshots.subarray(finite[i]! * P, (finite[i]! + 1) * P), at),
    evaluateTrain,
  );
  const [onFeet] = await run(
    finite.length,
    (i, out, at) => {
      const marker = finite[i]!;
      writePointOnPlane(plane, coordinates[2 * marker]!, coordinates[2 * marker + 1]!, out, at);
    },
    evaluateTrain,
  );
  const [onGrid, onGridTest] = await run(
    size * size,
    (i, out, at) => writePointOnPlane(plane, xs[i % size]!, ys[Math.floor(i / size)]!, out, at),
    evaluateTrain,
    ...(evaluateTest ? [evaluateTest] : []),
  );

  const landscape: Landscape = {
    kind: experiment.directions,
    snapshotSteps: history.snapshotSteps,
    coordinates,
    offPlane,
    trueLoss: scatterValues(onSnapshots!.loss, finite, count),
    planeLoss: scatterValues(onFeet!.loss, finite, count),
    ...explained,
    xs,
    ys,
    loss: onGrid!.loss,
    testLoss: onGridTest?.loss ?? null,
    accuracy: onGrid!.accuracy,
  };
  return { landscape, plane };
}

type FittedPlane = { readonly plane: Plane } & Pick<
  Landscape,
  'method' | 'explainedVariance' | 'nullExplainedVariance'
>;

/** The plane that a history's landscape is drawn over, and how much of it the plane holds. */
export function planeOfHistory(
  kind: Experiment['directions'],
  history: WeightHistory,
): FittedPlane {
  const { snapshots, networks: N, parameters: P } = history;
  const fitted = fittedSnapshots(history, finiteSnapshots(history));
  const starts = fitted.filter((i) => i < N);
  return fitPlane(kind, gatherRows(snapshots, P, fitted), gatherRows(snapshots, P, starts), P);
}

/** Where every snapshot falls on the plane, and the grid over those it was fitted to. */
export function placesOnPlane(
  plane: Plane,
  { directions, grid: { size, margin } }: Pick<Experiment, 'directions' | 'grid'>,
  history: WeightHistory,
): Pick<Landscape, 'coordinates' | 'offPlane' | 'xs' | 'ys'> {
  const { coordinates, offPlane } = projectOntoPlane(plane, history.snapshots);
  const fitted = fittedSnapshots(history, finiteSnapshots(history));
  const grid = directions === 'weights' ? squareGridOver : gridOver;
  return { coordinates, offPlane, ...grid(gatherRows(coordinates, 2, fitted), size, margin) };
}

type WriteWeights = (point: number, out: Float32Array, at: number) => void;

/** The plane of one kind of directions, with the shares of variance of the points and of the starts alone. */
function fitPlane(
  kind: Experiment['directions'],
  points: Float32Array,
  starts: Float32Array,
  P: number,
): FittedPlane {
  if (kind === 'weights')
    return {
      plane: planeOfTwoWeights(P),
      method: 'none',
      explainedVariance: [],
      nullExplainedVariance: [],
    };
  if (points.length === 0)
    throw new RangeError(
      'no weights to draw a landscape through: every snapshot holds NaN or infinity; lower the learning rate or the initialiser scale',
    );
  const { components, nullExplainedVariance } = componentsWithNull(points, starts, P, 2);
  return {
    plane: planeOfComponents(components),
    method: components.method,
    explainedVariance: components.explainedVariance,
    nullExplainedVariance,
  };
}
