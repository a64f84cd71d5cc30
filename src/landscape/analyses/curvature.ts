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
  ofEach,
  perCondition,
  rowOf,
  soundNetworks,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { About, shaped, shapedIf, type Derived, type TensorsOf } from './derived.ts';
import { estimateOfMean } from './estimates.ts';
import { rayleighQuotients, sameEigenvalue } from './rechecks.ts';
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
  /** How many networks' eigenvalues are within the tolerance, and of each, `[M]`, 1 where they are. */
  readonly converged: number;
  readonly convergedOf: NumericArray;
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

export interface CurvatureResult {
  readonly conditions: Readonly<Record<string, ConditionCurvature>>;
}

type Spec = z.output<typeof schema>;

export const curvature = defineAnalysis({
  schema,
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
  async recheck(context, spec, result) {
    const checks: Recheck[] = [];
    for (const condition of context.conditions) {
      const own = result.conditions[condition.key] as ConditionCurvature;
      await using(createDerivatives(lossOptions(context, condition)), async (derivatives) => {
        checks.push(...(await recheckEigenvalues(derivatives, condition, own)));
        checks.push(...(await recheckMeasures(context, derivatives, condition, spec, own)));
      });
    }
    return checks;
  },
});

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
  spec: Spec,
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

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  spec: Spec,
): Promise<ConditionCurvature> {
  const { seed } = condition.experiment;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const weights = weightsOf(condition, networks);
  const P = weights.length / M;
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

/** Of P eigenvalues, how many of either end. */
const counted = (spec: Spec, P: number): { top: number; bottom: number } => {
  const top = Math.min(spec.top, P);
  return { top, bottom: Math.min(spec.bottom, P - top) };
};

/** Means of the curvature over vectors drawn at random, `[M]` each. */
async function averagesOver(
  derivatives: Derivatives,
  { network, experiment: { seed } }: TrainedCondition,
  weights: Float32Array,
  spec: Spec,
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
async function searches(
  context: Pick<AnalysisContext, 'executor' | 'memoryBudget' | 'onProgress'>,
  derivatives: Derivatives,
  condition: TrainedCondition,
  weights: Float32Array,
  spec: Spec,
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

const weightNorms = (weights: Float32Array, M: number): Float64Array =>
  Float64Array.from({ length: M }, (_, m) => {
    const own = rowOf(weights, weights.length / M, m);
    return Math.sqrt(own.reduce((sum, weight) => sum + weight * weight, 0));
  });

type Means = ConditionCurvature['means'];

/** Of the measures of each network, `[M]`. */
function meansOf(measured: Readonly<Record<keyof Means, ArrayLike<number>>>, seed: number): Means {
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

function curvatureAgain(
  condition: TrainedCondition,
  spec: Spec,
  tensors: TensorsOf<ConditionCurvature>,
): Derived<ConditionCurvature> {
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const weights = weightsOf(condition, networks);
  const P = weights.length / M;
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

/** The grid reaches six sigma beyond all nodes, of whose range sigma is 1%: see `spectralDensity`. */
function spectrumAgain(
  { network, full, points }: NonNullable<Spec['spectrum']>,
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
