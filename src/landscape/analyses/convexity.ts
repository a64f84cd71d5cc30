// How far from convex the loss around solutions is: where planes through them curve down, by architecture.
import { evaluateSlice } from '../slices/evaluate-slice.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import type { Slice } from '../slices/slice.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  ofEach,
  perCondition,
  soundNetworks,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { skipClaims } from './convexity/convexity-claims.ts';
import { convexityAgain, skipsOf, summariesOf } from './convexity/convexity-derived.ts';
import { recheckConvexity } from './convexity/convexity-rechecks.ts';
import {
  convexitySchema,
  type ConditionConvexity,
  type ConvexityResult,
  type ConvexitySpec,
} from './convexity/convexity-result.ts';
import { hessianRatios } from './convexity/hessian-ratios.ts';
import { axesOf, framesOf } from './convexity/planes-through-solutions.ts';
import { numericArray, onLogScale } from './numeric-array.ts';

export const convexity = defineAnalysis({
  schema: convexitySchema,
  title: 'where planes through solutions curve down, by architecture',
  async answer(context, spec): Promise<ConvexityResult> {
    const conditions = await perCondition(context, (own, condition) =>
      measure(own, condition, spec),
    );
    const seed = context.conditions[0]!.experiment.seed;
    return { conditions, skips: skipsOf(conditions, seed) };
  },
  async derived(context, spec, tensors) {
    const conditions = await ofEach(context, (condition) =>
      convexityAgain(condition, spec, tensors.conditions[condition.key]!),
    );
    const seed = context.conditions[0]!.experiment.seed;
    return { conditions, skips: skipsOf(conditions, seed) };
  },
  claims: (context, _, result: ConvexityResult) =>
    skipClaims(result, (key) => {
      const { initialiser, converged } = conditionOf(context, key).experiment;
      return { start: `${initialiser.kind} ${initialiser.scale}`, ...converged };
    }),
  recheck: recheckConvexity,
});

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  spec: ConvexitySpec,
): Promise<ConditionConvexity> {
  const { experiment } = condition;
  const { seed } = experiment;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const axes = axesOf(spec);
  const slices: Slice[] = [];
  for (const [m, frame] of framesOf(condition, networks).entries()) {
    const making = createSliceEvaluator(lossOptions(context, condition), frame);
    slices.push(
      await using(making, ({ evaluate }) =>
        evaluateSlice({
          frame,
          axes,
          evaluateTrain: evaluate,
          evaluateTest: null,
          signal: context.signal,
        }),
      ),
    );
    context.onProgress((0.5 * (m + 1)) / M);
  }
  const shape = [spec.size, spec.size];
  const losses = slices.flatMap(({ loss }) => [...loss]);
  const hessianRatio = await hessianRatios(context, condition, networks, spec);
  const H = Math.min(spec.hessianNetworks, M);
  return {
    networks,
    residual: experiment.residual,
    depth: experiment.hiddenSizes.length,
    axis: numericArray([spec.size], axes[0]!),
    loss: onLogScale(shape, slices[0]!.loss),
    losses: { ...onLogScale([M, ...shape], losses), shown: false },
    hessianRatio: numericArray([H, spec.hessianSize, spec.hessianSize], hessianRatio),
    ...summariesOf(slices, hessianRatio, H, seed),
  };
}
