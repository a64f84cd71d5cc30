// What the analysis of barriers is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { Trend } from '../../comparison/trend.ts';
import type { NumericArray } from '../numeric-array.ts';

const alignments = ['none', 'weights', 'activations'] as const;

export type Alignment = (typeof alignments)[number];

export const barriersSchema = z.strictObject({
  kind: z.literal('barriers'),
  points: z.number().int().min(3).max(201).default(25).meta({
    label: 'Points a line',
    help: 'At how many networks of each straight line the loss is evaluated, ends included.',
  }),
  networks: z.number().int().min(2).max(1000).default(50).meta({
    label: 'Networks',
    help: 'The first so many of each condition that did not diverge.',
  }),
  alignments: z.array(z.enum(alignments)).min(1).default(['none', 'weights']).meta({
    label: 'Alignments',
    help: "How the second network's hidden units are put in order first: not at all, by weights, or by activations on the training part.",
  }),
});

export type BarriersSpec = z.output<typeof barriersSchema>;

export interface Barriers {
  /** `[N, N]`, symmetric: of the training loss, the test loss, and the shares of errors. */
  readonly train: NumericArray;
  readonly test: NumericArray | null;
  readonly trainError: NumericArray | null;
  readonly testError: NumericArray | null;
  /** Means over pairs; intervals over networks. */
  readonly means: {
    readonly train: Estimate;
    readonly test: Estimate | null;
    readonly trainError: Estimate | null;
    readonly testError: Estimate | null;
    readonly distance: Estimate;
  };
  /** Over all pairs, the mean loss at each point of the line, `[T]`. */
  readonly meanPath: NumericArray;
  /** `[N, N]`: distance in weight space. */
  readonly distance: NumericArray;
}

export interface ConditionBarriers {
  readonly networks: readonly number[];
  /** Units of the hidden layers. */
  readonly hiddenSizes: readonly number[];
  readonly byAlignment: Readonly<Partial<Record<Alignment, Barriers>>>;
}

export interface BarrierResult {
  readonly conditions: Readonly<Record<string, ConditionBarriers>>;
  /** Over conditions in their order, each network's mean barrier with the others; null for a single condition. */
  readonly trends: Readonly<Partial<Record<Alignment, Trend>>> | null;
}
