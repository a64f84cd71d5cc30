// Barriers of some pairs, computed again from the stored weights.
import { barriersOf, errorsOf } from '../../paths/barrier.ts';
import { evenAlphas } from '../../paths/interpolation.ts';
import { alignPair } from '../../symmetry/align-population.ts';
import {
  rowOf,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import { recheckBothParts } from '../data-parts.ts';
import { sameCoordinate, sameLoss, sameShare } from '../rechecks.ts';
import { methodOf } from './alignment-method.ts';
import type {
  Alignment,
  BarrierResult,
  ConditionBarriers,
  BarriersSpec,
} from './barriers-result.ts';

export async function recheckBarriers(
  context: AnalysisContext<TrainedCondition>,
  spec: BarriersSpec,
  { conditions }: BarrierResult,
): Promise<Recheck[]> {
  const checks: Recheck[] = [];
  for (const condition of context.conditions) {
    const own = conditions[condition.key] as ConditionBarriers;
    checks.push(...(await recheckPairs(context, condition, spec, own)));
  }
  return checks;
}

/** Some pairs again, one network at a time, along lines made in double precision. */
async function recheckPairs(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  { points }: BarriersSpec,
  { networks, byAlignment }: ConditionBarriers,
): Promise<Recheck[]> {
  const { network, key } = condition;
  const weights = weightsOf(condition, networks);
  const N = networks.length;
  const P = weights.length / N;
  // Of two networks these are one pair, of three all of them.
  const pairs = [[0, 1] as const, ...(N > 2 ? [[0, N - 1] as const, [N - 2, N - 1] as const] : [])];
  const alphas = evenAlphas(points);
  return recheckBothParts(context, condition, async ({ part, count, evaluate }) => {
    const checks: Recheck[] = [];
    for (const [kind, own] of Object.entries(byAlignment)) {
      const method = await methodOf(context, condition, weights, kind as Alignment);
      const [losses, errors] =
        part === 'train' ? [own.train, own.trainError] : [own.test!, own.testError];
      const test = part === 'test' ? 'test ' : '';
      for (const [i, j] of pairs) {
        const from = rowOf(weights, P, i);
        const aligned = method && alignPair(network, weights, i, j, method);
        const to = aligned?.weights ?? rowOf(weights, P, j);
        const { loss, accuracy } = await evaluate(lineBetween(from, to, alphas));
        const of = `(${kind}) of networks ${networks[i]} and ${networks[j]} of ${key}`;
        const at = i * N + j;
        const barrier = barriersOf(loss, alphas).barrier[0]!;
        checks.push(sameLoss(`${test}barrier ${of}`, losses.values[at]!, barrier));
        if (errors && accuracy) {
          const error = barriersOf(errorsOf(accuracy), alphas).barrier[0]!;
          checks.push(sameShare(`${test}error barrier ${of}`, errors.values[at]!, error, count));
        }
        if (part === 'train' && aligned)
          checks.push(
            sameCoordinate(`distance ${of}`, own.distance.values[at]!, aligned.distanceAfter),
          );
      }
    }
    return checks;
  });
}

/** `[T, P]` between two networks, ends included. */
const lineBetween = (
  from: Float32Array,
  to: Float32Array,
  alphas: readonly number[],
): Float32Array => {
  const P = from.length;
  return Float32Array.from({ length: alphas.length * P }, (_, at) => {
    const [a, p] = [alphas[Math.floor(at / P)]!, at % P];
    return (1 - a) * from[p]! + a * to[p]!;
  });
};
