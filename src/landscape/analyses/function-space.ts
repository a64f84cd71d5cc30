// Whether networks are far apart as weights, as functions, or both; and how many different ones there are.
import { z } from 'zod';
import { createActivationReader, createPredictor } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { plannedSteps } from '../../learning/planned-steps.ts';
import type { Estimate } from '../bootstrap.ts';
import { meanOf } from '../bootstrap.ts';
import {
  distinctSolutions,
  largestGap,
  samePredictions,
  sameWeights,
  type SolutionCriterion,
} from '../comparison/distinct-solutions.ts';
import { disagreement, normalisedDisagreement } from '../function-space/disagreement.ts';
import { ensembleCurve } from '../function-space/ensemble.ts';
import { linearCkaMatrix } from '../function-space/linear-cka.ts';
import { predictionDistance } from '../function-space/prediction-distance.ts';
import { accuracies, predictionsOf, type Predictions } from '../function-space/predictions.ts';
import { weightSpace } from '../function-space/weight-space.ts';
import { cosineMatrix } from '../projections/distances.ts';
import { gatherRows } from '../rows.ts';
import { alignPopulation } from '../symmetry/align-population.ts';
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
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from './claim.ts';
import { About, shaped, type Derived, type TensorsOf } from './derived.ts';
import { estimateOfMean, estimateOfPairs } from './estimates.ts';
import { forComputing, numericArray, type NumericArray } from './numeric-array.ts';
import { floors } from './rechecks.ts';

const schema = z.strictObject({
  kind: z.literal('function-space'),
  condition: z.string().optional(),
  runs: z.number().int().min(1).max(1000).default(10).meta({
    label: 'Runs',
    help: 'Of how many networks the snapshots of one run are compared with each other.',
  }),
  sameShare: z.number().min(0).lt(1).default(0.01).meta({
    label: 'Same function',
    help: 'Two networks are the same solution if they choose different classes on at most this share of samples.',
  }),
  sameDistance: z.number().min(0).max(2).default(0.1).meta({
    label: 'Same weights',
    help: 'Two aligned networks are the same solution if they are at most this share of their length apart.',
  }),
});

interface Clusters {
  readonly count: number;
  readonly labels: readonly number[];
  readonly sizes: readonly number[];
  readonly threshold: number;
  readonly criterion: string;
}

export interface FunctionSpaceResult {
  /** By number; networks that diverged are left out. */
  readonly networks: readonly number[];
  /** Which part predictions are compared on. */
  readonly part: 'test' | 'train';
  /** `[N]`. */
  readonly accuracy: NumericArray;
  /** `[N, N]` each. */
  readonly disagreement: NumericArray;
  readonly normalisedDisagreement: NumericArray;
  readonly predictionDistance: NumericArray;
  readonly weightCosine: NumericArray;
  readonly weightDistance: NumericArray;
  /** Every network aligned to the first by permuting (and negating) its hidden units. */
  readonly alignedCosine: NumericArray;
  readonly alignedDistance: NumericArray;
  /** One a hidden layer. */
  readonly cka: readonly NumericArray[];
  /** `[N]`: an ensemble of the first k networks, averaged over orders; and the single networks' mean. */
  readonly ensemble: {
    readonly accuracy: NumericArray;
    readonly loss: NumericArray;
    readonly single: { readonly accuracy: number; readonly loss: number };
  };
  /** Means over pairs, with intervals. */
  readonly means: Readonly<
    Record<
      | 'disagreement'
      | 'predictionDistance'
      | 'weightCosine'
      | 'alignedCosine'
      | 'weightDistance'
      | 'alignedDistance',
      Estimate
    >
  > & { readonly cka: readonly Estimate[] };
  /** Snapshots of the second half of one run against its end, averaged over each run. */
  readonly withinRun: {
    readonly runs: number;
    readonly snapshots: number;
    readonly cosine: Estimate;
    readonly disagreement: Estimate;
    /** `[runs]` each: the mean of each run, of which these are the means. */
    readonly cosines: NumericArray;
    readonly disagreements: NumericArray;
  };
  readonly distinct: {
    readonly byPredictions: Clusters;
    readonly byPredictionsLargestGap: Clusters;
    readonly byAlignedWeights: Clusters;
  };
}

type Spec = z.output<typeof schema>;

