// What the analysis of renumbering is asked, and what it answers.
import { z } from 'zod';
import type { NumericArray } from '../numeric-array.ts';
import type { PlanePoints } from '../plane-points.ts';

export const renumberingSchema = z.strictObject({
  kind: z.literal('renumbering'),
  networks: z.number().int().min(2).max(50).default(10).meta({
    label: 'Networks',
    help: 'The first so many that did not diverge; every two of them are a pair.',
  }),
  points: z.number().int().min(3).max(201).default(25).meta({ label: 'Points a line' }),
});

export type RenumberingSpec = z.output<typeof renumberingSchema>;

export interface RenumberingResult extends PlanePoints {
  readonly networks: readonly number[];
  /** `[M, P]`: where they ended. */
  readonly weights: NumericArray;
  /**
   * `[pairs, H]`, pairs (0, 1), (0, 2), ..., (1, 2), ... by place in `networks`: the unit of the second network that
   * matches unit k of the first (weight matching, Ainsworth et al. 2023).
   */
  readonly order: NumericArray;
  /** `[pairs, H]`: 1 where that unit matches with all its signs turned, which tanh does not notice; else 0. */
  readonly turned: NumericArray;
  /** `[pairs, T]`: training loss at even steps of the straight line from the first to the second as trained. */
  readonly lossAsTrained: NumericArray;
  /** `[pairs, T]`: the same to the second with its units renumbered. */
  readonly lossRenumbered: NumericArray;
}
