// What the analysis of forks is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { NumericArray } from '../numeric-array.ts';

export const forksSchema = z.strictObject({
  kind: z.literal('forks'),
  condition: z.string().optional().meta({ label: 'Condition' }),
  networks: z.number().int().min(2).max(200).default(10).meta({ label: 'Networks' }),
  epochs: z
    .array(z.number().int().min(0).max(100_000))
    .min(2)
    .max(20)
    .default([0, 1, 2, 5, 10, 20, 40, 80])
    .meta({
      label: 'Epochs of forks',
      help: 'After so many epochs a copy of each network goes on with its data in another order.',
    }),
  orderSeed: z.number().int().min(0).max(0xffffffff).default(1).meta({
    label: 'Seed of the other order',
    help: 'Shuffles the data of the copies.',
  }),
  points: z.number().int().min(3).max(201).default(21).meta({
    label: 'Points a line',
    help: 'At how many networks of each straight line the loss is evaluated, ends included.',
  }),
});

export type ForksSpec = z.output<typeof forksSchema>;

export interface ForksResult {
  /** By number; those that diverged are left out. */
  readonly networks: readonly number[];
  readonly epochs: readonly number[];
  /** `[F, M, P]`: where the copies ended; the other end is that of the run itself. */
  readonly ends: NumericArray;
  /** `[F, M, T]`: training loss on the straight line from a run's end to its copy's. */
  readonly losses: NumericArray;
  /** `[M, T]`: the same from each network's end to the next one's, the last one's to the first's. */
  readonly strangers: NumericArray;
  /** `[F, M]` and `[M]`: rise of the training loss above the line between its ends, nats. */
  readonly barriers: NumericArray;
  readonly strangerBarriers: NumericArray;
  /** By fork, over networks; and of different starts. */
  readonly meanBarriers: readonly Estimate[];
  readonly meanStrangerBarrier: Estimate;
  /** By fork, over networks: Euclidean distance of the two ends; and of different starts. */
  readonly distances: readonly Estimate[];
  readonly strangerDistance: Estimate;
}
