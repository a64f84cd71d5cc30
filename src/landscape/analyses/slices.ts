// The loss on lines, planes and volumes through weight space, with how far each can be trusted.
import { z } from 'zod';
import { createEvaluator } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { initialPopulation } from '../../learning/initial-weights.ts';
import { plannedSteps } from '../../learning/planned-steps.ts';
import { createDerivatives, stoppable } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import type { WeightHistory } from '../directions/fitted-snapshots.ts';
import { frameOfSpec, type FrameSources, type SliceView } from '../directions/frame-of-spec.ts';
import { largestVolume, sliceSpecSchema, type SliceSpec } from '../directions/plane-spec.ts';
import type { ExplainedVariance } from '../directions/principal-planes.ts';
import { centreOf, soundNetworksOf } from '../directions/solutions.ts';
import { gatherRows } from '../rows.ts';
import { evaluateSlice } from '../slices/evaluate-slice.ts';
import { fidelityOf, sliceFidelity, type SliceFidelity } from '../slices/fidelity.ts';
import { dimensionsOf } from '../slices/frame.ts';
import { gridConvexity } from '../slices/grid-convexity.ts';
import { axesOver, proposeRadius } from '../slices/radius.ts';
import type { Slice } from '../slices/slice.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  named,
  using,
  type AnalysisContext,
  type Condition,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks, checkOneLandscape } from './checks.ts';
import { shaped, shapedIf, type Derived, type TensorsOf } from './derived.ts';
import { recheckGrid, recheckMarkers } from './slice-rechecks.ts';
import { historyAgain, measuredBy, pathsOf, type SlicePaths } from './slice-paths.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';

