// The same function at another place: ReLU units rescaled, and which measures of sharpness notice.
import { z } from 'zod';
import { createEvaluator, createPredictor } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { randomStream } from '../../learning/random.ts';
import { meanOf, type Estimate } from '../bootstrap.ts';
import { createDerivatives, stoppable } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import {
  epsilonSharpness,
  filterNormalisedCurvature,
  largestAdaptiveSharpness,
} from '../curvature/sharpness.ts';
import { randomDirection } from '../directions/random-direction.ts';
import { orthonormalFrame } from '../slices/frame.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import { canonicalScale, rescaleUnits } from '../symmetry/relu-scale.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  rowOf,
  soundNetworks,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from './claim.ts';
import { filterNormalisedDirections } from './filter-normalised-directions.ts';
import { About, shaped, type Derived, type TensorsOf } from './derived.ts';
import { estimateOfMean } from './estimates.ts';
import { sameEigenvalue, sameLoss } from './rechecks.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';

const schema = z.strictObject({
  kind: z.literal('rescaling'),
  condition: z.string().optional(),
  networks: z.number().int().min(2).max(200).default(8).meta({ label: 'Networks' }),
  factor: z.number().gt(1).max(100).default(4).meta({
    label: 'Largest factor',
    help: 'Each hidden unit is scaled by a factor between 1 over this and this, evenly drawn on a log scale.',
  }),
  points: z.number().int().min(5).max(401).default(61).meta({ label: 'Points a line' }),
  radius: z.number().gt(0).max(100).default(2).meta({
    label: 'Radius',
    help: 'Reach of the line through each network along one random unit direction, in weight-space distance.',
  }),
  directions: z.number().int().min(2).max(200).default(16),
  epsilon: z.number().gt(0).max(1).default(1e-3),
});

const measures = [
  'largestEigenvalue',
  'epsilonSharpness',
  'filterNormalised',
  'adaptive',
  'weightNorm',
] as const;
type Measure = (typeof measures)[number];

export interface RescalingResult {
  readonly networks: readonly number[];
  /** Largest change of any output (logit) of any network on any training point, and the size of the outputs. */
  readonly outputChange: number;
  readonly outputSize: number;
  /** `[M]` each: the same of each network. */
  readonly outputChanges: NumericArray;
  readonly outputSizes: NumericArray;
  /** `[M]` each, before and after. */
  readonly before: Readonly<Record<Measure, NumericArray>>;
  readonly after: Readonly<Record<Measure, NumericArray>>;
  /** Mean over networks of |ln(after / before)|: 0 where a measure does not notice. */
  readonly change: Readonly<Record<Measure, Estimate>>;
  /** `[M]`: the same of each network. */
  readonly changes: Readonly<Record<Measure, NumericArray>>;
  /** `[T]`: distance from each network along the line. */
  readonly distance: NumericArray;
  /** `[M, T]` each: training loss along the same direction. */
  readonly lineBefore: NumericArray;
  readonly lineAfter: NumericArray;
  /** `[M]`: distance of the canonical forms (incoming weights of norm 1), over the length of the weights. */
  readonly canonicalDistance: NumericArray;
  readonly rescaled: NumericArray;
}

type Spec = z.output<typeof schema>;

