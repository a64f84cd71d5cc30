// What the analysis of rescaling is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { NumericArray } from '../numeric-array.ts';

export const rescalingSchema = z.strictObject({
  kind: z.literal('rescaling'),
  condition: z.string().optional(),
  networks: z.number().int().min(2).max(200).default(8).meta({ label: 'Networks' }),
  factor: z.number().gt(1).max(100).default(4).meta({
    label: 'Largest factor',
    help: 'Each hidden unit is scaled by a factor between 1 over this and this, evenly drawn on a log scale.',
  }),
  points: z.number().int().min(5).max(401).default(61).meta({ label: 'Points a line' }),
  radius: z.number().gt(0).max(100).default(2).meta({
    label: 'Radius',
    help: 'Reach of the line through each network along one random unit direction, in weight-space distance.',
  }),
  directions: z.number().int().min(2).max(200).default(16),
  epsilon: z.number().gt(0).max(1).default(1e-3),
});

export type RescalingSpec = z.output<typeof rescalingSchema>;

export const measures = [
  'largestEigenvalue',
  'epsilonSharpness',
  'filterNormalised',
  'adaptive',
  'weightNorm',
] as const;

export type Measure = (typeof measures)[number];

export const byMeasure = <Of>(make: (name: Measure) => Of): Record<Measure, Of> =>
  Object.fromEntries(measures.map((name) => [name, make(name)])) as Record<Measure, Of>;

export interface RescalingResult {
  readonly networks: readonly number[];
  /** Largest change of any output (logit) of any network on any training point, and the size of the outputs. */
  readonly outputChange: number;
  readonly outputSize: number;
  /** `[M]` each: the same of each network. */
  readonly outputChanges: NumericArray;
  readonly outputSizes: NumericArray;
  /** `[M]` each, before and after. */
  readonly before: Readonly<Record<Measure, NumericArray>>;
  readonly after: Readonly<Record<Measure, NumericArray>>;
  /** Mean over networks of |ln(after / before)|: 0 where a measure does not notice. */
  readonly change: Readonly<Record<Measure, Estimate>>;
  /** `[M]`: the same of each network. */
  readonly changes: Readonly<Record<Measure, NumericArray>>;
  /** `[T]`: distance from each network along the line. */
  readonly distance: NumericArray;
  /** `[M, T]` each: training loss along the same direction. */
  readonly lineBefore: NumericArray;
  readonly lineAfter: NumericArray;
  /** `[M]`: distance of the canonical forms (incoming weights of norm 1), over the length of the weights. */
  readonly canonicalDistance: NumericArray;
  readonly rescaled: NumericArray;
}
