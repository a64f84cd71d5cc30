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
import { largestVolume, sliceSpecSchema, type SliceSpec } from '../directions/plane-spec.ts';
import type { ExplainedVariance } from '../directions/principal-planes.ts';
import { centreOf, soundNetworksOf } from '../directions/solutions.ts';
import { gatherRows } from '../rows.ts';
import { evaluateSlice } from '../slices/evaluate-slice.ts';
import { sliceFidelity, type SliceFidelity } from '../slices/fidelity.ts';
import { pointsAt } from '../slices/frame.ts';
import { gridConvexity } from '../slices/grid-convexity.ts';
import { axesOver, proposeRadius } from '../slices/radius.ts';
import { gridCoordinates, pointCount, type Slice } from '../slices/slice.ts';
import { projectOntoFrame } from '../slices/project.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  named,
  rowOf,
  using,
  type AnalysisContext,
  type Condition,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks, checkOneLandscape } from './checks.ts';
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
      const checks: Recheck[] = [];
      for (const [name, slice] of Object.entries(result.slices)) {
        const { points, recorded } = samplesOf(slice, condition.experiment.seed);
        const { loss } = await evaluate(points);
        for (const [i, again] of loss.entries()) {
          checks.push(sameLoss(`loss at a point of slice ${name}`, recorded[i]!, again));
        }
        checks.push(...(await recheckEnds(context, spec, name, slice, evaluate)));
      }
      return checks;
    });
  },
});

interface Subject {
  readonly condition: Condition;
  readonly history: WeightHistory;
  /** `[S * N]`: optimiser steps that each row of the snapshots had taken. */
  readonly steps: readonly number[];
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
  const { across } = spec;
  const history =
    across === undefined ? condition.history : historyAcross(context.conditions, across);
  // Conditions may take steps of their own: an epoch of small batches has more of them.
  const stepsOf = (network: number) =>
    (across === undefined ? condition : context.conditions[network]!).history.snapshotSteps;
  const steps = Array.from(
    { length: history.snapshotSteps.length * history.networks },
    (_, row) => stepsOf(row % history.networks)[Math.floor(row / history.networks)] as number,
  );
  return { condition, history, steps };
}

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
    const D = spec.dimensions;
    const [top, bottom] = { top: [D, 0], bottom: [0, D], 'top-bottom': [1, 1] }[spec.which] as [
      number,
      number,
    ];
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
  { history: { networks: N }, steps }: Subject,
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
    negativeShare: D === 2 ? gridConvexity(slice).negativeShare : null,
    origin: forComputing([frame.origin.length], frame.origin),
    basis: forComputing([D, frame.origin.length], frame.basis),
  };
}

/** How many points of each slice, and ends of networks on it, are evaluated again. */
const checkedPoints = 16;

/** Where marked networks ended, from their stored weights: their loss, and where they fall on the slice. */
async function recheckEnds(
  { conditions }: Pick<AnalysisContext<TrainedCondition>, 'conditions'>,
  spec: Spec,
  name: string,
  { markers, axes, origin, basis, orthonormal }: SliceResult,
  evaluate: Evaluate,
): Promise<Recheck[]> {
  const { network, step, coordinates, trueLoss } = markers;
  const last = lastSteps(network.values, step.values);
  const ends = Array.from(network.values.keys())
    .filter(
      (k) =>
        step.values[k] === last.get(network.values[k]!) && Number.isFinite(trueLoss.values[k]!),
    )
    .slice(0, checkedPoints);
  const P = origin.values.length;
  const weights = new Float32Array(ends.length * P);
  for (const [i, k] of ends.entries()) {
    const index = network.values[k]!;
    const { across } = spec;
    const [condition, own] =
      across === undefined
        ? [measuredBy({ conditions }, spec), index]
        : [conditions[index]!, across];
    weights.set(rowOf(condition.final, P, own), i * P);
  }
  const { loss } = await evaluate(weights);
  const span = { origin: origin.values, basis: basis.values, orthonormal };
  const again = projectOntoFrame(span, weights).coordinates;
  const D = axes.length;
  return ends.flatMap((k, i) => [
    sameLoss(`true loss of a network on slice ${name}`, trueLoss.values[k]!, loss[i]!),
    ...Array.from({ length: D }, (_, d) => {
      const recorded = coordinates.values[k * D + d]!;
      return {
        what: `coordinate of a network on slice ${name}`,
        recorded,
        again: again[i * D + d]!,
        tolerance: 1e-5 + 1e-4 * Math.abs(recorded),
      };
    }),
  ]);
}

/** Of each marked network, the last step that is marked. */
function lastSteps(networks: Float32Array, steps: Float32Array): Map<number, number> {
  const last = new Map<number, number>();
  networks.forEach((network, k) => last.set(network, Math.max(last.get(network) ?? 0, steps[k]!)));
  return last;
}

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
