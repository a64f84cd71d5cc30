// How the loss curves where training ended: eigenvalues, trace, spectrum, sharpness by several measures, gradient noise.
import { createDerivatives, stoppable } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import { gatherRows } from '../rows.ts';
import {
  defineAnalysis,
  firstNetworks,
  lossOptions,
  ofEach,
  perCondition,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { counted, curvatureAgain, meansOf } from './curvature/curvature-derived.ts';
import { averagesOver, searches, spectrumOf } from './curvature/curvature-measures.ts';
import { recheckCurvature } from './curvature/curvature-rechecks.ts';
import {
  curvatureSchema,
  type ConditionCurvature,
  type CurvatureResult,
  type CurvatureSpec,
} from './curvature/curvature-result.ts';
import { forComputing, numericArray } from './numeric-array.ts';
import { weightNorms } from './weight-norms.ts';

export const curvature = defineAnalysis({
  schema: curvatureSchema,
  title: 'how the loss curves where training ended',
  check({ conditions }, { spectrum }) {
    if (spectrum) for (const each of conditions) checkNetworks(each, spectrum.network + 1);
  },
  async answer(context, spec): Promise<CurvatureResult> {
    const conditions = await perCondition(context, (own, condition) =>
      measure(own, condition, spec),
    );
    return { conditions };
  },
  async derived(context, spec, tensors) {
    const conditions = await ofEach(context, (condition) =>
      curvatureAgain(condition, spec, tensors.conditions[condition.key]!),
    );
    return { conditions };
  },
  recheck: recheckCurvature,
});

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  spec: CurvatureSpec,
): Promise<ConditionCurvature> {
  const { seed } = condition.experiment;
  const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
  return using(createDerivatives(lossOptions(context, condition)), async (made) => {
    const derivatives = stoppable(made, context.signal);
    const { top, bottom } = counted(spec, P);
    const pairs = await hessianEigenpairs(derivatives, weights, { top, bottom, seed });
    context.onProgress(0.3);
    const measured = {
      ...(await averagesOver(derivatives, condition, weights, spec)),
      ...(await searches(context, derivatives, condition, weights, spec)),
    };
    context.onProgress(0.8);
    const spectrum = spec.spectrum && (await spectrumOf(derivatives, condition, spec.spectrum));
    const column = (values: ArrayLike<number>) => numericArray([M], values);
    const first = (values: Float64Array, k: number) =>
      Float64Array.from({ length: M }, (_, m) => values[m * k]!);
    const weightNorm = weightNorms(weights, M);
    return {
      networks,
      top: numericArray([M, top], pairs.top.values),
      bottom: bottom > 0 ? numericArray([M, bottom], pairs.bottom.values) : null,
      residual: column(first(pairs.top.residuals, top)),
      vector: forComputing([M, P], firstVectors(pairs.top.vectors, M, top, P)),
      converged: pairs.converged.reduce((sum, flag) => sum + flag, 0),
      convergedOf: forComputing([M], pairs.converged),
      trace: column(measured.trace),
      traceError: column(measured.traceError),
      epsilonSharpness: column(measured.epsilonSharpness),
      filterNormalised: column(measured.filterNormalised),
      adaptive: column(measured.adaptive),
      noiseScale: column(measured.noiseScale),
      weightNorm: column(weightNorm),
      means: meansOf(
        { ...measured, largestEigenvalue: first(pairs.top.values, top), weightNorm },
        seed,
      ),
      spectrum,
    };
  });
}

/** `[M, P]` of `[M, k, P]`. */
function firstVectors(vectors: Float32Array, M: number, k: number, P: number): Float32Array {
  const rows = Array.from({ length: M }, (_, m) => m * k);
  return gatherRows(vectors, P, rows);
}
