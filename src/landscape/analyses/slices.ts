// The loss on lines, planes and volumes through weight space, with how far each can be trusted.
import { z } from 'zod';
import { createEvaluator } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { initialPopulation } from '../../learning/initial-weights.ts';
import { randomStream } from '../../learning/random.ts';
import { createDerivatives, stoppable } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import type { WeightHistory } from '../directions/fitted-snapshots.ts';
import { frameOfSpec, type FrameSources, type SliceView } from '../directions/frame-of-spec.ts';
import { sliceSpecSchema, type SliceSpec } from '../directions/plane-spec.ts';
import type { ExplainedVariance } from '../directions/principal-planes.ts';
import { centreOf, soundNetworksOf } from '../directions/solutions.ts';
import { gatherRows } from '../rows.ts';
import { evaluateSlice } from '../slices/evaluate-slice.ts';
import { sliceFidelity, type SliceFidelity } from '../slices/fidelity.ts';
import { pointsAt } from '../slices/frame.ts';
import { gridConvexity } from '../slices/grid-convexity.ts';
import { axesOver, proposeRadius } from '../slices/radius.ts';
import { gridCoordinates, pointCount, type Slice } from '../slices/slice.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  using,
  type AnalysisContext,
  type Condition,
  type TrainedCondition,
} from './analysis.ts';
import { sameLoss } from './rechecks.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';

const schema = z.strictObject({
  kind: z.literal('slices'),
  condition: z.string().optional().meta({
    label: 'Condition',
    help: 'Whose networks, data and loss; needed where there are several and "across" is not set.',
  }),
  across: z.number().int().min(0).optional().meta({
    label: 'Across conditions',
    help: 'Takes this network of every condition, and counts conditions as networks: several ways of training from one start.',
  }),
  slices: z.record(z.string().regex(/^[a-z0-9-]{1,32}$/), sliceSpecSchema),
});

export interface SliceResult {
  readonly directions: SliceSpec['directions'];
  readonly axisNames: readonly string[];
  /** Coordinates are distances in weight space; otherwise lengths of each direction. */
  readonly orthonormal: boolean;
  /** How the range of the grid was chosen. */
  readonly radius: string;
  /** The grid along each direction, the first direction first. */
  readonly axes: readonly NumericArray[];
  /** `[nx]`, `[ny, nx]` or `[nz, ny, nx]`. */
  readonly loss: NumericArray;
  readonly testLoss: NumericArray | null;
  readonly accuracy: NumericArray | null;
  /** Networks on the slice: K of them. */
  readonly markers: {
    /** `[K]`: number of the network (or of the condition), and optimiser steps it had taken. */
    readonly network: NumericArray;
    readonly step: NumericArray;
    /** `[K, D]`. */
    readonly coordinates: NumericArray;
    /** `[K]` each. */
    readonly offSlice: NumericArray;
    readonly trueLoss: NumericArray;
    readonly sliceLoss: NumericArray;
  };
  readonly fidelity: Pick<
    SliceFidelity,
    'varianceShare' | 'nullShare' | 'logRatio' | 'relativeDistance'
  >;
  /** Of principal components. */
  readonly variance: ExplainedVariance | null;
  /** Of a plane: the share of its grid where the loss curves down in some direction. */
  readonly negativeShare: number | null;
  readonly origin: NumericArray;
  readonly basis: NumericArray;
}

export const slices = defineAnalysis({
  schema,
  title: 'the loss on lines, planes and volumes, and their fidelity',
  async answer(context, spec) {
    const subject = subjectOf(context, spec);
    const result: Record<string, SliceResult> = {};
    const entries = Object.entries(spec.slices);
    for (const [index, [name, slice]] of entries.entries()) {
      const onProgress = (done: number) => context.onProgress((index + done) / entries.length);
      result[name] = await sliceResult({ ...context, onProgress }, subject, slice);
    }
    return { slices: result };
  },
  async recheck(context, spec, result) {
    const condition = measuredBy(context, spec);
    return using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => {
      const checks = [];
      for (const [name, slice] of Object.entries(result.slices)) {
        const { points, recorded } = samplesOf(slice, condition.experiment.seed);
        const { loss } = await evaluate(points);
        for (const [i, again] of loss.entries()) {
          checks.push(sameLoss(`loss at a point of slice ${name}`, recorded[i]!, again));
        }
      }
      return checks;
    });
  },
});

interface Subject {
  readonly condition: Condition;
  readonly history: WeightHistory;
}

