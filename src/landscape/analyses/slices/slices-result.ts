// What the analysis of slices is asked, and what it answers.
import { z } from 'zod';
import { sliceSpecSchema, type SliceSpec } from '../../directions/plane-spec.ts';
import type { ExplainedVariance } from '../../directions/principal-planes.ts';
import type { SliceFidelity } from '../../slices/fidelity.ts';
import { named } from '../analysis.ts';
import type { NumericArray } from '../numeric-array.ts';
import type { SlicePaths } from './slice-paths.ts';

export const slicesSchema = z.strictObject({
  kind: z.literal('slices'),
  condition: z.string().optional().meta({
    label: 'Condition',
    help: 'Whose networks, data and loss; needed where there are several and "across" is not set.',
  }),
  across: z.number().int().min(0).optional().meta({
    label: 'Across conditions',
    help: 'Takes this network of every condition, and counts conditions as networks: several ways of training from one start, on one landscape.',
  }),
  slices: named(sliceSpecSchema),
});

export type SlicesSpec = z.output<typeof slicesSchema>;

export interface SliceResult {
  readonly directions: SliceSpec['directions'];
  readonly axisNames: readonly string[];
  /** Coordinates are distances in weight space; otherwise lengths of each direction. */
  readonly orthonormal: boolean;
  /** How the range of the grid was chosen. */
  readonly radius: string;
  /** The grid along each direction, the first direction first. */
  readonly axes: readonly NumericArray[];
  /** `[nx]`, `[ny, nx]` or `[nz, ny, nx]`. */
  readonly loss: NumericArray;
  readonly testLoss: NumericArray | null;
  readonly accuracy: NumericArray | null;
  /** Networks on the slice: K of them. */
  readonly markers: {
    /** `[K]`: number of the network (or of the condition), and optimiser steps it had taken. */
    readonly network: NumericArray;
    readonly step: NumericArray;
    /** `[K, D]`. */
    readonly coordinates: NumericArray;
    /** `[K]` each. */
    readonly offSlice: NumericArray;
    readonly trueLoss: NumericArray;
    readonly sliceLoss: NumericArray;
  };
  readonly fidelity: Pick<
    SliceFidelity,
    'varianceShare' | 'nullShare' | 'logRatio' | 'relativeDistance'
  >;
  /** Of principal components. */
  readonly variance: ExplainedVariance | null;
  /** Of a plane: the share of its grid where the loss curves down in some direction. */
  readonly negativeShare: number | null;
  readonly origin: NumericArray;
  readonly basis: NumericArray;
}

export interface SlicesResult {
  readonly slices: Readonly<Record<string, SliceResult>>;
  readonly paths: SlicePaths;
}
