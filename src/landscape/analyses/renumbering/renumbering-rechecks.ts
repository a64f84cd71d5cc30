// Losses between some networks again, each mixed in double precision from the stored weights, and its units moved by hand.
import { createEvaluator } from '../../../learning/evaluator.ts';
import { evenAlphas } from '../../paths/interpolation.ts';
import {
  conditionOf,
  lossOptions,
  rowOf,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import { sameLoss } from '../rechecks.ts';
import type { RenumberingResult, RenumberingSpec } from './renumbering-result.ts';

/** The first and the last pair, at every point of both lines. */
export async function recheckRenumbering(
  context: AnalysisContext<TrainedCondition>,
  { points }: RenumberingSpec,
  { networks, order, turned, lossAsTrained, lossRenumbered }: RenumberingResult,
): Promise<Recheck[]> {
  const condition = conditionOf(context, undefined);
  const [pairs, units] = order.shape as [number, number];
  const weights = weightsOf(condition, networks);
  const M = networks.length;
  const P = weights.length / M;
  const alphas = evenAlphas(points);
  return using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => {
    const checks: Recheck[] = [];
    for (const [pair, i, j] of [
      [0, 0, 1],
      [pairs - 1, M - 2, M - 1],
    ] as const) {
      const [from, to] = [rowOf(weights, P, i), rowOf(weights, P, j)];
      const place = (values: Float32Array) => rowOf(values, units, pair);
      const moved = movedUnits(to, units, place(order.values), place(turned.values));
      for (const [name, end, recorded] of [
        ['as trained', to, lossAsTrained],
        ['renumbered', moved, lossRenumbered],
      ] as const) {
        const line = Float32Array.from({ length: points * P }, (_, at) => {
          const [share, p] = [alphas[Math.floor(at / P)]!, at % P];
          return (1 - share) * from[p]! + share * end[p]!;
        });
        const { loss } = await evaluate(line);
        for (let t = 0; t < points; t++)
          checks.push(
            sameLoss(
              `loss ${t} between networks ${networks[i]} and ${networks[j]} ${name}`,
              recorded.values[pair * points + t]!,
              loss[t]!,
            ),
          );
      }
    }
    return checks;
  });
}

/** Weights `[P]` of a network 2-H-2 with old unit `order[k]` at place k, all its signs turned where `turned[k]` is 1. */
function movedUnits(
  weights: Float32Array,
  units: number,
  order: Float32Array,
  turned: Float32Array,
): Float32Array {
  const moved = weights.slice();
  for (let k = 0; k < units; k++) {
    const [old, sign] = [order[k]!, turned[k] === 1 ? -1 : 1];
    for (const at of [0, units, 2 * units]) moved[at + k] = sign * weights[at + old]!;
    for (const output of [0, 1])
      moved[3 * units + 2 * k + output] = sign * weights[3 * units + 2 * old + output]!;
  }
  return moved;
}
