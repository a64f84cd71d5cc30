// How alike the activations of a few networks are, computed again from the stored weights.
import { createActivationReader } from '../../../learning/evaluator.ts';
import { linearCkaMatrix } from '../../function-space/linear-cka.ts';
import {
  conditionOf,
  lossOptions,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import type { FunctionSpaceResult, FunctionSpaceSpec } from './function-space-result.ts';
import { partOf } from './network-distances.ts';

export async function recheckFunctionSpace(
  context: AnalysisContext<TrainedCondition>,
  spec: FunctionSpaceSpec,
  { networks, cka }: FunctionSpaceResult,
): Promise<Recheck[]> {
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
}
