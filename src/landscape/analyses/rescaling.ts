// The same function at another place: ReLU units rescaled, and which measures of sharpness notice.
import { ExperimentError } from '../../learning/experiment-error.ts';
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
import {
  conditionOf,
  defineAnalysis,
  firstNetworks,
  lossOptions,
  rowOf,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { estimateOfMean } from './estimates.ts';
import { filterNormalisedDirections } from './filter-normalised-directions.ts';
import { forComputing, numericArray, onLogScale } from './numeric-array.ts';
import { outputChanges, rescaledNetworks } from './rescaling/rescaled-networks.ts';
import { rescalingClaim } from './rescaling/rescaling-claims.ts';
import { changesOf, distancesOf, rescalingAgain } from './rescaling/rescaling-derived.ts';
import { recheckRescaling } from './rescaling/rescaling-rechecks.ts';
import {
  byMeasure,
  rescalingSchema,
  type Measure,
  type RescalingResult,
  type RescalingSpec,
} from './rescaling/rescaling-result.ts';
import { weightNorms } from './weight-norms.ts';

export const rescaling = defineAnalysis({
  schema: rescalingSchema,
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
  claims: (_, __, result: RescalingResult) => [rescalingClaim(result)],
  recheck: recheckRescaling,
});

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  spec: RescalingSpec,
): Promise<RescalingResult> {
  const { seed } = condition.experiment;
  const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
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

async function measuresAt(
  context: AnalysisContext,
  condition: TrainedCondition,
  weights: Float32Array,
  M: number,
  { directions, epsilon }: RescalingSpec,
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

/** `[M, T]`: the loss along one random unit direction, the same for all. */
async function linesThrough(
  context: AnalysisContext,
  condition: TrainedCondition,
  weights: Float32Array,
  M: number,
  spec: RescalingSpec,
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
