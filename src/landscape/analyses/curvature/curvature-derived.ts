// What follows from measures of curvature: means over networks, counts, and the shapes of all.
import { mostParameters } from '../../curvature/full-hessian.ts';
import { firstNetworks, type TrainedCondition } from '../analysis.ts';
import { About, shaped, shapedIf, type Derived, type TensorsOf } from '../derived.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import { weightNorms } from '../weight-norms.ts';
import type { ConditionCurvature, CurvatureSpec, Spectrum } from './curvature-result.ts';

export function curvatureAgain(
  condition: TrainedCondition,
  spec: CurvatureSpec,
  tensors: TensorsOf<ConditionCurvature>,
): Derived<ConditionCurvature> {
  const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
  const { top: k, bottom } = counted(spec, P);
  const top = shaped(tensors.top, [M, k]);
  const column = (tensor: NumericArray) => shaped(tensor, [M]);
  const columns = {
    trace: column(tensors.trace),
    epsilonSharpness: column(tensors.epsilonSharpness),
    filterNormalised: column(tensors.filterNormalised),
    adaptive: column(tensors.adaptive),
    noiseScale: column(tensors.noiseScale),
    weightNorm: numericArray([M], weightNorms(weights, M)),
  };
  const convergedOf = column(tensors.convergedOf);
  const values = Object.fromEntries(
    Object.entries(columns).map(([name, tensor]) => [name, tensor.values]),
  ) as Record<keyof typeof columns, Float32Array>;
  return {
    networks,
    ...columns,
    top,
    bottom: shapedIf(bottom > 0, tensors.bottom, [M, bottom]),
    residual: column(tensors.residual),
    vector: shaped(tensors.vector, [M, P]),
    converged: convergedOf.values.reduce((sum, flag) => sum + flag, 0),
    convergedOf,
    traceError: column(tensors.traceError),
    means: meansOf(
      { ...values, largestEigenvalue: networks.map((_, m) => top.values[m * k]!) },
      condition.experiment.seed,
    ),
    spectrum: spec.spectrum && spectrumAgain(spec.spectrum, P, tensors.spectrum),
  };
}

/** The grid reaches six sigma beyond all nodes, of whose range sigma is 1%: see `spectralDensity`. */
function spectrumAgain(
  { network, full, points }: NonNullable<CurvatureSpec['spectrum']>,
  P: number,
  tensors: TensorsOf<Spectrum> | undefined,
): Derived<Spectrum> {
  const eigenvalues = shaped(tensors?.eigenvalues, [points]);
  const [low, high] = [eigenvalues.values[0]!, eigenvalues.values.at(-1)!];
  return {
    network,
    eigenvalues,
    density: shaped(tensors?.density, [points]),
    // The ends of the grid are rounded, by so much of the larger.
    sigma: new About((high - low) / 112, 1e-8 * Math.max(Math.abs(low), Math.abs(high))),
    all: shapedIf(full && P <= mostParameters, tensors?.all, [P]),
  };
}

/** Of P eigenvalues, how many of either end. */
export const counted = (spec: CurvatureSpec, P: number): { top: number; bottom: number } => {
  const top = Math.min(spec.top, P);
  return { top, bottom: Math.min(spec.bottom, P - top) };
};

type Means = ConditionCurvature['means'];

/** Of the measures of each network, `[M]`. */
export function meansOf(
  measured: Readonly<Record<keyof Means, ArrayLike<number>>>,
  seed: number,
): Means {
  const mean = (values: ArrayLike<number>) => estimateOfMean(values, seed);
  return {
    largestEigenvalue: mean(measured.largestEigenvalue),
    trace: mean(measured.trace),
    epsilonSharpness: mean(measured.epsilonSharpness),
    filterNormalised: mean(measured.filterNormalised),
    adaptive: mean(measured.adaptive),
    noiseScale: mean(measured.noiseScale),
    weightNorm: mean(measured.weightNorm),
  };
}
