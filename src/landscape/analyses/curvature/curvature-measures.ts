// Measures of curvature other than the extreme eigenvalues: of many networks, or of a few when they are checked again.
import type { Derivatives } from '../../curvature/derivatives.ts';
import { hessianSpectrum, mostParameters } from '../../curvature/full-hessian.ts';
import { createGradientNoise } from '../../curvature/gradient-noise.ts';
import {
  epsilonSharpness,
  filterNormalisedCurvature,
  largestAdaptiveSharpness,
} from '../../curvature/sharpness.ts';
import { spectralDensity } from '../../curvature/spectral-density.ts';
import { hessianTrace } from '../../curvature/trace.ts';
import {
  lossOptions,
  soundNetworks,
  using,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from '../analysis.ts';
import { filterNormalisedDirections } from '../filter-normalised-directions.ts';
import { numericArray } from '../numeric-array.ts';
import type { CurvatureSpec, Spectrum } from './curvature-result.ts';

/** Means of the curvature over vectors drawn at random, `[M]` each. */
export async function averagesOver(
  derivatives: Derivatives,
  { network, experiment: { seed } }: TrainedCondition,
  weights: Float32Array,
  spec: CurvatureSpec,
) {
  const M = weights.length / derivatives.parameters;
  const trace = await hessianTrace(derivatives, weights, { probes: spec.probes, seed });
  const directions = filterNormalisedDirections(network, weights, M, spec.directions, seed);
  const filterNormalised = await filterNormalisedCurvature(derivatives, weights, directions);
  return {
    trace: trace.trace,
    traceError: trace.standardError,
    filterNormalised: filterNormalised.mean,
  };
}

/** Measures that take many steps, `[M]` each. */
export async function searches(
  context: Pick<AnalysisContext, 'executor' | 'memoryBudget' | 'onProgress'>,
  derivatives: Derivatives,
  condition: TrainedCondition,
  weights: Float32Array,
  spec: CurvatureSpec,
) {
  const { seed } = condition.experiment;
  const epsilon = await epsilonSharpness(derivatives, weights, {
    epsilon: spec.epsilon,
    steps: spec.ascentSteps,
    starts: 2,
    seed,
  });
  context.onProgress(0.6);
  const adaptive = await largestAdaptiveSharpness(derivatives, weights, { seed });
  const noise = await using(createGradientNoise(lossOptions(context, condition)), (meter) =>
    meter.measure(weights),
  );
  return {
    epsilonSharpness: epsilon.sharpness,
    adaptive: adaptive.largest,
    noiseScale: noise.noiseScale,
  };
}

export async function spectrumOf(
  derivatives: Derivatives,
  condition: TrainedCondition,
  { network, full, probes, steps, points }: NonNullable<CurvatureSpec['spectrum']>,
): Promise<Spectrum> {
  const P = derivatives.parameters;
  const { seed } = condition.experiment;
  const sound = soundNetworks(condition);
  if (!sound.includes(network)) {
    throw new RangeError(
      `the spectrum of network ${network} of condition "${condition.key}", which diverged: expected spectrum.network to be one of ${sound.slice(0, 10).join(', ')}`,
    );
  }
  const own = weightsOf(condition, [network]);
  const found = await spectralDensity(derivatives, own, {
    probes,
    steps: Math.min(steps, P),
    points,
    seed,
  });
  const all = full && P <= mostParameters ? await hessianSpectrum(derivatives, own) : null;
  return {
    network,
    eigenvalues: numericArray([found.eigenvalues.length], found.eigenvalues),
    density: numericArray([found.density.length], found.density),
    sigma: found.sigma,
    all: all && numericArray([P], all),
  };
}
