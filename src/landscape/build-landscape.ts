// The plane through the snapshots of all runs, the surface over it, and how far it can be trusted.
import type { Evaluation } from '../learning/evaluator.ts';
import type { Experiment } from '../learning/experiment.ts';
import type { TrainingHistory } from '../learning/history.ts';
import type { Landscape, Plane } from './landscape.ts';
import { principalComponents } from './pca.ts';
import {
  gridOver,
  planeOfComponents,
  planeOfTwoWeights,
  projectOntoPlane,
  squareGridOver,
  writePointOnPlane,
} from './plane.ts';

/** Loss and accuracy of M networks, `weights` `[M, P]`. */
export type Evaluate = (weights: Float32Array) => Promise<Evaluation>;

export interface LandscapeOptions {
  readonly experiment: Pick<Experiment, 'directions' | 'grid'>;
  readonly history: Pick<
    TrainingHistory,
    'networks' | 'parameters' | 'snapshotSteps' | 'snapshots' | 'divergedAt'
  >;
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
const largestBlock = 4096;

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
  const { snapshots, networks: N, parameters: P, divergedAt } = history;
  signal?.throwIfAborted();

  const count = history.snapshotSteps.length * N;
  const finite = Array.from({ length: count }, (_, i) => i).filter((i) =>
    allFinite(snapshots, i * P, P),
  );
  const fitted = finite.filter((i) => i < N || divergedAt[i % N]! < 0);
  const { plane, method, explainedVariance, nullExplainedVariance } = fitPlane(
    experiment.directions,
    gather(snapshots, P, fitted),
    gather(
      snapshots,
      P,
      fitted.filter((i) => i < N),
    ),
    P,
  );

  const { coordinates, offPlane } = projectOntoPlane(plane, snapshots);
  const { size, margin } = experiment.grid;
  const grid = experiment.directions === 'weights' ? squareGridOver : gridOver;
  const { xs, ys } = grid(gather(coordinates, 2, fitted), size, margin);

  const block = Math.max(
    1,
    Math.min(largestBlock, Math.floor((options.blockBytes ?? standardBlockBytes) / (4 * P))),
  );
  const total = 2 * finite.length + size * size * (evaluateTest ? 2 : 1);
  let done = 0;
  const run: EvaluateAll = async (points, write, ...evaluators) => {
    const results = evaluators.map(() => emptyEvaluation(points));
    for (let first = 0; first < points; first += block) {
      const length = Math.min(block, points - first);
      const weights = new Float32Array(length * P);
      for (let i = 0; i < length; i++) write(first + i, weights, i * P);
      for (const [index, evaluate] of evaluators.entries()) {
        signal?.throwIfAborted();
        store(results[index]!, await evaluate(weights), first, length);
        done += length;
        options.onProgress?.(done, total);
      }
    }
    return results;
  };

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
    trueLoss: scatter(onSnapshots!.loss, finite, count),
    planeLoss: scatter(onFeet!.loss, finite, count),
    explainedVariance,
    nullExplainedVariance,
    method,
    xs,
    ys,
    loss: onGrid!.loss,
    testLoss: onGridTest?.loss ?? null,
    accuracy: onGrid!.accuracy,
  };
  return { landscape, plane };
}

type EvaluateAll = (
  points: number,
  write: (point: number, out: Float32Array, at: number) => void,
  ...evaluators: Evaluate[]
) => Promise<MutableEvaluation[]>;

interface MutableEvaluation {
  readonly loss: Float32Array;
  accuracy: Float32Array | null;
}

/** The plane of one kind of directions, with the shares of variance of the points and of the starts alone. */
function fitPlane(
  kind: Experiment['directions'],
  points: Float32Array,
  starts: Float32Array,
  P: number,
): { plane: Plane } & Pick<Landscape, 'method' | 'explainedVariance' | 'nullExplainedVariance'> {
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
  const components = principalComponents(points, points.length / P, P, 2);
  return {
    plane: planeOfComponents(components),
    method: components.method,
    explainedVariance: components.explainedVariance,
    nullExplainedVariance:
      starts.length === 0
        ? []
        : principalComponents(starts, starts.length / P, P, 2).explainedVariance,
  };
}

function allFinite(values: Float32Array, start: number, length: number): boolean {
  for (let i = start; i < start + length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** The chosen rows of `[M, width]`; the array itself where all are chosen. */
function gather(values: Float32Array, width: number, rows: readonly number[]): Float32Array {
  if (rows.length * width === values.length) return values;
  const chosen = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries())
    chosen.set(values.subarray(row * width, (row + 1) * width), i * width);
  return chosen;
}

/** Values put back at their indices among `count`, NaN elsewhere. */
function scatter(values: Float32Array, indices: readonly number[], count: number): Float32Array {
  const all = new Float32Array(count).fill(NaN);
  for (const [i, index] of indices.entries()) all[index] = values[i]!;
  return all;
}

function emptyEvaluation(points: number): MutableEvaluation {
  return { loss: new Float32Array(points), accuracy: null };
}

function store(all: MutableEvaluation, part: Evaluation, first: number, length: number): void {
  if (part.loss.length !== length)
    throw new RangeError(
      `${part.loss.length} losses came back for ${length} networks: evaluate must return one for each`,
    );
  all.loss.set(part.loss, first);
  if (!part.accuracy) return;
  all.accuracy ??= new Float32Array(all.loss.length);
  all.accuracy.set(part.accuracy, first);
}