export const rescaling = defineAnalysis({
  schema,
  title: 'ReLU units rescaled: which measures of sharpness notice what no prediction does',
  check(plan, spec) {
    const { key, experiment } = conditionOf(plan, spec.condition);
    const { activation, residual, hiddenSizes } = experiment;
    if ((activation === 'relu' || activation === 'linear') && !residual && hiddenSizes.length > 0)
      return;
    throw new ExperimentError(
      `condition "${key}" has units that cannot be rescaled (activation "${activation}", ${hiddenSizes.length} hidden layers${residual ? ', residual' : ''}): expected hidden layers of "relu" or "linear" units without residual connections`,
    );
  },
  answer: (context, spec): Promise<RescalingResult> =>
    measure(context, conditionOf(context, spec.condition), spec),
  derived: (context, spec, tensors) =>
    rescalingAgain(conditionOf(context, spec.condition), spec, tensors),
  claims: (_, __, result: RescalingResult) => [claimOf(result)],
  async recheck(context, spec, result) {
    const { networks, rescaled, before, after } = result;
    const condition = conditionOf(context, spec.condition);
    const weights = weightsOf(condition, networks);
    const checks: Recheck[] = [];
    await using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => {
      const [one, other] = [await evaluate(weights), await evaluate(rescaled.values)];
      for (const [m, network] of networks.entries()) {
        const what = `loss after rescaling of network ${network}`;
        checks.push(sameLoss(what, one.loss[m]!, other.loss[m]!, 1e-3));
        // The middle of a line is the network itself.
        const middle = m * spec.points + (spec.points - 1) / 2;
        if (!Number.isInteger(middle)) continue;
        for (const [line, { loss }] of [
          [result.lineBefore, one],
          [result.lineAfter, other],
        ] as const)
          checks.push(
            sameLoss(
              `loss in the middle of a line of network ${network}`,
              line.values[middle]!,
              loss[m]!,
              1e-3,
            ),
          );
      }
    });
    const changes = await outputChanges(context, condition, weights, rescaled.values);
    for (const [m, network] of networks.entries())
      checks.push(
        sameLoss(
          `size of outputs of network ${network}`,
          result.outputSizes.values[m]!,
          changes.sizes[m]!,
        ),
        {
          what: `change of outputs of network ${network}`,
          recorded: result.outputChanges.values[m]!,
          again: changes.changes[m]!,
          tolerance: unnoticed * changes.sizes[m]!,
        },
      );
    await using(createDerivatives(lossOptions(context, condition)), async (derivatives) => {
      const { seed } = condition.experiment;
      for (const [what, at, recorded] of [
        ['before', weights, before],
        ['after', rescaled.values, after],
      ] as const) {
        const { top } = await hessianEigenpairs(derivatives, at, { top: 1, bottom: 0, seed });
        for (const [m, network] of networks.entries())
          checks.push(
            sameEigenvalue(
              `largest Hessian eigenvalue ${what} rescaling of network ${network}`,
              recorded.largestEigenvalue.values[m]!,
              top.values[m]!,
            ),
          );
      }
    });
    return checks;
  },
});

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  spec: Spec,
): Promise<RescalingResult> {
  const { seed } = condition.experiment;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const weights = weightsOf(condition, networks);
  const P = weights.length / M;
  const moved = rescaledNetworks(condition, weights, M, spec);
  const outputs = await outputChanges(context, condition, weights, moved.rescaled);
  const measured = async (at: Float32Array) => measuresAt(context, condition, at, M, spec);
  const before = await measured(weights);
  context.onProgress(0.4);
  const after = await measured(moved.rescaled);
  context.onProgress(0.8);
  context.signal.throwIfAborted();
  const line = (at: Float32Array) => linesThrough(context, condition, at, M, spec);
  const [lineBefore, lineAfter] = [await line(weights), await line(moved.rescaled)];
  const column = (values: Record<Measure, Float64Array>) =>
    byMeasure((name) => numericArray([M], values[name]));
  const changes = changesOf(before, after);
  return {
    networks,
    outputChange: Math.max(...outputs.changes),
    outputSize: outputs.size,
    outputChanges: forComputing([M], outputs.changes),
    outputSizes: forComputing([M], outputs.sizes),
    before: column(before),
    after: column(after),
    change: byMeasure((name) => estimateOfMean(changes[name], seed)),
    changes: byMeasure((name) => forComputing([M], changes[name])),
    distance: numericArray([spec.points], distancesOf(spec)),
    lineBefore: onLogScale([M, spec.points], lineBefore),
    lineAfter: onLogScale([M, spec.points], lineAfter),
    canonicalDistance: numericArray([M], moved.canonicalDistance),
    rescaled: forComputing([M, P], moved.rescaled),
  };
}

const byMeasure = <Of>(make: (name: Measure) => Of): Record<Measure, Of> =>
  Object.fromEntries(measures.map((name) => [name, make(name)])) as Record<Measure, Of>;

/** |ln(after / before)| of each network. */
const changesOf = (
  before: Readonly<Record<Measure, ArrayLike<number>>>,
  after: Readonly<Record<Measure, ArrayLike<number>>>,
): Record<Measure, number[]> =>
  byMeasure((name) =>
    Array.from(before[name], (value, m) => Math.abs(Math.log(after[name][m]! / value))),
  );

