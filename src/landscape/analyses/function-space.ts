// Whether networks are far apart as weights, as functions, or both; and how many different ones there are.
import { z } from 'zod';
import { createActivationReader, createPredictor } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
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
import { estimateOfMean, estimateOfPairs } from './estimates.ts';
import { numericArray, type NumericArray } from './numeric-array.ts';

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
  };
  readonly distinct: {
    readonly byPredictions: Clusters;
    readonly byPredictionsLargestGap: Clusters;
    readonly byAlignedWeights: Clusters;
  };
}

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
  async answer(context, spec) {
    const condition = conditionOf(context, spec.condition);
    const networks = soundNetworks(condition, 2);
    return measure(context, condition, networks, spec);
  },
  claims: (_, __, result: FunctionSpaceResult) => [fortClaim(result)],
  async recheck(context, spec, result) {
    const condition = conditionOf(context, spec.condition);
    const { predictions } = await predict(
      context,
      condition,
      weightsOf(condition, result.networks),
    );
    const [again, cosine] = [
      disagreement(predictions),
      cosineMatrix(weightsOf(condition, result.networks), result.networks.length),
    ];
    const N = result.networks.length;
    const pairs = Array.from({ length: N - 1 }, (_, i) => i * N + i + 1);
    const pairName = (at: number) =>
      `networks ${result.networks[Math.floor(at / N)]} and ${result.networks[at % N]}`;
    return pairs.flatMap((at) => [
      {
        what: `disagreement of ${pairName(at)}`,
        recorded: result.disagreement.values[at] as number,
        again: again[at] as number,
        // A sample on the boundary may fall to either side on another provider.
        tolerance: 2.5 / predictions.count,
      },
      {
        what: `cosine of ${pairName(at)}`,
        recorded: result.weightCosine.values[at] as number,
        again: cosine[at] as number,
        tolerance: 1e-5,
      },
    ]);
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
  spec: z.output<typeof schema>,
): Promise<FunctionSpaceResult> {
  const { network, data, experiment } = condition;
  const { seed } = experiment;
  const { signal } = context;
  const N = networks.length;
  const weights = weightsOf(condition, networks);
  const part = partOf(condition);
  const { predictions, labels } = await predict(context, condition, weights);
  const disagreements = disagreement(predictions);
  const distances = predictionDistance(predictions);
  const raw = weightSpace(weights, N);
  const method = { kind: 'weights', seed } as const;
  const { weights: alignedWeights } = await alignPopulation(network, weights, {
    to: 0,
    method,
    signal,
  });
  const aligned = weightSpace(alignedWeights, N);
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
  const ensemble = ensembleCurve(predictions, labels, { seed });
  const square = (matrix: ArrayLike<number>) => numericArray([N, N], matrix);
  const mean = (matrix: ArrayLike<number>) => estimateOfPairs(matrix, N, seed);
  return {
    networks,
    part,
    accuracy: numericArray([N], accuracies(predictions, labels)),
    disagreement: square(disagreements),
    normalisedDisagreement: square(normalisedDisagreement(predictions, labels)),
    predictionDistance: square(distances),
    weightCosine: square(raw.cosine),
    weightDistance: square(raw.distance),
    alignedCosine: square(aligned.cosine),
    alignedDistance: square(aligned.distance),
    cka: cka.map(square),
    ensemble: {
      accuracy: numericArray([N], ensemble.accuracy),
      loss: numericArray([N], ensemble.loss),
      single: ensemble.single,
    },
    means: {
      disagreement: mean(disagreements),
      predictionDistance: mean(distances),
      weightCosine: mean(raw.cosine),
      alignedCosine: mean(aligned.cosine),
      weightDistance: mean(raw.distance),
      alignedDistance: mean(aligned.distance),
      cka: cka.map(mean),
    },
    withinRun,
    distinct: {
      byPredictions: clusters(disagreements, samePredictions(spec.sameShare)),
      byPredictionsLargestGap: clusters(disagreements, largestGap(disagreements)),
      byAlignedWeights: clusters(
        aligned.distance,
        sameWeights(alignedWeights, N, spec.sameDistance),
      ),
    },
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
  const { history, experiment } = condition;
  const { networks: N, parameters: P, snapshots, snapshotSteps } = history;
  const S = snapshotSteps.length;
  const first = Math.ceil((S - 1) / 2);
  const late = Array.from({ length: S - first }, (_, k) => first + k);
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
    runs: runs.length,
    snapshots: late.length,
    cosine: estimateOfMean(cosines, experiment.seed),
    disagreement: estimateOfMean(differences, experiment.seed),
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
