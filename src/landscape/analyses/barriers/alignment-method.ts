// How the hidden units of the networks of a condition are put in order.
import { createActivationReader } from '../../../learning/evaluator.ts';
import type { AlignmentMethod } from '../../symmetry/align-population.ts';
import { lossOptions, using, type AnalysisContext, type TrainedCondition } from '../analysis.ts';
import type { Alignment } from './barriers-result.ts';

export async function methodOf(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  weights: Float32Array,
  kind: Alignment,
): Promise<AlignmentMethod | null> {
  if (kind === 'none') return null;
  if (kind === 'weights') return { kind, seed: condition.experiment.seed };
  const { train } = condition.data;
  const options = { ...lossOptions(context, condition), ...train };
  const activations = await using(createActivationReader(options), (reader) =>
    reader.read(weights),
  );
  return { kind, activations, count: train.count };
}
