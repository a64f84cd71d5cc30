// Curves of low loss between networks that a straight line separates by a barrier.
import { evaluateCurves, type Curves } from '../paths/curve-points.ts';
import { evenAlphas, type LineLosses } from '../paths/interpolation.ts';
import { trainCurves } from '../paths/train-curve.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  soundNetworks,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { curveClaims } from './curves/curves-claims.ts';
import {
  barriersAlong,
  curvesAgain,
  detoursOf,
  keptSteps,
  pairsOf,
} from './curves/curves-derived.ts';
import { recheckCurves } from './curves/curves-rechecks.ts';
import { curvesSchema, type CurveResult, type PathLosses } from './curves/curves-result.ts';
import { evaluateBothParts, type OnBothParts } from './data-parts.ts';
import { forComputing, numericArray, onLogScale } from './numeric-array.ts';
import { endsOf, lossesOnLines } from './straight-lines.ts';

export const curves = defineAnalysis({
  schema: curvesSchema,
  title: 'curves of low loss between networks that straight lines do not connect',
  check: (plan, { condition }) => checkNetworks(conditionOf(plan, condition), 2),
  async answer(context, spec): Promise<CurveResult> {
    const condition = conditionOf(context, spec.condition);
    const pairs = pairsOf(soundNetworks(condition, 2), spec.pairs);
    const ends = endsOf(condition, condition, pairs);
    const at = evenAlphas(spec.points);
    const { seed } = condition.experiment;
    const straight = packed(await lossesOnLines(context, condition, ends, at), at, seed);
    const found: Record<string, CurveResult['curves'][string]> = {};
    const entries = Object.entries(spec.curves);
    for (const [index, [name, curve]] of entries.entries()) {
      const trained = await trainCurves({
        ...lossOptions(context, condition),
        ...ends,
        spec: curve,
        signal: context.signal,
        onProgress: (done, total) => context.onProgress((index + done / total) / entries.length),
      });
      const shape: Curves = { shape: curve.shape, ...ends, bends: trained.bends };
      const P = ends.from.length / pairs.length;
      const kept = keptSteps(curve.steps);
      found[name] = {
        shape: curve.shape,
        ...packed(await curveLosses(context, condition, shape, at), at, seed),
        ...detoursOf(shape, at, P, seed),
        training: forComputing(
          [pairs.length, kept.length],
          pairs.flatMap((_, c) => kept.map((step) => trained.losses[c * curve.steps + step]!)),
        ),
        bends: forComputing([pairs.length, curve.bends, P], trained.bends),
      };
    }
    return { pairs, at: numericArray([at.length], at), straight, curves: found };
  },
  claims: (context, { condition }, result: CurveResult) =>
    curveClaims(result, conditionOf(context, condition).experiment.seed),
  derived: curvesAgain,
  recheck: recheckCurves,
});

function curveLosses(
  context: AnalysisContext,
  condition: TrainedCondition,
  shape: Curves,
  ts: readonly number[],
): Promise<OnBothParts<LineLosses>> {
  const P = condition.final.length / condition.experiment.initialisations;
  return evaluateBothParts(context, condition, ({ evaluate }) =>
    evaluateCurves(shape, ts, P, evaluate),
  );
}

function packed(
  { train: { loss, accuracy }, test }: OnBothParts<LineLosses>,
  at: readonly number[],
  seed: number,
): PathLosses {
  const shape = [loss.length / at.length, at.length];
  return {
    loss: onLogScale(shape, loss),
    testLoss: test && onLogScale(shape, test.loss),
    accuracy: accuracy && numericArray(shape, accuracy),
    ...barriersAlong(loss, at, seed),
  };
}
