// What the analysis of a layer's scale is asked, and what it answers.
import { z } from 'zod';
import type { NumericArray } from '../numeric-array.ts';
import type { PlanePoints } from '../plane-points.ts';

export const layerScaleSchema = z.strictObject({
  kind: z.literal('layer-scale'),
  networks: z.number().int().min(1).max(20).default(4).meta({ label: 'Networks' }),
  largest: z.number().gt(1).max(64).default(8).meta({
    label: 'Largest factor',
    help: 'The layer into the hidden units is multiplied by factors from 1 over this to this, the layer out of them divided.',
  }),
  stops: z.number().int().min(3).max(201).default(41).meta({
    label: 'Factors',
    help: 'How many, evenly on a log scale; an odd number has 1 in its middle.',
  }),
  eigenvalues: z.number().int().min(1).max(200).default(12).meta({ label: 'Largest eigenvalues' }),
});

export type LayerScaleSpec = z.output<typeof layerScaleSchema>;

export interface LayerScaleResult extends PlanePoints {
  readonly networks: readonly number[];
  /** `[M, P]`: as trained. */
  readonly weights: NumericArray;
  /** `[A]`, rising. */
  readonly factors: NumericArray;
  /** `[M, A, K]`: of the Hessian of the training loss at the rescaled weights, largest first. */
  readonly eigenvalues: NumericArray;
  /**
   * `[M, 2, P]`, unit length: the steepest direction among the weights into the hidden units (with their biases), and
   * among those out of them, both as trained.
   */
  readonly directions: NumericArray;
  /** `[M, 2]`: curvature of the training loss along them. */
  readonly curvatures: NumericArray;
}
