// The networks as clouds in their three leading principal components, by weights and by predictions, each beside clouds in which nothing is left to find.
import { createPredictor } from '../../learning/evaluator.ts';
import { quantileOf } from '../bootstrap.ts';
import { jensenShannonDistance } from '../function-space/prediction-distance.ts';
import { predictionsOf } from '../function-space/predictions.ts';
import { classicalScaling } from '../projections/classical-scaling.ts';
import { distanceMatrix } from '../projections/distances.ts';
import { shuffledPoints } from '../projections/shuffled-points.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  soundNetworks,
  turn,
  using,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { checkClasses, checkNetworks } from './checks.ts';
import { About, type Derived } from './derived.ts';
import { numericArray } from './numeric-array.ts';
import {
  cloudNames,
  principalCloudsSchema,
  type CloudAndChance,
  type CloudName,
  type PrincipalCloud,
  type PrincipalCloudsResult,
  type PrincipalCloudsSpec,
} from './principal-clouds/principal-clouds-result.ts';

export const principalClouds = defineAnalysis<typeof principalCloudsSchema, PrincipalCloudsResult>({
  schema: principalCloudsSchema,
  title: 'all networks as clouds in three dimensions, beside clouds of nothing',
  check(plan, spec) {
    const condition = conditionOf(plan, spec.condition);
    checkClasses(condition);
    checkNetworks(condition, 4, 'raise initialisations: three components need four networks');
  },
  answer: measureClouds,
  async derived(context, spec) {
    const { networks, clouds } = await measureClouds({ ...context, onProgress: () => {} }, spec);
    return {
      networks,
      clouds: { weights: about(clouds.weights, 0), predictions: about(clouds.predictions, 1e-3) },
    };
  },
});

async function measureClouds(
  context: AnalysisContext<TrainedCondition>,
  spec: PrincipalCloudsSpec,
): Promise<PrincipalCloudsResult> {
  const condition = conditionOf(context, spec.condition);
  const networks = soundNetworks(condition, 4);
  const measured: CloudAndChance[] = [];
  for (const name of cloudNames) {
    await turn(context.signal);
    const distancesOf = await shufflesOf(context, condition, networks, name);
    measured.push(await withChance(context, distancesOf, spec.shuffles));
    context.onProgress(measured.length / cloudNames.length);
  }
  const [weights, predictions] = measured as [CloudAndChance, CloudAndChance];
  return { networks, clouds: { weights, predictions } };
}

/** Distances `[K, K]` of the networks as they are (null), or of one shuffle of their coordinates, by number. */
type Distances = (shuffle: number | null) => Float64Array;

async function shufflesOf(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  networks: readonly number[],
  name: CloudName,
): Promise<Distances> {
  const { seed } = condition.experiment;
  const weights = weightsOf(condition, networks);
  const K = networks.length;
  if (name === 'weights')
    return (shuffle) =>
      distanceMatrix(shuffle === null ? weights : shuffledPoints(weights, K, 1, seed, shuffle), K);
  const { data } = condition;
  const samples = data.test.count > 0 ? data.test : data.train;
  const options = { ...lossOptions(context, condition), ...samples };
  const logits = await using(createPredictor(options), ({ predict }) => predict(weights));
  const predictions = predictionsOf(logits, K, samples.count, data.outputs);
  const { probabilities, classes } = predictions;
  return (shuffle) =>
    jensenShannonDistance(
      shuffle === null
        ? predictions
        : {
            ...predictions,
            probabilities: shuffledPoints(probabilities, K, classes, seed, shuffle),
          },
    );
}

async function withChance(
  { signal }: Pick<AnalysisContext, 'signal'>,
  distancesOf: Distances,
  shuffles: number,
): Promise<CloudAndChance> {
  const shares = new Float64Array(shuffles);
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    await turn(signal);
    const { explained } = classicalScaling(distancesOf(shuffle), 2);
    shares[shuffle] = explained[0]! + explained[1]!;
  }
  const sorted = shares.slice().sort();
  return {
    cloud: cloudOf(distancesOf(null)),
    shuffled: cloudOf(distancesOf(0)),
    chance: numericArray([shuffles], shares),
    chanceMean: shares.reduce((sum, share) => sum + share, 0) / shuffles,
    chanceRange: [quantileOf(sorted, 0.025), quantileOf(sorted, 0.975)],
  };
}

/** The mean squared distance from the mean is half of that between two points, each pair counted twice and K^2 in all. */
function cloudOf(distances: Float64Array): PrincipalCloud {
  const K = Math.sqrt(distances.length);
  const { coordinates, explained, negativeShare } = classicalScaling(distances, 3);
  const squares = distances.reduce((sum, distance) => sum + distance * distance, 0);
  return {
    coordinates: numericArray([K, 3], coordinates),
    explained,
    negativeShare,
    spread: Math.sqrt(squares / (2 * K * K)),
  };
}

/** What double precision leaves of a share that is nearly zero. */
const smallest = 1e-9;

/** Predictions come out again in single precision: `rounding` is what this may change of a share. */
function about(
  { cloud, shuffled, chance, chanceMean, chanceRange }: CloudAndChance,
  rounding: number,
): Derived<CloudAndChance> {
  const share = (value: number) => new About(value, Math.max(rounding, smallest));
  const cloudAbout = ({ coordinates, explained, negativeShare, spread }: PrincipalCloud) => {
    const largest = coordinates.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return {
      coordinates: new About(coordinates, (rounding > 0 ? 1e-2 : 1e-5) * largest),
      explained: explained.map(share),
      negativeShare: share(negativeShare),
      spread: new About(spread, (rounding > 0 ? rounding : 1e-6) * spread),
    };
  };
  return {
    cloud: cloudAbout(cloud),
    shuffled: cloudAbout(shuffled),
    chance: rounding > 0 ? new About(chance, rounding) : chance,
    chanceMean: share(chanceMean),
    chanceRange: [share(chanceRange[0]), share(chanceRange[1])],
  };
}
