// What the analysis of boundaries over time is asked, and what it answers.
import { z } from 'zod';
import type { NumericArray } from '../numeric-array.ts';

export const boundaryHistorySchema = z.strictObject({
  kind: z.literal('boundary-history'),
  size: z.number().int().min(8).max(64).default(20).meta({
    label: 'Grid points a side',
    help: 'Where on the plane of the inputs every network is asked at every snapshot.',
  }),
  patterns: z.number().int().min(2).max(64).default(10).meta({
    label: 'Patterns',
    help: 'Principal components that the answers of all networks are kept in.',
  }),
});

export type BoundaryHistorySpec = z.output<typeof boundaryHistorySchema>;

/**
 * Answers (second output less the first) of N networks at S snapshots, as their mean and R principal components:
 * `answer[s, n] = mean + sum over r of amounts[s, n, r] patterns[r]`.
 */
export interface BoundaryHistoryResult {
  /** Networks that did not diverge, by index. */
  readonly networks: readonly number[];
  /** `[minimum x, maximum x, minimum y, maximum y]`, normalised features. */
  readonly extent: readonly number[];
  /** `[S]`: the epoch of each snapshot. */
  readonly epochs: NumericArray;
  /** `[size, size]`: rows from minimum y upwards. */
  readonly mean: NumericArray;
  /** `[R, size, size]`. */
  readonly patterns: NumericArray;
  /** `[S, N, R]`, in units of each pattern's standard deviation. */
  readonly amounts: NumericArray;
  /** How far a boundary lies from the true one where it crosses a line of the grid, in shares of the grid's side. */
  readonly shift: { readonly median: number; readonly highest99: number; readonly largest: number };
}
