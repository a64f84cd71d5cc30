// What follows from the networks and their distances: means over pairs, and how many different solutions there are.
import {
  distinctSolutions,
  largestGap,
  samePredictions,
  sameWeights,
  type SolutionCriterion,
} from '../../comparison/distinct-solutions.ts';
import {
  soundNetworks,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from '../analysis.ts';
import { About, shaped, type Derived, type TensorsOf } from '../derived.ts';
import { estimateOfPairs } from '../estimates.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import { floors } from '../rechecks.ts';
import type { Clusters, FunctionSpaceResult, FunctionSpaceSpec } from './function-space-result.ts';
import { functionsOf, partOf, placesOf, predict, type Places } from './network-distances.ts';
import { withinRunAgain } from './snapshots-of-one-run.ts';

/** Samples that may fall to either side of a boundary on another provider. */
const flips = 2.5;

export async function functionSpaceAgain(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  spec: FunctionSpaceSpec,
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

type Means = FunctionSpaceResult['means'];

/** Over pairs, of matrices `[N, N]`. */
export function meansOf(
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

export const distinctOf = (
  disagreements: Float64Array,
  { aligned, alignedDistance }: Places,
  N: number,
  spec: FunctionSpaceSpec,
): FunctionSpaceResult['distinct'] => ({
  byPredictions: clusters(disagreements, samePredictions(spec.sameShare)),
  byPredictionsLargestGap: clusters(disagreements, largestGap(disagreements)),
  byAlignedWeights: clusters(alignedDistance, sameWeights(aligned, N, spec.sameDistance)),
});

function clusters(distances: Float64Array, by: SolutionCriterion): Clusters {
  const { count, labels, sizes, threshold, criterion } = distinctSolutions(distances, by);
  return { count, labels: [...labels], sizes, threshold, criterion };
}
