// Eigenvalues of all networks, and every other measure of the first, computed again from the stored weights.
import { createDerivatives, type Derivatives } from '../../curvature/derivatives.ts';
import {
  lossOptions,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import type { NumericArray } from '../numeric-array.ts';
import { rayleighQuotients, sameEigenvalue } from '../rechecks.ts';
import { averagesOver, searches } from './curvature-measures.ts';
import type { ConditionCurvature, CurvatureResult, CurvatureSpec } from './curvature-result.ts';

export async function recheckCurvature(
  context: AnalysisContext<TrainedCondition>,
  spec: CurvatureSpec,
  result: CurvatureResult,
): Promise<Recheck[]> {
  const checks: Recheck[] = [];
  for (const condition of context.conditions) {
    const own = result.conditions[condition.key] as ConditionCurvature;
    await using(createDerivatives(lossOptions(context, condition)), async (derivatives) => {
      checks.push(...(await recheckEigenvalues(derivatives, condition, own)));
      checks.push(...(await recheckMeasures(context, derivatives, condition, spec, own)));
    });
  }
  return checks;
}

/** The first pair of every network: its eigenvalue and how far it is from one. */
async function recheckEigenvalues(
  derivatives: Derivatives,
  condition: TrainedCondition,
  { networks, top, vector, residual }: ConditionCurvature,
): Promise<Recheck[]> {
  const { values } = vector;
  const P = values.length / networks.length;
  const k = top.shape[1] as number;
  const product = await derivatives.hessianVectorProduct(weightsOf(condition, networks), values);
  const quotients = rayleighQuotients(values, product, networks.length);
  return networks.flatMap((network, m) => {
    const of = `of network ${network} of ${condition.key}`;
    const recorded = top.values[m * k]!;
    let squares = 0;
    for (let i = m * P; i < (m + 1) * P; i++) squares += (product[i]! - recorded * values[i]!) ** 2;
    return [
      sameEigenvalue(`largest Hessian eigenvalue ${of}`, recorded, quotients[m]!),
      {
        ...sameEigenvalue(`residual ${of}`, recorded, recorded),
        recorded: residual.values[m]!,
        again: Math.sqrt(squares),
      },
    ];
  });
}

/** Every other measure of the first network, which does not hang on those beside it. */
async function recheckMeasures(
  context: AnalysisContext<TrainedCondition>,
  derivatives: Derivatives,
  condition: TrainedCondition,
  spec: CurvatureSpec,
  own: ConditionCurvature,
): Promise<Recheck[]> {
  const first = own.networks[0]!;
  const weights = weightsOf(condition, [first]).slice();
  const of = `of network ${first} of ${condition.key}`;
  const same = (what: string, { values }: NumericArray, again: Float64Array, relative = 1e-3) =>
    sameEigenvalue(`${what} ${of}`, values[0]!, again[0]!, relative);
  const along = await averagesOver(derivatives, condition, weights, spec);
  const checks = [
    same('trace', own.trace, along.trace),
    same('error of the trace', own.traceError, along.traceError),
    same('curvature along normalised directions', own.filterNormalised, along.filterNormalised),
  ];
  // Searches take many steps: those of one condition stand for the others.
  if (condition !== context.conditions[0]) return checks;
  const found = await searches(context, derivatives, condition, weights, spec);
  return [
    ...checks,
    same('adaptive sharpness', own.adaptive, found.adaptive, 2e-3),
    // The signs of gradients near zero decide where an ascent goes.
    same('epsilon-sharpness', own.epsilonSharpness, found.epsilonSharpness, 2e-2),
    // Over the square of a gradient, which may be small itself.
    same('noise scale', own.noiseScale, found.noiseScale, 2e-2),
  ];
}