export const functionSpace = defineAnalysis({
  schema,
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
  async recheck(context, spec, { networks, cka }) {
    const condition = conditionOf(context, spec.condition);
    const N = networks.length;
    // A few networks, each with each: the similarity of two does not hang on the others.
    const few = Math.min(N, 3);
    const weights = weightsOf(condition, networks.slice(0, few));
    const samples = condition.data[partOf(condition)];
    const reading = createActivationReader({ ...lossOptions(context, condition), ...samples });
    const activations = await using(reading, (reader) => reader.read(weights));
    return activations.flatMap((layer, l) =>
      Array.from(linearCkaMatrix(layer, few, samples.count), (again, at) => {
        const [i, j] = [Math.floor(at / few), at % few];
        const pair = `networks ${networks[i]} and ${networks[j]}`;
        return {
          what: `CKA of ${pair} in layer ${l + 1}`,
          recorded: cka[l]!.values[i * N + j]!,
          again,
          tolerance: 1e-4,
        };
      }),
    );
  },
});

const partOf = ({ data }: TrainedCondition): 'train' | 'test' =>
  data.test.count > 0 ? 'test' : 'train';

async function predict(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  weights: Float32Array,
): Promise<{ predictions: Predictions; labels: Int32Array }> {
  const { data } = condition;
  const samples = data[partOf(condition)];
  const options = { ...lossOptions(context, condition), ...samples };
  const logits = await using(createPredictor(options), (predictor) => predictor.predict(weights));
  const count = logits.length / samples.count / data.outputs;
  return {
    predictions: predictionsOf(logits, count, samples.count, data.outputs),
    // Only data without classes has none, which the check refuses.
    labels: samples.labels as Int32Array,
  };
}

