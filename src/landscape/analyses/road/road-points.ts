// The networks of a road as points: their predictions, their weights as trained and renumbered, and their starts.
import { createEvaluator } from '../../../learning/evaluator.ts';
import { gatherRows } from '../../rows.ts';
import { alignJointly, meanSquaredDistance } from '../../symmetry/align-jointly.ts';
import { applySymmetry } from '../../symmetry/apply-symmetry.ts';
import type { UnitSymmetry } from '../../symmetry/hidden-groups.ts';
import {
  conditionOf,
  lossOptions,
  rowOf,
  soundNetworks,
  using,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from '../analysis.ts';
import { predict } from '../function-space/network-distances.ts';
import type { Moved } from './road-axes.ts';
import type { RoadResult, RoadSpec } from './road-result.ts';

/** Fewer have no row to speak of. */
export const leastNetworks = 4;

export interface RoadPoints {
  readonly condition: TrainedCondition;
  readonly networks: readonly number[];
  readonly symmetries: readonly UnitSymmetry[];
  readonly predictions: Moved;
  readonly raw: Moved;
  readonly aligned: Moved;
  /** `[N, P]`: the starts, renumbered jointly among themselves. */
  readonly starts: Float32Array;
  /** `[N]` each. */
  readonly trainLoss: Float32Array;
  readonly laterTrainLoss: Float32Array;
  readonly alignment: RoadResult['alignment'];
}

type Context = AnalysisContext<TrainedCondition>;

export async function roadPoints(context: Context, spec: RoadSpec): Promise<RoadPoints> {
  const [condition, longer] = [
    conditionOf(context, spec.condition),
    conditionOf(context, spec.longer),
  ];
  const { network, initial, experiment } = condition;
  const networks = soundInBoth(condition, longer);
  const N = networks.length;
  const raw = { earlier: weightsOf(condition, networks), later: weightsOf(longer, networks) };
  const options = { seed: experiment.seed, signal: context.signal };
  const joint = await alignJointly(network, raw.earlier, options);
  const { symmetries, weights: earlier, rounds } = joint;
  const own = gatherRows(initial, initial.length / experiment.initialisations, networks);
  const starts = await alignJointly(network, own, options);
  return {
    condition,
    networks,
    symmetries,
    raw,
    aligned: { earlier, later: renumbered(condition, raw.later, symmetries) },
    starts: starts.weights,
    predictions: {
      earlier: await amplitudes(context, condition, raw.earlier),
      later: await amplitudes(context, condition, raw.later),
    },
    trainLoss: await lossesAt(context, condition, raw.earlier),
    laterTrainLoss: await lossesAt(context, condition, raw.later),
    alignment: {
      rounds,
      distanceBefore: Math.sqrt(meanSquaredDistance(raw.earlier, N)),
      distanceAfter: Math.sqrt(meanSquaredDistance(earlier, N)),
    },
  };
}

/** `[N, P]`, each network by its own symmetry. */
export function renumbered(
  { network }: Pick<TrainedCondition, 'network'>,
  weights: Float32Array,
  symmetries: readonly UnitSymmetry[],
): Float32Array {
  const P = weights.length / symmetries.length;
  const all = new Float32Array(weights.length);
  for (const [n, symmetry] of symmetries.entries())
    all.set(applySymmetry(network, rowOf(weights, P, n), symmetry), n * P);
  return all;
}

function soundInBoth(condition: TrainedCondition, longer: TrainedCondition): number[] {
  const others = soundNetworks(longer);
  const sound = soundNetworks(condition).filter((network) => others.includes(network));
  if (sound.length >= leastNetworks) return sound;
  throw new RangeError(
    `${sound.length} networks of "${condition.key}" are sound there and in "${longer.key}": expected at least ${leastNetworks}; lower the learning rate`,
  );
}

/** `[N, count * classes]`: the square roots of the predicted probabilities, whose distance is Hellinger's but for a factor. */
export async function amplitudes(
  context: Context,
  condition: TrainedCondition,
  weights: Float32Array,
): Promise<Float32Array> {
  const { predictions } = await predict(context, condition, weights);
  return Float32Array.from(predictions.probabilities, Math.sqrt);
}

/** `[N]`: training losses. */
export async function lossesAt(
  context: Context,
  condition: TrainedCondition,
  weights: Float32Array,
): Promise<Float32Array> {
  const options = lossOptions(context, condition);
  return (await using(createEvaluator(options), ({ evaluate }) => evaluate(weights))).loss;
}
