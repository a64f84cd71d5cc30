// Whether networks are far apart as weights, as functions, or both; and how many different ones there are.
import { createActivationReader } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { linearCkaMatrix } from '../function-space/linear-cka.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  soundNetworks,
  turn,
  using,
  weightsOf,
  type AnalysisContext,
  type Condition,
  type TrainedCondition,
} from './analysis.ts';
import { checkClasses, checkNetworks } from './checks.ts';
import { fortClaim } from './function-space/function-space-claims.ts';
import {
  distinctOf,
  functionSpaceAgain,
  meansOf,
} from './function-space/function-space-derived.ts';
import { recheckFunctionSpace } from './function-space/function-space-rechecks.ts';
import {
  functionSpaceSchema,
  type FunctionSpaceResult,
  type FunctionSpaceSpec,
} from './function-space/function-space-result.ts';
import { functionsOf, partOf, placesOf, predict } from './function-space/network-distances.ts';
import { snapshotsOfOneRun } from './function-space/snapshots-of-one-run.ts';
import { numericArray } from './numeric-array.ts';

export const functionSpace = defineAnalysis({
  schema: functionSpaceSchema,
  title:
    'how far apart the networks are as weights and as functions, and how many different ones there are',
  check(plan, { condition: key }) {
    const condition = conditionOf(plan, key);
    checkNetworks(condition, 2);
    checkClasses(condition);
    const { snapshots } = condition.experiment;
    if (snapshots >= 3) return;
    throw new ExperimentError(
      `snapshots is ${snapshots}: the second half of a run is compared with its end, so expected at least 3`,
    );
  },
  async answer(context, spec): Promise<FunctionSpaceResult> {
    const condition = conditionOf(context, spec.condition);
    const networks = soundNetworks(condition, 2);
    return measure(context, condition, networks, spec);
  },
  claims: (_, __, result: FunctionSpaceResult) => [fortClaim(result)],
  derived: (context, spec, tensors) =>
    functionSpaceAgain(context, conditionOf(context, spec.condition), spec, tensors),
  recheck: recheckFunctionSpace,
});

async function measure(
  context: AnalysisContext,
  condition: Condition,
  networks: readonly number[],
  spec: FunctionSpaceSpec,
): Promise<FunctionSpaceResult> {
  const { seed } = condition.experiment;
  const N = networks.length;
  const weights = weightsOf(condition, networks);
  const { predictions, labels } = await predict(context, condition, weights);
  const functions = functionsOf(predictions, labels, seed);
  const places = await placesOf(context, condition, weights, N);
  context.onProgress(0.4);

  const cka = await similarities(context, condition, weights, N);
  context.onProgress(0.7);
  const withinRun = await snapshotsOfOneRun(context, condition, networks.slice(0, spec.runs));
  const square = (matrix: ArrayLike<number>) => numericArray([N, N], matrix);
  const { ensemble } = functions;
  return {
    networks,
    part: partOf(condition),
    accuracy: numericArray([N], functions.accuracy),
    disagreement: square(functions.disagreement),
    normalisedDisagreement: square(functions.normalisedDisagreement),
    predictionDistance: square(functions.predictionDistance),
    weightCosine: square(places.weightCosine),
    weightDistance: square(places.weightDistance),
    alignedCosine: square(places.alignedCosine),
    alignedDistance: square(places.alignedDistance),
    cka: cka.map(square),
    ensemble: {
      accuracy: numericArray([N], ensemble.accuracy),
      loss: numericArray([N], ensemble.loss),
      single: ensemble.single,
    },
    means: meansOf({ ...functions, ...places, cka }, N, seed),
    withinRun,
    distinct: distinctOf(functions.disagreement, places, N, spec),
  };
}

/** How alike the networks' activations are, `[N, N]` of each hidden layer. */
async function similarities(
  context: AnalysisContext,
  condition: TrainedCondition,
  weights: Float32Array,
  N: number,
): Promise<Float64Array[]> {
  const samples = condition.data[partOf(condition)];
  const reading = createActivationReader({ ...lossOptions(context, condition), ...samples });
  const activations = await using(reading, (reader) => reader.read(weights));
  const cka: Float64Array[] = [];
  for (const layer of activations) {
    await turn(context.signal);
    cka.push(linearCkaMatrix(layer, N, samples.count));
  }
  return cka;
}
