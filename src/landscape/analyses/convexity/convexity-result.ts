// What the analysis of convexity is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { PairedComparison } from '../../comparison/effect-size.ts';
import type { NumericArray } from '../numeric-array.ts';

export const convexitySchema = z.strictObject({
  kind: z.literal('convexity'),
  networks: z.number().int().min(2).max(200).default(8).meta({
    label: 'Networks',
    help: 'The first so many of each condition that did not diverge, each with a plane of its own.',
  }),
  size: z
    .number()
    .int()
    .min(5)
    .max(201)
    .default(31)
    .refine((size) => size % 2 === 1, 'expected an odd number, so that the network is on the grid')
    .meta({ label: 'Grid points a side' }),
  hessianNetworks: z.number().int().min(2).max(200).default(4).meta({
    label: 'Networks with Hessians',
    help: 'For how many of them the extreme eigenvalues of the whole Hessian are computed on the plane.',
  }),
  hessianSize: z.number().int().min(1).max(51).default(5).meta({
    label: 'Hessians a side',
    help: 'On a coarser grid over the same plane.',
  }),
  radius: z.number().gt(0).max(10).default(1).meta({
    label: 'Radius',
    help: "In the norms of the network's own filters: 1 moves each filter as far as its own length.",
  }),
});

export type ConvexitySpec = z.output<typeof convexitySchema>;

export interface ConditionConvexity {
  readonly networks: readonly number[];
  readonly residual: boolean;
  /** Hidden layers. */
  readonly depth: number;
  /** `[ny, nx]`: the plane of the first network, in the norms of its filters. */
  readonly axis: NumericArray;
  readonly loss: NumericArray;
  /** `[M, size, size]`: all planes. */
  readonly losses: NumericArray;
  /** `[M]`: share of the grid where the plane curves down in some direction. */
  readonly negativeShare: NumericArray;
  /**
   * `[H, g, g]`: |smallest / largest| eigenvalue of the whole Hessian at points of the planes of the first H; 0 where
   * none is negative, NaN where all are 0.
   */
  readonly hessianRatio: NumericArray;
  /** `[H]`: the mean of each plane. */
  readonly curvatureRatio: NumericArray;
  /** `[M]`: highest loss on the plane over the loss at its centre. */
  readonly rise: NumericArray;
  readonly means: {
    readonly negativeShare: Estimate;
    readonly curvatureRatio: Estimate;
  };
}

export interface ConvexityResult {
  readonly conditions: Readonly<Record<string, ConditionConvexity>>;
  /** By depth: residual against plain networks, by number of the network. */
  readonly skips: readonly {
    readonly depth: number;
    readonly plain: string;
    readonly residual: string;
    readonly negativeShare: PairedComparison;
    readonly curvatureRatio: PairedComparison;
  }[];
}
