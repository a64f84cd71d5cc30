// Losses, outputs and eigenvalues of the networks before and after rescaling, computed again from the stored weights.
import { createEvaluator } from '../../../learning/evaluator.ts';
import { createDerivatives } from '../../curvature/derivatives.ts';
import { hessianEigenpairs } from '../../curvature/extreme-eigenpairs.ts';
import {
  conditionOf,
  lossOptions,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import { sameEigenvalue, sameLoss } from '../rechecks.ts';
import { outputChanges } from './rescaled-networks.ts';
import { unnoticed } from './rescaling-claims.ts';
import type { RescalingResult, RescalingSpec } from './rescaling-result.ts';

export async function recheckRescaling(
  context: AnalysisContext<TrainedCondition>,
  spec: RescalingSpec,
  result: RescalingResult,
): Promise<Recheck[]> {
  const condition = conditionOf(context, spec.condition);
  return [
    ...(await recheckLosses(context, condition, spec, result)),
    ...(await recheckOutputs(context, condition, result)),
    ...(await recheckEigenvalues(context, condition, result)),
  ];
}

/** Rescaled networks have the loss of the others, and both stand in the middle of their lines. */
async function recheckLosses(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  { points }: RescalingSpec,
  { networks, rescaled, lineBefore, lineAfter }: RescalingResult,
): Promise<Recheck[]> {
  const [one, other] = await using(
    createEvaluator(lossOptions(context, condition)),
    async ({ evaluate }) => [
      await evaluate(weightsOf(condition, networks)),
      await evaluate(rescaled.values),
    ],
  );
  return networks.flatMap((network, m) => {
    const same = (what: string, recorded: number, again: number) =>
      sameLoss(`${what} of network ${network}`, recorded, again, 1e-3);
    const rescaledLoss = same('loss after rescaling', one!.loss[m]!, other!.loss[m]!);
    const middle = m * points + (points - 1) / 2;
    if (!Number.isInteger(middle)) return [rescaledLoss];
    const what = 'loss in the middle of a line';
    return [
      rescaledLoss,
      same(what, lineBefore.values[middle]!, one!.loss[m]!),
      same(what, lineAfter.values[middle]!, other!.loss[m]!),
    ];
  });
}

async function recheckOutputs(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  { networks, rescaled, outputSizes, outputChanges: recorded }: RescalingResult,
): Promise<Recheck[]> {
  const weights = weightsOf(condition, networks);
  const { sizes, changes } = await outputChanges(context, condition, weights, rescaled.values);
  return networks.flatMap((network, m) => [
    sameLoss(`size of outputs of network ${network}`, outputSizes.values[m]!, sizes[m]!),
    {
      what: `change of outputs of network ${network}`,
      recorded: recorded.values[m]!,
      again: changes[m]!,
      tolerance: unnoticed * sizes[m]!,
    },
  ]);
}

async function recheckEigenvalues(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  { networks, rescaled, before, after }: RescalingResult,
): Promise<Recheck[]> {
  const { seed } = condition.experiment;
  const checks: Recheck[] = [];
  await using(createDerivatives(lossOptions(context, condition)), async (derivatives) => {
    for (const [what, at, { largestEigenvalue }] of [
      ['before', weightsOf(condition, networks), before],
      ['after', rescaled.values, after],
    ] as const) {
      const { top } = await hessianEigenpairs(derivatives, at, { top: 1, bottom: 0, seed });
      for (const [m, network] of networks.entries())
        checks.push(
          sameEigenvalue(
            `largest Hessian eigenvalue ${what} rescaling of network ${network}`,
            largestEigenvalue.values[m]!,
            top.values[m]!,
          ),
        );
    }
  });
  return checks;
}
