// Predictions and weights of networks, and how far apart both are: made for the answer, and once more to check it.
import { createPredictor } from '../../../learning/evaluator.ts';
import { disagreement, normalisedDisagreement } from '../../function-space/disagreement.ts';
import { ensembleCurve } from '../../function-space/ensemble.ts';
import { predictionDistance } from '../../function-space/prediction-distance.ts';
import { accuracies, predictionsOf, type Predictions } from '../../function-space/predictions.ts';
import { weightSpace } from '../../function-space/weight-space.ts';
import { alignPopulation } from '../../symmetry/align-population.ts';
import { lossOptions, using, type AnalysisContext, type TrainedCondition } from '../analysis.ts';

export const partOf = ({ data }: TrainedCondition): 'train' | 'test' =>
  data.test.count > 0 ? 'test' : 'train';

export async function predict(
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

/** What the networks' predictions say, apart from where their weights are. */
export const functionsOf = (predictions: Predictions, labels: Int32Array, seed: number) => ({
  accuracy: accuracies(predictions, labels),
  disagreement: disagreement(predictions),
  normalisedDisagreement: normalisedDisagreement(predictions, labels),
  predictionDistance: predictionDistance(predictions),
  ensemble: ensembleCurve(predictions, labels, { seed }),
});

export interface Places extends Record<
  'weightCosine' | 'weightDistance' | 'alignedCosine' | 'alignedDistance',
  Float64Array
> {
  /** `[N, P]`: aligned to the first. */
  readonly aligned: Float32Array;
}

/** How the weights `[N, P]` lie to each other, as they are and aligned. */
export async function placesOf(
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