/** The networks `[M, P]` moved, and how far apart they are in canonical form. */
function rescaledNetworks(
  condition: TrainedCondition,
  weights: Float32Array,
  M: number,
  { factor }: Spec,
): { rescaled: Float32Array; canonicalDistance: Float64Array } {
  const P = weights.length / M;
  const rescaled = new Float32Array(weights.length);
  const canonicalDistance = Float64Array.from({ length: M }, (_, m) => {
    const own = rowOf(weights, P, m);
    const other = rescaledNetwork(condition, own, factor, m);
    rescaled.set(other, m * P);
    const { network } = condition;
    const [a, b] = [canonicalScale(network, own), canonicalScale(network, other)];
    return norm(a.map((value, p) => value - b[p]!)) / norm(a);
  });
  return { rescaled, canonicalDistance };
}

/** Of each network on the training points: the largest change of an output, and their mean size; that of all. */
async function outputChanges(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  weights: Float32Array,
  rescaled: Float32Array,
): Promise<{ changes: Float64Array; sizes: Float64Array; size: number }> {
  const options = { ...lossOptions(context, condition), ...condition.data.train };
  const [before, after] = await using(createPredictor(options), async ({ predict }) => [
    await predict(weights),
    await predict(rescaled),
  ]);
  const M = weights.length / parameterCount(condition.network);
  const width = before!.length / M;
  const row = (values: Float32Array, m: number) => rowOf(values, width, m);
  return {
    changes: Float64Array.from({ length: M }, (_, m) => {
      const other = row(after!, m);
      return row(before!, m).reduce(
        (most, value, i) => Math.max(most, Math.abs(value - other[i]!)),
        0,
      );
    }),
    sizes: Float64Array.from({ length: M }, (_, m) =>
      meanOf(Float64Array.from(row(before!, m), Math.abs)),
    ),
    size: meanOf(Float64Array.from(before!, Math.abs)),
  };
}

/** Of a logarithm of a ratio, where single precision keeps both numbers and the logarithm. */
const roundingOfRatio = 3e-6;
/** Of a distance, over the length of the weights, between what would be equal but for rounding. */
const roundingOfDistance = 1e-6;

function rescalingAgain(
  condition: TrainedCondition,
  spec: Spec,
  tensors: TensorsOf<RescalingResult>,
): Derived<RescalingResult> {
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const weights = weightsOf(condition, networks);
  const { seed } = condition.experiment;
  const moved = rescaledNetworks(condition, weights, M, spec);
  const column = (tensor: NumericArray) => shaped(tensor, [M]);
  const norms = (at: Float32Array) => numericArray([M], weightNorms(at, M));
  const measured = (own: TensorsOf<RescalingResult['before']>, at: Float32Array) =>
    byMeasure((name) => (name === 'weightNorm' ? norms(at) : column(own[name])));
  const before = measured(tensors.before, weights);
  const after = measured(tensors.after, moved.rescaled);
  const numbers = (own: typeof before) => byMeasure((name) => own[name].values);
  const again = changesOf(numbers(before), numbers(after));
  const changes = byMeasure((name) => column(tensors.changes[name]));
  const outputChanges = column(tensors.outputChanges);
  const outputSizes = column(tensors.outputSizes);
  const lines = [M, spec.points];
  return {
    networks,
    outputChange: Math.max(...outputChanges.values),
    outputSize: meanOf(Float64Array.from(outputSizes.values)),
    outputChanges,
    outputSizes,
    before,
    after,
    change: byMeasure((name) => estimateOfMean(changes[name].values, seed)),
    changes: byMeasure((name) => new About(numericArray([M], again[name]), roundingOfRatio)),
    distance: numericArray([spec.points], distancesOf(spec)),
    lineBefore: shaped(tensors.lineBefore, lines),
    lineAfter: shaped(tensors.lineAfter, lines),
    canonicalDistance: new About(numericArray([M], moved.canonicalDistance), roundingOfDistance),
    rescaled: forComputing([M, weights.length / M], moved.rescaled),
  };
}

const weightNorms = (weights: Float32Array, M: number): Float64Array =>
  Float64Array.from({ length: M }, (_, m) => norm(rowOf(weights, weights.length / M, m)));

const norm = (values: ArrayLike<number>): number => {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares);
};

/** Every hidden unit by a factor of its own, drawn for network m. */
function rescaledNetwork(
  { network, experiment }: TrainedCondition,
  weights: Float32Array,
  largest: number,
  m: number,
): Float32Array {
  const stream = randomStream(experiment.seed, 'rescaling', m);
  const hidden = network.sizes.slice(1, -1);
  return hidden.reduce((moved, units, layer) => {
    const factors = Float64Array.from(
      { length: units },
      () => largest ** (2 * stream.uniform() - 1),
    );
    return rescaleUnits(network, moved, layer, factors);
  }, weights);
}

