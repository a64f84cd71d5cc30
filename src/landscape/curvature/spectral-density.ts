// The density of all eigenvalues of a Hessian, without its matrix: stochastic Lanczos quadrature.
import { randomStream } from '../../learning/random.ts';
import type { Derivatives } from './derivatives.ts';
import { expectLength, expectPositive, expectWhole } from './expectations.ts';
import { lanczos } from './lanczos.ts';
import { writeProbe } from './probes.ts';
import type { ProbeKind } from './probes.ts';
import { tridiagonalEigen } from './tridiagonal.ts';

export interface DensityOptions {
  /** Random vectors, each with its own Lanczos iteration. */
  readonly probes: number;
  /** Lanczos steps of each; no more than P are taken. */
  readonly steps: number;
  /** Size of the grid of eigenvalues. */
  readonly points: number;
  readonly seed: number;
  /** Standard deviation of the Gaussian that stands for each node; by default 1% of the range of the nodes. */
  readonly sigma?: number | undefined;
  /** Direction of the random vectors; 'rademacher' unless told. */
  readonly probe?: ProbeKind | undefined;
}

export interface SpectralDensity {
  /** `[points]`, evenly spaced over all nodes and six sigma beyond. */
  readonly eigenvalues: Float64Array;
  /** `[points]`: per unit of eigenvalue; its integral over the grid is 1. */
  readonly density: Float64Array;
  /** `[probes, steps]`: Ritz values, smallest first. */
  readonly nodes: Float64Array;
  /** `[probes, steps]`: the share of each node; each probe's sum to 1. */
  readonly nodeWeights: Float64Array;
  readonly sigma: number;
  readonly probes: number;
  readonly steps: number;
}

/** Beyond six standard deviations a Gaussian keeps 2e-9 of its mass. */
const reach = 6;
const defaultShare = 0.01;

/**
 * Density of the eigenvalues of the Hessian of one network, `weights` `[P]`: `phi(t) = 1/P sum_i delta(t - lambda_i)`,
 * smoothed by a Gaussian of standard deviation sigma.
 *
 * From a random unit vector v, `steps` of Lanczos give T; its eigenvalues theta_i, with weights tau_i^2 (the first
 * entries of its unit eigenvectors, squared), are the Gauss quadrature of v's spectral measure, which is phi in
 * expectation: `phi_sigma(t) = mean over probes of sum_i tau_i^2 N(t; theta_i, sigma^2)`
 * (Ubaru, Chen and Saad 2017; Ghorbani, Krishnan and Xiao 2019, arXiv:1901.10159, section 2).
 * With Rademacher vectors the mean of the nodes is Hutchinson's estimate of tr(H) / P.
 * @throws RangeError where the grid is too coarse for sigma, or the Hessian is not finite at these weights.
 */
export async function spectralDensity(
  derivatives: Derivatives,
  weights: Float32Array,
  options: DensityOptions,
): Promise<SpectralDensity> {
  const { probes, seed, points, probe = 'rademacher' } = options;
  const P = derivatives.parameters;
  expectLength(weights, P, 'spectralDensity: the weights of one network');
  expectWhole(probes, 1, Infinity, 'probes');
  expectWhole(options.steps, 1, Infinity, 'steps');
  expectWhole(points, 2, Infinity, 'points');
  const [copies, start] = [new Float32Array(probes * P), new Float32Array(probes * P)];
  for (let k = 0; k < probes; k++) {
    copies.set(weights, k * P);
    const stream = randomStream(seed, 'density-probe', k);
    writeProbe(probe, stream, start.subarray(k * P, (k + 1) * P));
  }
  const { alpha, beta, steps } = await lanczos({
    multiply: (vectors) => derivatives.hessianVectorProduct(copies, vectors),
    operators: probes,
    dimension: P,
    start,
    steps: options.steps,
    seed,
  });
  if (!alpha.every(Number.isFinite)) {
    throw new RangeError(
      'spectralDensity: the Hessian is not finite at these weights: leave networks that diverged out',
    );
  }
  const [nodes, nodeWeights] = [new Float64Array(probes * steps), new Float64Array(probes * steps)];
  for (let k = 0; k < probes; k++) {
    const row = (all: Float64Array) => all.subarray(k * steps, (k + 1) * steps);
    const { values, entry } = tridiagonalEigen(row(alpha), row(beta), steps);
    nodes.set(values, k * steps);
    for (let i = 0; i < steps; i++) nodeWeights[k * steps + i] = entry(0, i) ** 2;
  }
  const low = nodes.reduce((a, b) => Math.min(a, b));
  const high = nodes.reduce((a, b) => Math.max(a, b));
  // All eigenvalues equal: any width will do, so long as it is not 0.
  const { sigma = defaultShare * (high - low || Math.abs(high) || 1) } = options;
  const { eigenvalues, density } = smoothed(nodes, nodeWeights, {
    low,
    high,
    sigma,
    points,
    probes,
  });
  return { eigenvalues, density, nodes, nodeWeights, sigma, probes, steps };
}

function smoothed(
  nodes: Float64Array,
  nodeWeights: Float64Array,
  grid: { low: number; high: number; sigma: number; points: number; probes: number },
): Pick<SpectralDensity, 'eigenvalues' | 'density'> {
  const { low, high, sigma, points, probes } = grid;
  expectPositive(sigma, 'sigma');
  const width = high - low + 2 * reach * sigma;
  const spacing = width / (points - 1);
  if (spacing > sigma) {
    throw new RangeError(
      `${points} points over eigenvalues from ${low.toPrecision(3)} to ${high.toPrecision(3)} lie ${(spacing / sigma).toPrecision(2)} sigma apart: take at least ${Math.ceil(width / sigma) + 1} points, or a larger sigma`,
    );
  }
  const eigenvalues = Float64Array.from(
    { length: points },
    (_, i) => low - reach * sigma + i * spacing,
  );
  const peak = 1 / (sigma * Math.sqrt(2 * Math.PI) * probes);
  const density = eigenvalues.map((t) => {
    let sum = 0;
    for (let i = 0; i < nodes.length; i++)
      sum += nodeWeights[i]! * Math.exp(-0.5 * ((t - nodes[i]!) / sigma) ** 2);
    return peak * sum;
  });
  return { eigenvalues, density };
}
