// What the analysis of averaged weights is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { NumericArray } from '../numeric-array.ts';

export const averagesSchema = z.strictObject({
  kind: z.literal('averages'),
  condition: z.string().optional().meta({ label: 'Condition' }),
  sizes: z
    .array(z.number().int().min(1).max(1000))
    .min(1)
    .max(12)
    .default([1, 2, 5, 10, 25, 50])
    .meta({
      label: 'Networks averaged',
      help: 'The networks are dealt into disjoint groups of each size; a last group that is not whole is left out.',
    }),
  window: z.number().gt(0).max(1).default(0.25).meta({
    label: 'Late part of a run',
    help: 'The share of the epochs over which the snapshots of one run are averaged.',
  }),
});

export type AveragesSpec = z.output<typeof averagesSchema>;

export const numberings = ['raw', 'aligned'] as const;
export type Numbering = (typeof numberings)[number];

/** Losses of averages on one part of the data. */
export interface PartLosses {
  /** `[G]` each: of the averages as trained and renumbered jointly, size by size, group by group. */
  readonly raw: NumericArray;
  readonly aligned: NumericArray;
  /** `[S, N]`: of the average of the last s + 1 snapshots of each run; row 0 is its end. */
  readonly along: NumericArray;
  /** By size: over its groups. */
  readonly means: Readonly<Record<Numbering, readonly Estimate[]>>;
  /** By size: of an average less the mean of those it averages, over its groups. */
  readonly gains: Readonly<Record<Numbering, readonly Estimate[]>>;
  /** By snapshots averaged: over networks. */
  readonly alongMeans: readonly Estimate[];
  /** Of the average of all late snapshots less that of the end of the same run, over networks. */
  readonly alongGain: Estimate;
}

export interface AveragesResult {
  /** By number; those that diverged are left out. */
  readonly networks: readonly number[];
  /** No larger than there are networks. */
  readonly sizes: readonly number[];
  /** By size. */
  readonly groups: readonly number[];
  /** Epochs of the late snapshots, the last first. */
  readonly lateEpochs: readonly number[];
  readonly train: PartLosses;
  /** Null where there are no test samples. */
  readonly test: PartLosses | null;
}
