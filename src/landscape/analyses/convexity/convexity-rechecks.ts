// Losses and ratios of eigenvalues at points of planes, computed again from the stored weights.
import { createEvaluator } from '../../../learning/evaluator.ts';
import { randomStream } from '../../../learning/random.ts';
import { createDerivatives } from '../../curvature/derivatives.ts';
import { pointsAt, type Frame } from '../../slices/frame.ts';
import { gridCoordinates } from '../../slices/slice.ts';
import {
  lossOptions,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import { sameEigenvalueRatio, sameLoss } from '../rechecks.ts';
import type { ConditionConvexity, ConvexityResult, ConvexitySpec } from './convexity-result.ts';
import { extremeEigenvalues, hessianAxes, hessianSearch, ratiosOf } from './hessian-ratios.ts';
import { axesOf, framesOf } from './planes-through-solutions.ts';

export async function recheckConvexity(
  context: AnalysisContext<TrainedCondition>,
  spec: ConvexitySpec,
  { conditions }: ConvexityResult,
): Promise<Recheck[]> {
  const checks: Recheck[] = [];
  for (const condition of context.conditions) {
    const own = conditions[condition.key] as ConditionConvexity;
    const frames = framesOf(condition, own.networks);
    checks.push(...(await recheckPlanes(context, condition, spec, own, frames)));
    checks.push(await recheckRatio(context, condition, spec, own, frames[0]!));
  }
  return checks;
}

/** Of each plane, the loss at one point. */
async function recheckPlanes(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  spec: ConvexitySpec,
  { networks, losses }: ConditionConvexity,
  frames: readonly Frame[],
): Promise<Recheck[]> {
  const axes = axesOf(spec);
  const points = spec.size ** 2;
  return using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => {
    const checks: Recheck[] = [];
    for (const [m, frame] of frames.entries()) {
      const at = randomStream(condition.experiment.seed, 'verify', m).integer(points);
      const { loss } = await evaluate(pointsAt(frame, gridCoordinates(axes, at, 1)));
      const what = `loss on the plane of network ${networks[m]} of ${condition.key}`;
      checks.push(sameLoss(what, losses.values[m * points + at]!, loss[0]!, 1e-3));
    }
    return checks;
  });
}

/** Of the first plane, the ratio at one point. */
async function recheckRatio(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  spec: ConvexitySpec,
  { networks, hessianRatio }: ConditionConvexity,
  frame: Frame,
): Promise<Recheck> {
  const { seed } = condition.experiment;
  const at = randomStream(seed, 'verify').integer(spec.hessianSize ** 2);
  const point = pointsAt(frame, gridCoordinates(hessianAxes(spec), at, 1));
  const again = await using(createDerivatives(lossOptions(context, condition)), (made) =>
    extremeEigenvalues(made, point, seed),
  );
  return sameEigenvalueRatio(
    `ratio of Hessian eigenvalues on the plane of network ${networks[0]} of ${condition.key}`,
    hessianRatio.values[at]!,
    ratiosOf(again)[0]!,
    { relative: hessianSearch.tolerance, largest: again.largest[0]! },
  );
}