type Spec = z.output<typeof schema>;

/** The condition whose data and loss measure the slices. */
const measuredBy = <Of extends TrainedCondition>(
  context: Pick<AnalysisContext<Of>, 'conditions'>,
  { condition, across }: Spec,
): Of => (across === undefined ? conditionOf(context, condition) : (context.conditions[0] as Of));

/** The networks that the slices show: of one condition, or one of each. */
function subjectOf(context: AnalysisContext, spec: Spec): Subject {
  const condition = measuredBy(context, spec);
  if (spec.across === undefined) return { condition, history: condition.history };
  return { condition, history: historyAcross(context.conditions, spec.across) };
}

/** Network `index` of every condition as the networks of one history. */
function historyAcross(conditions: readonly Condition[], index: number): WeightHistory {
  const [{ history: first }] = conditions as [Condition];
  const { parameters: P } = first;
  const S = first.snapshotSteps.length;
  for (const { key, history } of conditions) {
    const fits = history.parameters === P && history.snapshotSteps.length === S;
    if (fits && index < history.networks) continue;
    throw new ExperimentError(
      `"across" is ${index}, but condition "${key}" has ${history.networks} networks of ${history.parameters} weights and ${history.snapshotSteps.length} snapshots: expected networks of ${P} weights and ${S} snapshots in every condition`,
    );
  }
  const C = conditions.length;
  const snapshots = new Float32Array(S * C * P);
  conditions.forEach(({ history }, c) => {
    for (let s = 0; s < S; s++) {
      const from = (s * history.networks + index) * P;
      snapshots.set(history.snapshots.subarray(from, from + P), (s * C + c) * P);
    }
  });
  return {
    networks: C,
    parameters: P,
    snapshotSteps: first.snapshotSteps,
    snapshots,
    divergedAt: Int32Array.from(conditions, ({ history }) => history.divergedAt[index] as number),
  };
}

async function sliceResult(
  context: AnalysisContext,
  subject: Subject,
  spec: SliceSpec,
): Promise<SliceResult> {
  const { condition, history } = subject;
  const view = frameOfSpec(spec, await frameSources(context, subject, spec));
  const { frame } = view;
  const radius = proposeRadius({ ...view, radius: spec.radius });
  const axes = axesOver(radius.ranges, spec.size);
  const rows = markerRows(spec, history);
  const markers = gatherRows(history.snapshots, history.parameters, rows);
  const { signal, onProgress } = context;
  const train = lossOptions(context, condition);
  const { data } = condition;

  const at = <Result>(
    part: 'train' | 'test',
    use: (evaluate: (coordinates: Float32Array) => ReturnType<Evaluate>) => Promise<Result>,
  ) =>
    using(createSliceEvaluator(lossOptions(context, condition, part), frame), ({ evaluate }) =>
      use(evaluate),
    );
  const { slice, fidelity } = await at('train', async (evaluateTrain) => {
    const onGrid = (evaluateTest: Evaluate | null) =>
      evaluateSlice({
        frame,
        axes,
        evaluateTrain,
        evaluateTest,
        signal,
        onProgress: (done, total) => onProgress((0.8 * done) / total),
      });
    const made = data.test.count > 0 ? await at('test', onGrid) : await onGrid(null);
    const trusted = await using(createEvaluator(train), ({ evaluate }) =>
      sliceFidelity({
        frame,
        markers,
        evaluateWeights: evaluate,
        evaluateAt: evaluateTrain,
        signal,
        ...(view.nullShare ? { nullShare: view.nullShare } : {}),
      }),
    );
    return { slice: made, fidelity: trusted };
  });
  return packed(spec, view, slice, fidelity, radius.phrase, rows, history);
}

type Evaluate = Awaited<ReturnType<typeof createSliceEvaluator>>['evaluate'];

