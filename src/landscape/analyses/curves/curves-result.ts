// What the analysis of curves is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import { curveSpecSchema } from '../../paths/curve-spec.ts';
import { named } from '../analysis.ts';
import type { NumericArray } from '../numeric-array.ts';
import type { Pairs } from '../straight-lines.ts';

export const curvesSchema = z.strictObject({
  kind: z.literal('curves'),
  condition: z.string().optional(),
  pairs: z.number().int().min(1).max(500).default(10).meta({
    label: 'Pairs',
    help: 'Networks 0 and 1, 2 and 3, and so on: no network is in two pairs.',
  }),
  points: z.number().int().min(3).max(401).default(51).meta({ label: 'Points a curve' }),
  curves: named(curveSpecSchema),
});

export type CurvesSpec = z.output<typeof curvesSchema>;

export interface PathLosses {
  /** `[C, T]` each. */
  readonly loss: NumericArray;
  readonly testLoss: NumericArray | null;
  readonly accuracy: NumericArray | null;
  /** `[C]`: of the training loss. */
  readonly barrier: NumericArray;
  readonly meanBarrier: Estimate;
}

export interface CurveResult {
  /** `[C][2]`: the networks at the ends. */
  readonly pairs: Pairs;
  /** `[T]`: 0 is the first end, 1 the second. */
  readonly at: NumericArray;
  readonly straight: PathLosses;
  readonly curves: Readonly<
    Record<
      string,
      PathLosses & {
        readonly shape: 'bezier' | 'polygon';
        /** `[C]`: its length over the distance of its ends. */
        readonly detour: NumericArray;
        readonly meanDetour: Estimate;
        /** `[C, records]`: loss at the drawn points while it was trained. */
        readonly training: NumericArray;
        /** `[C, bends, P]`. */
        readonly bends: NumericArray;
      }
    >
  >;
}
