// The settings of a curve that is trained between two networks.
import { z } from 'zod';
import { optimiserSchema } from '../../learning/experiment.ts';

export const curveSpecSchema = z.strictObject({
  shape: z.enum(['bezier', 'polygon']).default('bezier').meta({
    label: 'Curve',
    help: 'A Bezier curve, or a chain of straight lines.',
  }),
  bends: z.number().int().min(1).max(8).default(1).meta({
    label: 'Bends',
    help: 'Points between the ends that training moves.',
  }),
  steps: z.number().int().min(1).max(100_000).default(600).meta({ label: 'Steps' }),
  learningRate: z
    .number()
    .gt(0)
    .max(100)
    .default(0.01)
    .meta({ label: 'Learning rate', control: 'logarithmic' }),
  batchSize: z
    .union(
      [z.literal('full'), z.number().int().min(1).max(50_000)],
      'expected "full" or a whole number from 1 to 50000',
    )
    .default('full')
    .meta({ label: 'Batch size' }),
  optimiser: optimiserSchema.prefault({ kind: 'adam' }).meta({ label: 'Optimiser' }),
  seed: z.number().int().min(0).max(4_294_967_295).default(42).meta({ label: 'Seed' }),
});

export type CurveSpec = z.output<typeof curveSpecSchema>;
export type CurveShape = CurveSpec['shape'];