async function frameSources(
  context: AnalysisContext,
  { condition, history }: Subject,
  spec: SliceSpec,
): Promise<FrameSources> {
  const { network, experiment } = condition;
  const sources: FrameSources = {
    network,
    seed: experiment.seed,
    history,
    // One path has more snapshots than there may be networks: its null needs as many starts.
    unrelatedStarts:
      spec.directions === 'pca' && spec.of === 'one-run'
        ? initialPopulation(
            network,
            experiment.initialiser,
            experiment.seed,
            history.snapshotSteps.length,
          )
        : undefined,
  };
  if (spec.directions === 'hessian') {
    const count = spec.dimensions;
    const centre = centreOf(history, spec.centre);
    const { top, bottom } = await using(
      createDerivatives(lossOptions(context, condition)),
      (derivatives) =>
        hessianEigenpairs(stoppable(derivatives, context.signal), centre, {
          top: spec.which === 'bottom' ? 0 : count,
          bottom: spec.which === 'top' ? 0 : count,
          seed: experiment.seed,
        }),
    );
    return { ...sources, eigenvectors: { top: top.vectors, bottom: bottom.vectors } };
  }
  if (spec.directions !== 'user') return sources;
  const tensors = await context.readTensors(spec.path);
  const directions = tensors.get('directions');
  if (!directions) {
    throw new ExperimentError(
      `${spec.path} has no float32 tensor "directions": expected one of shape [1 to 3, ${history.parameters}]; its tensors are ${[...tensors.keys()].join(', ') || 'none'}`,
    );
  }
  return {
    ...sources,
    user: { directions: directions.values, origin: tensors.get('origin')?.values ?? null },
  };
}

/** Rows of `snapshots` `[S * N, P]` that a slice marks. */
function markerRows(spec: SliceSpec, history: WeightHistory): number[] {
  const { networks: N, snapshotSteps } = history;
  const S = snapshotSteps.length;
  const end = (network: number) => (S - 1) * N + network;
  const path = (network: number) => Array.from({ length: S }, (_, s) => s * N + network);
  const ends = () => soundNetworksOf(history).map(end);
  switch (spec.directions) {
    case 'pca':
      if (spec.of === 'one-run') return path(spec.network);
      return spec.of === 'all-runs' ? Array.from({ length: S * N }, (_, row) => row) : ends();
    case 'two-solutions':
      return spec.line.map(end);
    case 'three-solutions':
      return spec.plane.map(end);
    default:
      return spec.centre === 'mean' ? ends() : path(spec.centre.network);
  }
}

function packed(
  spec: SliceSpec,
  { frame, variance }: SliceView,
  slice: Slice,
  fidelity: SliceFidelity,
  radius: string,
  rows: readonly number[],
  { networks: N, snapshotSteps }: WeightHistory,
): SliceResult {
  const { axes, loss, testLoss, accuracy } = slice;
  const shape = axes.map(({ length }) => length).reverse();
  const D = axes.length;
  const K = rows.length;
  const { varianceShare, nullShare, logRatio, relativeDistance } = fidelity;
  return {
    directions: spec.directions,
    axisNames: frame.axisNames,
    orthonormal: frame.orthonormal,
    radius,
    axes: axes.map((axis) => numericArray([axis.length], axis)),
    loss: onLogScale(shape, loss),
    testLoss: testLoss && onLogScale(shape, testLoss),
    accuracy: accuracy && numericArray(shape, accuracy),
    markers: {
      network: numericArray(
        [K],
        rows.map((row) => row % N),
      ),
      step: numericArray(
        [K],
        rows.map((row) => snapshotSteps[Math.floor(row / N)] as number),
      ),
      coordinates: numericArray([K, D], fidelity.coordinates),
      offSlice: onLogScale([K], fidelity.offSlice),
      trueLoss: onLogScale([K], fidelity.trueLoss),
      sliceLoss: onLogScale([K], fidelity.footLoss),
    },
    fidelity: { varianceShare, nullShare, logRatio, relativeDistance },
    variance,
    negativeShare: D === 2 ? gridConvexity(slice).negativeShare : null,
    origin: forComputing([frame.origin.length], frame.origin),
    basis: forComputing([D, frame.origin.length], frame.basis),
  };
}

/** How many points of each slice are evaluated again. */
const checkedPoints = 16;

/** Grid points drawn by the seed, as weights made in double precision, and the losses that stand there. */
function samplesOf(
  { axes, origin, basis, orthonormal, loss }: SliceResult,
  seed: number,
): { points: Float32Array; recorded: number[] } {
  const grids = axes.map(({ values }) => values);
  const total = pointCount(grids);
  const order = Int32Array.from({ length: total }, (_, i) => i);
  randomStream(seed, 'verify').shuffle(order);
  const chosen = [...order.subarray(0, checkedPoints)];
  const coordinates = chosen.flatMap((point) => [...gridCoordinates(grids, point, 1)]);
  const span = { origin: origin.values, basis: basis.values, orthonormal };
  return {
    points: pointsAt(span, Float32Array.from(coordinates)),
    recorded: chosen.map((point) => loss.values[point] as number),
  };
}