async function measuresAt(
  context: AnalysisContext,
  condition: TrainedCondition,
  weights: Float32Array,
  M: number,
  { directions, epsilon }: Spec,
): Promise<Record<Measure, Float64Array>> {
  const { seed } = condition.experiment;
  return using(createDerivatives(lossOptions(context, condition)), async (made) => {
    const derivatives = stoppable(made, context.signal);
    const { top } = await hessianEigenpairs(derivatives, weights, { top: 1, bottom: 0, seed });
    const box = { epsilon, steps: 20, starts: 2, seed };
    const drawn = filterNormalisedDirections(condition.network, weights, M, directions, seed);
    return {
      largestEigenvalue: top.values,
      epsilonSharpness: (await epsilonSharpness(derivatives, weights, box)).sharpness,
      filterNormalised: (await filterNormalisedCurvature(derivatives, weights, drawn)).mean,
      adaptive: (await largestAdaptiveSharpness(derivatives, weights, { seed })).largest,
      weightNorm: weightNorms(weights, M),
    };
  });
}

const distancesOf = ({ points, radius }: Spec): Float32Array =>
  Float32Array.from({ length: points }, (_, t) => radius * ((2 * t) / (points - 1) - 1));

/** `[M, T]`: the loss along one random unit direction, the same for all. */
async function linesThrough(
  context: AnalysisContext,
  condition: TrainedCondition,
  weights: Float32Array,
  M: number,
  spec: Spec,
): Promise<Float32Array> {
  const P = weights.length / M;
  const direction = randomDirection(P, condition.experiment.seed, 0);
  const losses = new Float32Array(M * spec.points);
  for (let m = 0; m < M; m++) {
    const frame = orthonormalFrame(rowOf(weights, P, m).slice(), direction, ['random direction']);
    const making = createSliceEvaluator(lossOptions(context, condition), frame);
    const { loss } = await using(making, (slice) => slice.evaluate(distancesOf(spec)));
    losses.set(loss, m * spec.points);
  }
  return losses;
}

/** As ratios: e^0.01 is 1 per cent, e^0.2 is 22 per cent. */
const [unmoved, moved] = [0.01, 0.2];
/** What rounding to single precision leaves of outputs, generously. */
const unnoticed = 1e-3;

function claimOf({ change, outputChange, outputSize }: RescalingResult): Claim {
  const outputs = outputChange / outputSize;
  const verdict = verdictOfAll([
    verdictAbove(change.largestEigenvalue.interval, moved),
    verdictAbove(change.epsilonSharpness.interval, moved),
    verdictBelow(change.adaptive.interval, unmoved),
    verdictBelow([outputs, outputs], unnoticed),
  ]);
  const factor = ({ value }: Estimate) => Math.exp(value).toPrecision(3);
  const names: Record<Measure, string> = {
    largestEigenvalue: 'largest Hessian eigenvalue',
    epsilonSharpness: 'epsilon-sharpness',
    filterNormalised: 'curvature along filter-normalised directions',
    adaptive: 'adaptive sharpness, which is scale-invariant',
    weightNorm: 'length of the weights',
  };
  return {
    id: 'rescaling-moves-sharpness',
    source: 'dinh2017',
    found:
      'rescaling the units of a ReLU network changes the sharpness of its minimum and not one of its predictions',
    evidence: [
      ...measures.map((name) => ({
        what: `${names[name]}: mean |ln(after / before)|`,
        ...change[name],
        unit: '',
      })),
      {
        what: 'largest change of an output, over the mean size of outputs',
        value: outputs,
        interval: null,
        unit: '',
      },
    ],
    criterion: `shown if the largest eigenvalue and epsilon-sharpness change by a factor of more than e^${moved} and the scale-invariant measure by less than e^${unmoved}, each by its whole interval over networks, while no output changes by more than ${unnoticed} of their mean size`,
    verdict,
    sentence: `The same function has a largest eigenvalue ${factor(change.largestEigenvalue)} times as large or small, and an adaptive sharpness within ${(100 * (Math.exp(change.adaptive.value) - 1)).toPrecision(2)}%.`,
  };
}
