// What lies between two networks, before and after the units of one are renumbered: all that a page needs to mix them itself.
import { createInterpolator, evenAlphas } from '../paths/interpolation.ts';
import { alignPair } from '../symmetry/align-population.ts';
import {
  conditionOf,
  defineAnalysis,
  firstNetworks,
  lossOptions,
  rowOf,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { shaped } from './derived.ts';
import { numericArray, onLogScale } from './numeric-array.ts';
import { checkPlaneNetwork, planePoints } from './plane-points.ts';
import { recheckRenumbering } from './renumbering/renumbering-rechecks.ts';
import {
  renumberingSchema,
  type RenumberingResult,
  type RenumberingSpec,
} from './renumbering/renumbering-result.ts';

export const renumbering = defineAnalysis({
  schema: renumberingSchema,
  title: 'what lies between two networks, before and after the units of one are renumbered',
  check: (plan) => checkNetworks(conditionOf(plan, undefined), 2),
  async answer(context, spec): Promise<RenumberingResult> {
    const condition = conditionOf(context, undefined);
    // Of other settings it is left unanswered, with these words: a reader may change them and keep the rest.
    checkPlaneNetwork(condition, 'tanh');
    context.signal.throwIfAborted();
    const { from, to, renumbered, ...kept } = pairsOf(condition, spec);
    const line = { alphas: evenAlphas(spec.points) };
    return using(createInterpolator(lossOptions(context, condition), line), async ({ along }) => {
      const asTrained = await along(from, to);
      context.onProgress(0.5);
      const { loss } = await along(from, renumbered);
      const shape = [kept.order.shape[0]!, spec.points];
      return {
        ...kept,
        lossAsTrained: onLogScale(shape, asTrained.loss),
        lossRenumbered: onLogScale(shape, loss),
      };
    });
  },
  derived(context, spec, { lossAsTrained, lossRenumbered }): RenumberingResult {
    const {
      from: _,
      to: __,
      renumbered: ___,
      ...kept
    } = pairsOf(conditionOf(context, undefined), spec);
    const shape = [kept.order.shape[0]!, spec.points];
    return {
      ...kept,
      lossAsTrained: shaped(lossAsTrained, shape),
      lossRenumbered: shaped(lossRenumbered, shape),
    };
  },
  recheck: (context: AnalysisContext<TrainedCondition>, spec, result) =>
    recheckRenumbering(context, spec, result),
});

/** Every two networks, `[pairs, P]` on either side, and how the units of the second are renumbered. */
function pairsOf(condition: TrainedCondition, { networks: most }: RenumberingSpec) {
  const { network, experiment, data } = condition;
  const { networks, M, weights, P } = firstNetworks(condition, most);
  const units = network.sizes[1]!;
  const pairs = networks.flatMap((_, i) =>
    Array.from({ length: M - i - 1 }, (__, k) => [i, i + 1 + k] as const),
  );
  const [from, to, renumbered] = [0, 1, 2].map(() => new Float32Array(pairs.length * P)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [order, turned] = [0, 1].map(() => new Float32Array(pairs.length * units)) as [
    Float32Array,
    Float32Array,
  ];
  for (const [row, [i, j]] of pairs.entries()) {
    const method = { kind: 'weights', seed: experiment.seed } as const;
    const { symmetry, weights: aligned } = alignPair(network, weights, i, j, method);
    from.set(rowOf(weights, P, i), row * P);
    to.set(rowOf(weights, P, j), row * P);
    renumbered.set(aligned, row * P);
    order.set(symmetry.permutations[0]!, row * units);
    turned.set(
      Array.from(symmetry.signs[0]!, (sign) => Number(sign < 0)),
      row * units,
    );
  }
  const shape = [pairs.length, units];
  return {
    networks,
    ...planePoints(data),
    weights: numericArray([M, P], weights, { rounding: 'fine' }),
    order: numericArray(shape, order, { rounding: 'whole' }),
    turned: numericArray(shape, turned, { rounding: 'whole' }),
    from,
    to,
    renumbered,
  };
}
