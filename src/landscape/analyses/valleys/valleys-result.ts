// What the analysis of valleys is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { PairedComparison } from '../../comparison/effect-size.ts';
import { named } from '../analysis.ts';
import type { NumericArray } from '../numeric-array.ts';
import type { Pairs } from '../straight-lines.ts';

export const valleysSchema = z.strictObject({
  kind: z.literal('valleys'),
  points: z.number().int().min(9).max(401).default(81).meta({ label: 'Points a line' }),
  reach: z.number().gt(0).max(4).default(1).meta({
    label: 'Reach',
    help: 'How far the line goes on beyond either end, as a share of their distance.',
  }),
  rise: z.number().gt(0).max(10).default(0.1).meta({
    label: 'Rise',
    help: 'The width of a valley is that of the stretch on which the loss stays within this of its end.',
  }),
  shift: z.number().int().min(0).max(999).default(1).meta({
    label: 'Shift',
    help: 'Network n of one condition is paired with network n + shift of the other; with 0, both began at the same weights.',
  }),
  lines: named(z.strictObject({ from: z.string(), to: z.string() })).meta({
    label: 'Lines',
    help: 'Each from networks of one condition to those of another; all are measured by the data of the first.',
  }),
  reversal: z.strictObject({ without: z.string(), with: z.string() }).optional().meta({
    label: 'Reversal',
    help: 'Names two of the lines, without and with weight decay, each from a small to a large batch.',
  }),
});

export type ValleysSpec = z.output<typeof valleysSchema>;

export interface ValleyLine {
  readonly from: string;
  readonly to: string;
  /** `[M][2]`: the networks at the ends. */
  readonly pairs: Pairs;
  /** `[T]`: 0 is the network of `from`, 1 that of `to`. */
  readonly alphas: NumericArray;
  /** `[M, T]` each. */
  readonly loss: NumericArray;
  readonly testLoss: NumericArray | null;
  readonly accuracy: NumericArray | null;
  readonly testAccuracy: NumericArray | null;
  /** `[M]` each: width of the valley at either end, in alpha; NaN where it leaves the line. */
  readonly fromWidth: NumericArray;
  readonly toWidth: NumericArray;
  /** Width at `to` less width at `from`. */
  readonly widths: PairedComparison;
  /** Euclidean length of the weights. */
  readonly fromNorm: Estimate;
  readonly toNorm: Estimate;
}

export interface ValleyResult {
  readonly lines: Readonly<Record<string, ValleyLine>>;
}
