// Networks whose ReLU units are rescaled, and what that changes of their outputs.
import { createPredictor } from '../../../learning/evaluator.ts';
import { parameterCount } from '../../../learning/network-shape.ts';
import { randomStream } from '../../../learning/random.ts';
import { meanOf } from '../../bootstrap.ts';
import { canonicalScale, rescaleUnits } from '../../symmetry/relu-scale.ts';
import {
  lossOptions,
  rowOf,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from '../analysis.ts';
import { euclideanNorm } from '../weight-norms.ts';
import type { RescalingSpec } from './rescaling-result.ts';

/** The networks `[M, P]` moved, and how far apart they are in canonical form. */
export function rescaledNetworks(
  condition: TrainedCondition,
  weights: Float32Array,
  M: number,
  { factor }: RescalingSpec,
): { rescaled: Float32Array; canonicalDistance: Float64Array } {
  const P = weights.length / M;
  const rescaled = new Float32Array(weights.length);
  const canonicalDistance = Float64Array.from({ length: M }, (_, m) => {
    const own = rowOf(weights, P, m);
    const other = rescaledNetwork(condition, own, factor, m);
    rescaled.set(other, m * P);
    const { network } = condition;
    const [a, b] = [canonicalScale(network, own), canonicalScale(network, other)];
    return euclideanNorm(a.map((value, p) => value - b[p]!)) / euclideanNorm(a);
  });
  return { rescaled, canonicalDistance };
}

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

/** Of each network on the training points: the largest change of an output, and their mean size; that of all. */
export async function outputChanges(
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
