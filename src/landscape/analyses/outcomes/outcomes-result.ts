// What the analysis of outcomes is asked, and what it answers.
import { z } from 'zod';
import type { Comparison, PairedComparison } from '../../comparison/effect-size.ts';
import type { ConvergenceStatistics } from '../../statistics.ts';
import type { NumericArray } from '../numeric-array.ts';

export const outcomesSchema = z.strictObject({
  kind: z.literal('outcomes'),
  records: z.number().int().min(2).max(1000).default(101).meta({
    label: 'Records',
    help: 'How many points of each curve are kept, evenly spread.',
  }),
});

export type OutcomesSpec = z.output<typeof outcomesSchema>;

export interface ConditionOutcome {
  /** `[T]`, in epochs. */
  readonly epochs: NumericArray;
  /** `[T, N]` each; null where the condition has none. */
  readonly trainLoss: NumericArray;
  readonly trainAccuracy: NumericArray | null;
  readonly testLoss: NumericArray | null;
  readonly testAccuracy: NumericArray | null;
  readonly gradientNorm: NumericArray;
  readonly statistics: ConvergenceStatistics;
  /** `[N]` each, what the statistics want of the records that are not kept: see `RunEnds`. */
  readonly epochsToThreshold: NumericArray;
  readonly divergedAt: NumericArray;
  /** `[N]`: share of hidden units that give every training point the same answer: dead, or saturated. NaN without any, and for diverged networks. */
  readonly idleUnits: NumericArray;
}

/** Of a condition against the first one, at the end of training. */
export interface ConditionDifference {
  readonly trainLoss: Comparison;
  readonly testAccuracy: Comparison | null;
  /** Network by network, where both conditions begin at the same weights; else null. */
  readonly pairedTrainLoss: PairedComparison | null;
}

export interface OutcomesResult {
  readonly conditions: Readonly<Record<string, ConditionOutcome>>;
  readonly against: string;
  readonly differences: Readonly<Record<string, ConditionDifference>>;
}