const schema = z.strictObject({
  kind: z.literal('slices'),
  condition: z.string().optional().meta({
    label: 'Condition',
    help: 'Whose networks, data and loss; needed where there are several and "across" is not set.',
  }),
  across: z.number().int().min(0).optional().meta({
    label: 'Across conditions',
    help: 'Takes this network of every condition, and counts conditions as networks: several ways of training from one start, on one landscape.',
  }),
  slices: named(sliceSpecSchema),
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

export interface SlicesResult {
  readonly slices: Readonly<Record<string, SliceResult>>;
  readonly paths: SlicePaths;
}

export const slices = defineAnalysis({
  schema,
  title: 'the loss on lines, planes and volumes, and their fidelity',
  check(plan, { condition, across }) {
    if (across === undefined) return void conditionOf(plan, condition);
    if (condition !== undefined) {
      throw new ExperimentError(
        `"across" takes a network of every condition, but "condition" names "${condition}": leave one of the two out`,
      );
    }
    checkOneLandscape(plan.conditions, '"across"');
    const snapshots = plan.conditions[0]!.experiment.snapshots;
    for (const each of plan.conditions) {
      checkNetworks(each, across + 1, 'lower "across"');
      if (each.experiment.snapshots === snapshots) continue;
      throw new ExperimentError(
        `"across" needs as many snapshots of every condition, but "${each.key}" has ${each.experiment.snapshots}: expected ${snapshots}`,
      );
    }
  },
  async answer(context, spec): Promise<SlicesResult> {
    const subject = subjectOf(context, spec);
    const result: Record<string, SliceResult> = {};
    const entries = Object.entries(spec.slices);
    for (const [index, [name, slice]] of entries.entries()) {
      const onProgress = (done: number) => context.onProgress((index + done) / entries.length);
      result[name] = await sliceResult({ ...context, onProgress }, subject, slice);
    }
    return { slices: result, paths: pathsOf(subject.history, spec) };
  },
  derived(context, spec, tensors) {
    const { subject, paths } = subjectAgain(context, spec, tensors.paths);
    const again = Object.entries(spec.slices).map(
      ([name, slice]) => [name, sliceAgain(subject, slice, tensors.slices[name]!)] as const,
    );
    return { slices: Object.fromEntries(again), paths };
  },
  async recheck(context, spec, result) {
    const { subject } = subjectAgain(context, spec, result.paths as TensorsOf<SlicePaths>);
    const checks: Recheck[] = [];
    for (const part of ['train', 'test'] as const) {
      if (subject.condition.data[part].count === 0) continue;
      const options = lossOptions(context, subject.condition, part);
      await using(createEvaluator(options), async ({ evaluate }) => {
        for (const [name, slice] of Object.entries(result.slices)) {
          const again = { name, slice, evaluate, ...subject };
          checks.push(...(await recheckGrid(again, part)));
          if (part === 'test') continue;
          const rows = markerRows(spec.slices[name]!, subject.history);
          checks.push(...(await recheckMarkers(again, rows)));
        }
      });
    }
    return checks;
  },
});

interface Subject<Of extends TrainedCondition = Condition> {
  readonly condition: Of;
  readonly history: WeightHistory;
  /** `[S * N]`: optimiser steps that each row of the snapshots had taken. */
  readonly steps: readonly number[];
}

type Spec = z.output<typeof schema>;

/** The networks that the slices show: of one condition, or one of each. */
function subjectOf(context: AnalysisContext, spec: Spec): Subject {
  const condition = measuredBy(context, spec);
  const { across } = spec;
  const history =
    across === undefined ? condition.history : historyAcross(context.conditions, across);
  const steps = stepsOfRows(history, (network) =>
    across === undefined
      ? condition.history.snapshotSteps
      : context.conditions[network]!.history.snapshotSteps,
  );
  return { condition, history, steps };
}

/** The same of conditions whose training is over. */
function subjectAgain(
  context: AnalysisContext<TrainedCondition>,
  spec: Spec,
  tensors: TensorsOf<SlicePaths>,
): { subject: Subject<TrainedCondition>; paths: SlicePaths } {
  const condition = measuredBy(context, spec);
  const { history, paths } = historyAgain(context, spec, tensors);
  const planned = ({ experiment, data }: TrainedCondition) =>
    plannedSteps(experiment, data.train).snapshots;
  const steps = stepsOfRows(history, (network) =>
    planned(spec.across === undefined ? condition : context.conditions[network]!),
  );
  return { subject: { condition, history, steps }, paths };
}

/** Conditions may take steps of their own: an epoch of small batches has more of them. */
const stepsOfRows = (
  { snapshotSteps, networks }: WeightHistory,
  stepsOf: (network: number) => ArrayLike<number>,
): number[] =>
  Array.from(
    { length: snapshotSteps.length * networks },
    (_, row) => stepsOf(row % networks)[Math.floor(row / networks)] as number,
  );

/** Network `index` of every condition as the networks of one history. */
function historyAcross(conditions: readonly Condition[], index: number): WeightHistory {
  const [{ history: first }] = conditions as [Condition];
  const { parameters: P } = first;
  const S = first.snapshotSteps.length;
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
  return packed(spec, view, slice, fidelity, radius.phrase, rows, subject);
}

type Evaluate = Awaited<ReturnType<typeof createSliceEvaluator>>['evaluate'];

async function frameSources(
  context: AnalysisContext,
  subject: Subject,
  spec: SliceSpec,
): Promise<FrameSources> {
  const { condition, history } = subject;
  const { experiment } = condition;
  const sources = sourcesOfAll(subject, spec);
  if (spec.directions === 'hessian') {
    const [top, bottom] = eigenvectorCounts(spec);
    const centre = centreOf(history, spec.centre);
    const pairs = await using(createDerivatives(lossOptions(context, condition)), (derivatives) =>
      hessianEigenpairs(stoppable(derivatives, context.signal), centre, {
        top,
        bottom,
        seed: experiment.seed,
      }),
    );
    return { ...sources, eigenvectors: { top: pairs.top.vectors, bottom: pairs.bottom.vectors } };
  }
  if (spec.directions !== 'user') return sources;
  const tensors = await context.readTensors(spec.path);
  const P = history.parameters;
  const directions = tensors.get('directions');
  if (!directions) {
    throw new ExperimentError(
      `${spec.path} has no float32 tensor "directions": expected one of shape [1 to 3, ${P}]; its tensors are ${[...tensors.keys()].join(', ') || 'none'}`,
    );
  }
  const origin = tensors.get('origin');
  checkRows(spec.path, 'directions', directions.shape, P, 3);
  if (origin) checkRows(spec.path, 'origin', origin.shape, P, 1);
  if (directions.values.length === 3 * P && spec.size > largestVolume) {
    throw new ExperimentError(
      `size is ${spec.size}: the three directions of ${spec.path} span a volume of size^3 points, so expected at most ${largestVolume}`,
    );
  }
  return {
    ...sources,
    user: { directions: directions.values, origin: origin?.values ?? null },
  };
}

/** What frames of any directions are made from. */
const sourcesOfAll = (
  { condition: { network, experiment }, history }: Subject<TrainedCondition>,
  spec: SliceSpec,
): FrameSources => ({
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
});

/** How many eigenvectors of either end. */
const eigenvectorCounts = ({
  dimensions: D,
  which,
}: Extract<SliceSpec, { directions: 'hessian' }>): [top: number, bottom: number] =>
  which === 'top-bottom' ? [1, 1] : which === 'top' ? [D, 0] : [0, D];

/** A tensor that is turned round, [weights, directions], would pass by its length alone. */
function checkRows(
  path: string,
  name: string,
  shape: readonly number[],
  P: number,
  most: number,
): void {
  const rows = shape.length === 1 ? 1 : shape.length === 2 ? shape[0]! : 0;
  if (rows >= 1 && rows <= most && shape.at(-1) === P) return;
  throw new ExperimentError(
    `'${name}' in ${path} has the shape [${shape.join(', ')}], but the network has ${P} weights: expected ${most === 1 ? `[${P}]` : `[1, ${P}] to [${most}, ${P}]`}`,
  );
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
  { history: { networks: N }, steps }: Subject<TrainedCondition>,
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
        rows.map((row) => steps[row]!),
      ),
      coordinates: numericArray([K, D], fidelity.coordinates),
      offSlice: onLogScale([K], fidelity.offSlice),
      trueLoss: onLogScale([K], fidelity.trueLoss),
      sliceLoss: onLogScale([K], fidelity.footLoss),
    },
    fidelity: { varianceShare, nullShare, logRatio, relativeDistance },
    variance,
    negativeShare: negativeShareOf(slice),
    origin: forComputing([frame.origin.length], frame.origin),
    basis: forComputing([D, frame.origin.length], frame.basis),
  };
}