async function measure(
  context: AnalysisContext,
  condition: Condition,
  networks: readonly number[],
  spec: Spec,
): Promise<FunctionSpaceResult> {
  const { data, experiment } = condition;
  const { seed } = experiment;
  const { signal } = context;
  const N = networks.length;
  const weights = weightsOf(condition, networks);
  const part = partOf(condition);
  const { predictions, labels } = await predict(context, condition, weights);
  const functions = functionsOf(predictions, labels, seed);
  const places = await placesOf(context, condition, weights, N);
  context.onProgress(0.4);

  const samples = data[part];
  const reading = createActivationReader({ ...lossOptions(context, condition), ...samples });
  const activations = await using(reading, (reader) => reader.read(weights));
  const cka: Float64Array[] = [];
  for (const layer of activations) {
    await turn(signal);
    cka.push(linearCkaMatrix(layer, N, samples.count));
  }
  context.onProgress(0.7);
  const withinRun = await snapshotsOfOneRun(context, condition, networks.slice(0, spec.runs));
  const square = (matrix: ArrayLike<number>) => numericArray([N, N], matrix);
  const { ensemble } = functions;
  return {
    networks,
    part,
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

/** What the networks' predictions say, apart from where their weights are. */
const functionsOf = (predictions: Predictions, labels: Int32Array, seed: number) => ({
  accuracy: accuracies(predictions, labels),
  disagreement: disagreement(predictions),
  normalisedDisagreement: normalisedDisagreement(predictions, labels),
  predictionDistance: predictionDistance(predictions),
  ensemble: ensembleCurve(predictions, labels, { seed }),
});

interface Places extends Record<
  'weightCosine' | 'weightDistance' | 'alignedCosine' | 'alignedDistance',
  Float64Array
> {
  /** `[N, P]`: aligned to the first. */
  readonly aligned: Float32Array;
}

/** How the weights `[N, P]` lie to each other, as they are and aligned. */
async function placesOf(
  { signal }: Pick<AnalysisContext, 'signal'>,
  { network, experiment }: TrainedCondition,
  weights: Float32Array,
  N: number,
): Promise<Places> {
  const method = { kind: 'weights', seed: experiment.seed } as const;
  const { weights: aligned } = await alignPopulation(network, weights, { to: 0, method, signal });
  const [asTheyAre, inOrder] = [weightSpace(weights, N), weightSpace(aligned, N)];
  return {
    aligned,
    weightCosine: asTheyAre.cosine,
    weightDistance: asTheyAre.distance,
    alignedCosine: inOrder.cosine,
    alignedDistance: inOrder.distance,
  };
}

type Means = FunctionSpaceResult['means'];

/** Over pairs, of matrices `[N, N]`. */
function meansOf(
  matrices: Readonly<Record<Exclude<keyof Means, 'cka'>, ArrayLike<number>>> & {
    readonly cka: readonly ArrayLike<number>[];
  },
  N: number,
  seed: number,
): Means {
  const mean = (matrix: ArrayLike<number>) => estimateOfPairs(matrix, N, seed);
  return {
    disagreement: mean(matrices.disagreement),
    predictionDistance: mean(matrices.predictionDistance),
    weightCosine: mean(matrices.weightCosine),
    alignedCosine: mean(matrices.alignedCosine),
    weightDistance: mean(matrices.weightDistance),
    alignedDistance: mean(matrices.alignedDistance),
    cka: matrices.cka.map(mean),
  };
}

const distinctOf = (
  disagreements: Float64Array,
  { aligned, alignedDistance }: Places,
  N: number,
  spec: Spec,
): FunctionSpaceResult['distinct'] => ({
  byPredictions: clusters(disagreements, samePredictions(spec.sameShare)),
  byPredictionsLargestGap: clusters(disagreements, largestGap(disagreements)),
  byAlignedWeights: clusters(alignedDistance, sameWeights(aligned, N, spec.sameDistance)),
});

/** Samples that may fall to either side of a boundary on another provider. */
const flips = 2.5;

async function functionSpaceAgain(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  spec: Spec,
  tensors: TensorsOf<FunctionSpaceResult>,
): Promise<Derived<FunctionSpaceResult>> {
  const { network, experiment } = condition;
  const { seed } = experiment;
  const networks = soundNetworks(condition, 2);
  const N = networks.length;
  const weights = weightsOf(condition, networks);
  const { predictions, labels } = await predict(context, condition, weights);
  const functions = functionsOf(predictions, labels, seed);
  const places = await placesOf(context, condition, weights, N);
  const square = (matrix: ArrayLike<number>) => numericArray([N, N], matrix);
  const share = flips / predictions.count;
  const kept = (tensor: NumericArray) => shaped(tensor, [N, N]);
  const cka = network.sizes.slice(1, -1).map((_, layer) => kept(tensors.cka[layer]!));
  const [disagreements, distances] = [kept(tensors.disagreement), kept(tensors.predictionDistance)];
  // Whole numbers of samples, of which single precision keeps the shares but for their last digits.
  const shares = Float64Array.from(
    disagreements.values,
    (value) => Math.round(value * predictions.count) / predictions.count,
  );
  const { accuracy, loss, single } = functions.ensemble;
  return {
    networks,
    part: partOf(condition),
    accuracy: new About(numericArray([N], functions.accuracy), share),
    disagreement: new About(square(functions.disagreement), share),
    normalisedDisagreement: kept(tensors.normalisedDisagreement),
    predictionDistance: new About(square(functions.predictionDistance), 1e-3),
    weightCosine: square(places.weightCosine),
    weightDistance: square(places.weightDistance),
    alignedCosine: square(places.alignedCosine),
    alignedDistance: square(places.alignedDistance),
    cka,
    ensemble: {
      accuracy: new About(numericArray([N], accuracy), share),
      loss: new About(numericArray([N], loss), floors.loss + 1e-3 * single.loss),
      single: {
        accuracy: new About(single.accuracy, share / N),
        loss: new About(single.loss, floors.loss + 1e-4 * single.loss),
      },
    },
    means: meansOf(
      {
        ...places,
        disagreement: disagreements.values,
        predictionDistance: distances.values,
        cka: cka.map(({ values }) => values),
      },
      N,
      seed,
    ),
    withinRun: withinRunAgain(condition, Math.min(spec.runs, N), tensors.withinRun),
    distinct: distinctOf(shares, places, N, spec),
  };
}

function clusters(distances: Float64Array, by: SolutionCriterion): Clusters {
  const { count, labels, sizes, threshold, criterion } = distinctSolutions(distances, by);
  return { count, labels: [...labels], sizes, threshold, criterion };
}

/** Every snapshot of the second half of a run against its end, the mean of each run; the interval is over runs. */
async function snapshotsOfOneRun(
  context: AnalysisContext,
  condition: Condition,
  runs: readonly number[],
): Promise<FunctionSpaceResult['withinRun']> {
  const { history } = condition;
  const { networks: N, parameters: P, snapshots } = history;
  const late = lateSnapshots(condition);
  const [cosines, differences]: [number[], number[]] = [[], []];
  for (const run of runs) {
    context.signal.throwIfAborted();
    const path = gatherRows(
      snapshots,
      P,
      late.map((snapshot) => snapshot * N + run),
    );
    const { predictions } = await predict(context, condition, path);
    const K = late.length;
    const toEnd = (matrix: Float64Array) => meanOf(matrix.slice((K - 1) * K, K * K - 1));
    cosines.push(toEnd(cosineMatrix(path, K)));
    differences.push(toEnd(disagreement(predictions)));
  }
  return {
    ...withinRunOf(condition, runs.length, cosines, differences),
    cosines: forComputing([runs.length], cosines),
    disagreements: forComputing([runs.length], differences),
  };
}

/** Those of the second half of a run, by number. */
function lateSnapshots({ experiment, data }: TrainedCondition): number[] {
  const S = plannedSteps(experiment, data.train).snapshots.length;
  const first = Math.ceil((S - 1) / 2);
  return Array.from({ length: S - first }, (_, k) => first + k);
}

const withinRunOf = (
  condition: TrainedCondition,
  runs: number,
  cosines: ArrayLike<number>,
  disagreements: ArrayLike<number>,
) => ({
  runs,
  snapshots: lateSnapshots(condition).length,
  cosine: estimateOfMean(cosines, condition.experiment.seed),
  disagreement: estimateOfMean(disagreements, condition.experiment.seed),
});

function withinRunAgain(
  condition: TrainedCondition,
  runs: number,
  tensors: TensorsOf<FunctionSpaceResult['withinRun']>,
): FunctionSpaceResult['withinRun'] {
  const cosines = shaped(tensors.cosines, [runs]);
  const disagreements = shaped(tensors.disagreements, [runs]);
  return {
    ...withinRunOf(condition, runs, cosines.values, disagreements.values),
    cosines,
    disagreements,
  };
}

/** "Nearly orthogonal": under this cosine, an angle of more than 72 degrees. */
const nearlyOrthogonal = 0.3;
const alike = 0.9;

function fortClaim({ means, withinRun }: FunctionSpaceResult): Claim {
  const apart = verdictBelow(means.weightCosine.interval, nearlyOrthogonal);
  const together = verdictAbove(withinRun.cosine.interval, alike);
  const [between, within] = [means.disagreement.interval, withinRun.disagreement.interval];
  const different = verdictAbove([between[0] - within[1], between[1] - within[0]], 0);
  const verdict = verdictOfAll([apart, together, different]);
  // A cosine of nearly 0 has no sign worth printing.
  const cosine = (value: number) => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2);
  const share = (value: number) => `${(100 * value).toPrecision(2)}%`;
  return {
    id: 'independent-runs-differ',
    source: 'fort2019',
    found:
      'networks from different random starts are nearly orthogonal in weights and differ in their predictions, while snapshots of one run are alike in both',
    evidence: [
      {
        what: 'cosine of two runs’ final weights',
        value: means.weightCosine.value,
        interval: means.weightCosine.interval,
        unit: '',
      },
      {
        what: 'cosine of late snapshots with the end of their run',
        value: withinRun.cosine.value,
        interval: withinRun.cosine.interval,
        unit: '',
      },
      {
        what: 'samples on which two runs disagree',
        value: means.disagreement.value,
        interval: between,
        unit: 'share of samples',
      },
      {
        what: 'samples on which late snapshots disagree with the end of their run',
        value: withinRun.disagreement.value,
        interval: within,
        unit: 'share of samples',
      },
    ],
    criterion: `shown if the cosine of two runs is below ${nearlyOrthogonal}, that within a run above ${alike}, and two runs disagree on more samples than snapshots of one, each by its whole interval`,
    verdict,
    sentence: `Two runs end at a cosine of ${cosine(means.weightCosine.value)} and disagree on ${share(means.disagreement.value)} of samples, late snapshots of one run have a cosine of ${cosine(withinRun.cosine.value)} with its end and disagree on ${share(withinRun.disagreement.value)}.`,
  };
}
