// How sharp a minimum is, by three measures that differ in what leaves them unchanged.
import { randomStream } from '../../learning/random.ts';
import type { Derivatives } from './derivatives.ts';
import { expectLength, expectPositive, expectWhole, networksIn } from './expectations.ts';
import { inBlocks } from './extreme-eigenpairs.ts';
import type { EigenpairOptions, Eigenpairs } from './extreme-eigenpairs.ts';
import { meansOfRows, quadraticForms } from './quadratic-forms.ts';

export interface EpsilonSharpnessOptions {
  /** Half-width of the box, as in the paper: 1e-3 or 5e-4 there. Float32 does not resolve boxes below about 1e-6. */
  readonly epsilon: number;
  /** Ascent steps from each start. */
  readonly steps: number;
  /** The network itself, and starts drawn evenly from the box. */
  readonly starts: number;
  readonly seed: number;
}

export interface EpsilonSharpness {
  /** `[M]`, per cent. A lower bound: the ascent may miss the maximum. */
  readonly sharpness: Float64Array;
  /** `[M, starts]`: the same from each start alone, the network itself first. How far they differ tells how far to trust it. */
  readonly byStart: Float64Array;
  /** `[M]`: L(w). */
  readonly loss: Float64Array;
  /** `[M]`: the highest loss found in the box. */
  readonly highest: Float64Array;
}

/**
 * epsilon-sharpness of M networks, `weights` `[M, P]`: `100 (max L(w + y) - L(w)) / (1 + L(w))` over the box
 * `|y_i| <= epsilon (|w_i| + 1)` (Keskar et al. 2017, arXiv:1609.04836, metric 2.1, with A the identity).
 *
 * Maximised by projected ascent: `y <- clip(y + a r sign(dL/dw))`, r the box's half-widths, a falling evenly from 1
 * to `1 / steps`; this is steepest ascent in the box's own norm. The best of all points seen counts. What is given
 * is a lower bound of the maximum. Not unchanged where a ReLU network is rescaled (Dinh et al. 2017).
 * A network with a loss that is not finite gets NaN.
 * @throws RangeError where a setting does not fit.
 */
export async function epsilonSharpness(
  derivatives: Derivatives,
  weights: Float32Array,
  { epsilon, steps, starts, seed }: EpsilonSharpnessOptions,
): Promise<EpsilonSharpness> {
  const P = derivatives.parameters;
  const M = networksIn(weights, P, 'weights');
  expectPositive(epsilon, 'epsilon');
  expectWhole(steps, 1, Infinity, 'steps');
  expectWhole(starts, 1, Infinity, 'starts');
  const radius = Float64Array.from(weights, (weight) => epsilon * (Math.abs(weight) + 1));
  const best = new Float64Array(M * starts).fill(-Infinity);
  const loss = new Float64Array(M);
  for (let start = 0; start < starts; start++) {
    const offset = new Float64Array(M * P);
    if (start > 0) {
      // The same draws for every network: what is found of one does not hang on those beside it.
      const stream = randomStream(seed, 'epsilon-sharpness', start);
      const draws = Float64Array.from({ length: P }, () => 2 * stream.uniform() - 1);
      for (let i = 0; i < M * P; i++) offset[i] = radius[i]! * draws[i % P]!;
    }
    for (let step = 0; step <= steps; step++) {
      const points = weights.map((weight, i) => weight + offset[i]!);
      const found = await derivatives.gradient(points);
      if (start === 0 && step === 0) loss.set(found.loss);
      // Math.max keeps a NaN: a network that is not finite anywhere in its box has no sharpness.
      for (let m = 0; m < M; m++)
        best[m * starts + start] = Math.max(best[m * starts + start]!, found.loss[m]!);
      const length = 1 - step / steps;
      for (let i = 0; i < M * P; i++) {
        const moved = offset[i]! + length * radius[i]! * Math.sign(found.gradient[i]!);
        offset[i] = Math.min(radius[i]!, Math.max(-radius[i]!, moved));
      }
    }
  }
  const byStart = best.map((highest, i) => {
    const own = loss[Math.floor(i / starts)]!;
    return (100 * (highest - own)) / (1 + own);
  });
  const highestOfRow = (values: Float64Array, m: number) =>
    values.subarray(m * starts, (m + 1) * starts).reduce((a, b) => Math.max(a, b));
  return {
    // A start in the box may end below L(w); the network itself is in the box too, and is the first start.
    sharpness: Float64Array.from({ length: M }, (_, m) => highestOfRow(byStart, m)),
    byStart,
    loss,
    highest: Float64Array.from({ length: M }, (_, m) => highestOfRow(best, m)),
  };
}

