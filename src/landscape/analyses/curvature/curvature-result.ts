// What the analysis of curvature is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { NumericArray } from '../numeric-array.ts';

const count = (most: number) => z.number().int().min(1).max(most);

export const curvatureSchema = z.strictObject({
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

export type CurvatureSpec = z.output<typeof curvatureSchema>;

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