const negativeShareOf = (slice: Slice): number | null =>
  slice.axes.length === 2 ? gridConvexity(slice).negativeShare : null;

/**
 * A slice as it follows from the networks, its losses and, where its directions were searched for or read from a file,
 * these: a normalised direction stays as it is when it is normalised again.
 */
function sliceAgain(
  subject: Subject<TrainedCondition>,
  spec: SliceSpec,
  tensors: TensorsOf<SliceResult>,
): Derived<SliceResult> {
  const { condition, history } = subject;
  const { data } = condition;
  const view = frameOfSpec(spec, sourcesAgain(subject, spec, tensors));
  const D = dimensionsOf(view.frame);
  const P = history.parameters;
  const frame = {
    ...view.frame,
    origin: shaped(tensors.origin, [P]).values,
    basis: shaped(tensors.basis, [D, P]).values,
  };
  const radius = proposeRadius({ ...view, frame, radius: spec.radius });
  const axes = axesOver(radius.ranges, spec.size);
  const shape = axes.map(({ length }) => length).reverse();
  const rows = markerRows(spec, history);
  const kept = (tensor: NumericArray) => shaped(tensor, [rows.length]).values;
  const fidelity = fidelityOf({
    frame,
    markers: gatherRows(history.snapshots, P, rows),
    trueLoss: kept(tensors.markers.trueLoss),
    footLoss: kept(tensors.markers.sliceLoss),
    nullShare: view.nullShare,
  });
  const losses = {
    loss: shaped(tensors.loss, shape),
    testLoss: shapedIf(data.test.count > 0, tensors.testLoss, shape),
    accuracy: shapedIf(data.classNames.length > 0, tensors.accuracy, shape),
  };
  const slice = { frame, axes, loss: losses.loss.values, testLoss: null, accuracy: null };
  return {
    ...packed(spec, view, slice, fidelity, radius.phrase, rows, subject),
    ...losses,
    negativeShare: negativeShareOf(slice),
  };
}

function sourcesAgain(
  subject: Subject<TrainedCondition>,
  spec: SliceSpec,
  { origin, basis }: TensorsOf<SliceResult>,
): FrameSources {
  const sources = sourcesOfAll(subject, spec);
  const P = subject.history.parameters;
  if (spec.directions === 'user')
    return { ...sources, user: { directions: basis.values, origin: origin.values } };
  if (spec.directions !== 'hessian') return sources;
  const [top, bottom] = eigenvectorCounts(spec);
  const rows = (first: number, count: number) =>
    basis.values.subarray(first * P, (first + count) * P);
  return { ...sources, eigenvectors: { top: rows(0, top), bottom: rows(top, bottom) } };
}