export interface AdaptiveSharpness {
  /** `[M]`: the largest eigenvalue of D H D. */
  readonly largest: Float64Array;
  /** The largest eigenpair itself, with its residual; k is 1. */
  readonly eigenpairs: Eigenpairs;
  /** `[M]`: 1 where the residual is within the tolerance, else 0. */
  readonly converged: Uint8Array;
}

/**
 * Adaptive sharpness to second order: the largest eigenvalue of D H D with D = diag(|w|), of M networks `weights`
 * `[M, P]`. Where the gradient is 0, `rho^2 / 2` times the eigenvalue is the rise of the loss within `|D^-1 y| <= rho`
 * (the element-wise operator T_w of ASAM: Kwon et al. 2021, arXiv:2102.11600).
 *
 * Unchanged where a ReLU network is rescaled: with w_i -> a_i w_i and the same function, H_ij -> H_ij / (a_i a_j),
 * so that |w_i| H_ij |w_j| stays. Weights that are 0 are held fixed.
 */
export async function largestAdaptiveSharpness(
  derivatives: Derivatives,
  weights: Float32Array,
  { seed, maxSteps, tolerance }: Pick<EigenpairOptions, 'seed' | 'maxSteps' | 'tolerance'>,
): Promise<AdaptiveSharpness> {
  const search = { top: 1, bottom: 0, seed, maxSteps, tolerance };
  const scaledHessian = (own: Float32Array) => async (vectors: Float32Array) => {
    const scaled = vectors.map((value, i) => value * Math.abs(own[i]!));
    const products = await derivatives.hessianVectorProduct(own, scaled);
    return products.map((value, i) => value * Math.abs(own[i]!));
  };
  const pairs = await inBlocks(weights, derivatives.parameters, search, scaledHessian);
  const { top, converged } = pairs;
  return { largest: top.values, eigenpairs: top, converged };
}

export interface DirectionalCurvature {
  /** `[M]`, over the K directions of each network. */
  readonly mean: Float64Array;
  /** `[M]`; NaN for one direction. */
  readonly standardError: Float64Array;
  /** `[M, K]`: u'Hu of each. */
  readonly curvatures: Float64Array;
}

/**
 * Mean curvature u'Hu of M networks, `weights` `[M, P]`, along `directions` `[M, K, P]`: random directions whose
 * filters have the norms of the network's own (Li et al. 2018, arXiv:1712.09913, section 4), which the caller draws.
 * This is the curvature that a filter-normalised slice shows at its centre, averaged over slices.
 */
export async function filterNormalisedCurvature(
  derivatives: Derivatives,
  weights: Float32Array,
  directions: Float32Array,
): Promise<DirectionalCurvature> {
  const P = derivatives.parameters;
  const M = networksIn(weights, P, 'weights');
  const K = Math.max(1, Math.round(directions.length / (M * P)));
  expectLength(
    directions,
    M * K * P,
    `directions of ${M} networks with ${P} parameters, [M, K, P],`,
  );
  const curvatures = await quadraticForms(derivatives, weights, K, (network, k, into) => {
    const first = (network * K + k) * P;
    into.set(directions.subarray(first, first + P));
  });
  return { ...meansOfRows(curvatures, K), curvatures };
}
