// How the loss curves where training ended: eigenvalues, trace, spectrum, sharpness by several measures, gradient noise.
import { z } from 'zod';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { Estimate } from '../bootstrap.ts';
import { createDerivatives, stoppable, type Derivatives } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import { hessianSpectrum, mostParameters } from '../curvature/full-hessian.ts';
import { createGradientNoise } from '../curvature/gradient-noise.ts';
import {
  epsilonSharpness,
  filterNormalisedCurvature,
  largestAdaptiveSharpness,
} from '../curvature/sharpness.ts';
import { spectralDensity } from '../curvature/spectral-density.ts';
import { hessianTrace } from '../curvature/trace.ts';
import { normaliseDirection } from '../directions/normalise-direction.ts';
import { randomDirection } from '../directions/random-direction.ts';
import { gatherRows } from '../rows.ts';
import {
  defineAnalysis,
  lossOptions,
  perCondition,
  soundNetworks,
  using,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { estimateOfMean } from './estimates.ts';
import { rayleighQuotients } from './rechecks.ts';
import { forComputing, numericArray, type NumericArray } from './numeric-array.ts';

const count = (most: number) => z.number().int().min(1).max(most);

const schema = z.strictObject({
  kind: z.literal('curvature'),
  networks: count(1000).default(10).meta({
    label: 'Networks',
    help: 'The first so many of each condition that did not diverge.',
  }),
  top: count(50).default(5).meta({ label: 'Largest eigenvalues' }),
  bottom: z.number().int().min(0).max(50).default(2).meta({ label: 'Smallest eigenvalues' }),
  probes: z.number().int().min(2).max(1000).default(32).meta({
    label: 'Probes',
    help: 'Random vectors behind each trace; of one alone the error is not known.',
  }),
  directions: count(200).default(16).meta({
    label: 'Directions',
    help: 'Random filter-normalised directions along which the curvature is averaged.',
  }),
  epsilon: z
    .number()
    .gt(0)
    .max(1)
    .default(1e-3)
    .meta({ label: 'Epsilon', help: 'Half-width of the box of epsilon-sharpness.' }),
  ascentSteps: count(1000).default(20),
  spectrum: z
    .strictObject({
      network: z.number().int().min(0).max(999).default(0).meta({
        label: 'Network',
        help: 'Counted from 0; it must not have diverged.',
      }),
      full: z.boolean().default(true).meta({
        label: 'Every eigenvalue',
        help: 'Of small networks: the whole Hessian is computed and decomposed.',
      }),
      probes: count(200).default(8),
      steps: count(400).default(80),
      // Smoothed by 1% of the range of eigenvalues: a coarser grid would miss peaks.
      points: z.number().int().min(128).max(4000).default(400),
    })
    .nullable()
    .default(null)
    .meta({ label: 'Spectrum', help: 'The density of all eigenvalues of one network.' }),
});

export interface Spectrum {
  readonly network: number;
  /** `[points]` each: the density at these eigenvalues, smoothed by a Gaussian of width sigma. */
  readonly eigenvalues: NumericArray;
  readonly density: NumericArray;
  readonly sigma: number;
  /** `[P]`, largest first; null where the network is too large to decompose. */
  readonly all: NumericArray | null;
}

export interface ConditionCurvature {
  /** M networks, by number. */
  readonly networks: readonly number[];
  /** `[M, k]`, the outermost first. */
  readonly top: NumericArray;
  readonly bottom: NumericArray | null;
  /** `[M]`: the residual |Hv - lambda v| of the first pair, and the pair's vector `[M, P]`. */
  readonly residual: NumericArray;
  readonly vector: NumericArray;
  /** How many networks' eigenvalues are within the tolerance. */
  readonly converged: number;
  /** `[M]` each. */
  readonly trace: NumericArray;
  readonly traceError: NumericArray;
  /** Per cent, a lower bound. */
  readonly epsilonSharpness: NumericArray;
  readonly filterNormalised: NumericArray;
  readonly adaptive: NumericArray;
  readonly noiseScale: NumericArray;
  /** `[M]`: Euclidean length of the weights. */
  readonly weightNorm: NumericArray;
  /** Means over networks. */
  readonly means: Readonly<
    Record<
      | 'largestEigenvalue'
      | 'trace'
      | 'epsilonSharpness'
      | 'filterNormalised'
      | 'adaptive'
      | 'noiseScale'
      | 'weightNorm',
      Estimate
    >
  >;
  readonly spectrum: Spectrum | null;
}

type Spec = z.output<typeof schema>;

export const curvature = defineAnalysis({
  schema,
  title: 'how the loss curves where training ended',
  check({ conditions }, { spectrum }) {
    if (spectrum) for (const each of conditions) checkNetworks(each, spectrum.network + 1);
  },
  async answer(context, spec) {
    const conditions = await perCondition(context, (own, condition) =>
      measure(own, condition, spec),
    );
    return { conditions };
  },
  async recheck(context, _, result) {
    const checks = [];
    for (const condition of context.conditions) {
      const { networks, top, vector } = result.conditions[condition.key] as ConditionCurvature;
      const weights = weightsOf(condition, networks);
      const k = top.shape[1] as number;
      const product = await using(createDerivatives(lossOptions(context, condition)), (made) =>
        made.hessianVectorProduct(weights, vector.values),
      );
      const quotients = rayleighQuotients(vector.values, product, networks.length);
      for (const [m, network] of networks.entries()) {
        const recorded = top.values[m * k]!;
        checks.push({
          what: `largest Hessian eigenvalue of network ${network} of ${condition.key}`,
          recorded,
          again: quotients[m]!,
          tolerance: 1e-3 * Math.abs(recorded) + 1e-6,
        });
      }
    }
    return checks;
  },
});

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  spec: Spec,
): Promise<ConditionCurvature> {
  const { network, experiment } = condition;
  const { seed } = experiment;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const weights = weightsOf(condition, networks);
  const P = weights.length / M;
  const loss = lossOptions(context, condition);
  return using(createDerivatives(loss), async (made) => {
    const derivatives = stoppable(made, context.signal);
    const [top, bottom] = [Math.min(spec.top, P), Math.min(spec.bottom, P - Math.min(spec.top, P))];
    const pairs = await hessianEigenpairs(derivatives, weights, { top, bottom, seed });
    context.onProgress(0.3);
    const trace = await hessianTrace(derivatives, weights, { probes: spec.probes, seed });
    const epsilon = await epsilonSharpness(derivatives, weights, {
      epsilon: spec.epsilon,
      steps: spec.ascentSteps,
      starts: 2,
      seed,
    });
    context.onProgress(0.5);
    const directions = filterNormalisedDirections(network, weights, M, spec.directions, seed);
    const filterNormalised = await filterNormalisedCurvature(derivatives, weights, directions);
    const adaptive = await largestAdaptiveSharpness(derivatives, weights, { seed });
    const noise = await using(createGradientNoise(loss), (meter) => meter.measure(weights));
    context.onProgress(0.8);
    const spectrum = spec.spectrum && (await spectrumOf(derivatives, condition, spec.spectrum));
    const column = (values: ArrayLike<number>) => numericArray([M], values);
    const first = (values: Float64Array, k: number) =>
      Float64Array.from({ length: M }, (_, m) => values[m * k]!);
    const largest = first(pairs.top.values, top);
    const weightNorm = Float64Array.from({ length: M }, (_, m) => {
      const own = weights.subarray(m * P, (m + 1) * P);
      return Math.sqrt(own.reduce((sum, weight) => sum + weight * weight, 0));
    });
    const mean = (values: ArrayLike<number>) => estimateOfMean(values, seed);
    return {
      networks,
      top: numericArray([M, top], pairs.top.values),
      bottom: bottom > 0 ? numericArray([M, bottom], pairs.bottom.values) : null,
      residual: column(first(pairs.top.residuals, top)),
      vector: forComputing([M, P], firstVectors(pairs.top.vectors, M, top, P)),
      converged: pairs.converged.reduce((sum, flag) => sum + flag, 0),
      trace: column(trace.trace),
      traceError: column(trace.standardError),
      epsilonSharpness: column(epsilon.sharpness),
      filterNormalised: column(filterNormalised.mean),
      adaptive: column(adaptive.largest),
      noiseScale: column(noise.noiseScale),
      weightNorm: column(weightNorm),
      means: {
        largestEigenvalue: mean(largest),
        trace: mean(trace.trace),
        epsilonSharpness: mean(epsilon.sharpness),
        filterNormalised: mean(filterNormalised.mean),
        adaptive: mean(adaptive.largest),
        noiseScale: mean(noise.noiseScale),
        weightNorm: mean(weightNorm),
      },
      spectrum,
    };
  });
}

/** `[M, P]` of `[M, k, P]`. */
function firstVectors(vectors: Float32Array, M: number, k: number, P: number): Float32Array {
  const rows = Array.from({ length: M }, (_, m) => m * k);
  return gatherRows(vectors, P, rows);
}

/** `[M, K, P]`: the same K random directions for every network, given the norms of its own filters. */
export function filterNormalisedDirections(
  network: NetworkShape,
  weights: Float32Array,
  M: number,
  K: number,
  seed: number,
): Float32Array {
  const P = weights.length / M;
  const directions = new Float32Array(M * K * P);
  for (let k = 0; k < K; k++) {
    const drawn = randomDirection(P, seed, k);
    for (let m = 0; m < M; m++) {
      const own = weights.slice(m * P, (m + 1) * P);
      directions.set(normaliseDirection(network, drawn, own, 'filter'), (m * K + k) * P);
    }
  }
  return directions;
}

async function spectrumOf(
  derivatives: Derivatives,
  condition: TrainedCondition,
  { network, full, probes, steps, points }: NonNullable<Spec['spectrum']>,
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
