// The description of a slice: which directions, through where, how far and how finely.
import { z } from 'zod';

const network = z.number().int().min(0).max(999);

const centreSchema = z.union(
  [z.literal('mean'), z.strictObject({ network })],
  'expected "mean" or a network, such as { "network": 0 }',
);

const around = (standard: z.output<typeof centreSchema>) =>
  centreSchema.default(standard).meta({
    label: 'Centre',
    help: "The end of one network's training, or the mean of all ends.",
  });

const dimensions = z
  .union([z.literal(1), z.literal(2), z.literal(3)], 'expected 1, 2 or 3')
  .default(2)
  .meta({ label: 'Dimensions', help: 'A line, a plane or a volume.' });

const normalise = (standard: 'none' | 'filter') =>
  z.enum(['none', 'layer', 'filter']).default(standard).meta({
    label: 'Normalise',
    help: "'filter' gives the weights into each unit the norm that they have at the centre, 'layer' those of each layer.",
  });

const biases = z.enum(['zero', 'as-weights']).default('zero').meta({
  label: 'Biases',
  help: "What normalised directions do with biases: 'zero' leaves them alone, 'as-weights' moves along the centre's own.",
});

const grid = {
  size: z.number().int().min(3).max(401).default(61).meta({ label: 'Grid points a side' }),
  radius: z
    .union([z.literal('auto'), z.number().gt(0)], 'expected "auto" or a number above 0')
    .default('auto')
    .meta({
      label: 'Radius',
      help: "How far the grid reaches to either side; 'auto' looks at what should be in view.",
    }),
};

/** A volume of 81 points a side has half a million of them. */
export const largestVolume = 81;

const volumeFits = ({ dimensions: D, size }: { dimensions: number; size: number }): boolean =>
  D < 3 || size <= largestVolume;
const volumeTooLarge = {
  path: ['size'],
  message: `a volume has size^3 points: expected at most ${largestVolume} in 3 dimensions`,
};

const allDiffer = (networks: readonly number[]): boolean =>
  new Set(networks).size === networks.length;
const someAlike = 'expected networks that differ from each other';

export const sliceSpecSchema = z.discriminatedUnion('directions', [
  z
    .strictObject({
      directions: z.literal('random'),
      dimensions,
      normalise: normalise('filter'),
      biases,
      draw: z.number().int().min(0).max(1_000_000).default(0).meta({
        label: 'Draw',
        help: "Which directions of the experiment's seed; another number draws others.",
      }),
      centre: around({ network: 0 }),
      ...grid,
    })
    .refine(volumeFits, volumeTooLarge),
  z
    .strictObject({
      directions: z.literal('pca'),
      dimensions,
      of: z.enum(['all-runs', 'one-run', 'final-weights']).default('all-runs').meta({
        label: 'Principal components of',
        help: 'All snapshots of all networks, those of one network, or where all networks ended.',
      }),
      network: network
        .default(0)
        .meta({ label: 'Network', help: "For 'one-run', counted from 0." }),
      centre: around('mean'),
      ...grid,
    })
    .refine(volumeFits, volumeTooLarge),
  z.strictObject({
    directions: z.literal('two-solutions'),
    line: z
      .tuple([network, network])
      .refine(allDiffer, someAlike)
      .default([0, 1])
      .meta({ label: 'Networks', help: 'The line through where these two ended.' }),
    ...grid,
  }),
  z.strictObject({
    directions: z.literal('three-solutions'),
    plane: z
      .tuple([network, network, network])
      .refine(allDiffer, someAlike)
      .default([0, 1, 2])
      .meta({ label: 'Networks', help: 'The plane through where these three ended.' }),
    ...grid,
  }),
  z
    .strictObject({
      directions: z.literal('hessian'),
      dimensions,
      which: z.enum(['top', 'top-bottom', 'bottom']).default('top').meta({
        label: 'Eigenvectors',
        help: "Of the largest eigenvalues, the smallest, or, with 'top-bottom', one of each.",
      }),
      normalise: normalise('none'),
      biases,
      centre: around({ network: 0 }),
      ...grid,
    })
    .refine(volumeFits, volumeTooLarge)
    .refine(({ which, dimensions: D }) => which !== 'top-bottom' || D === 2, {
      path: ['dimensions'],
      message: '"top-bottom" is one eigenvector of either end: expected 2',
    }),
  z.strictObject({
    directions: z.literal('user'),
    path: z.string().min(1).meta({
      label: 'File',
      help: "A safetensors file with 'directions' [1 to 3, weights] and, if you like, 'origin' [weights].",
    }),
    normalise: normalise('none'),
    biases,
    centre: around({ network: 0 }),
    ...grid,
  }),
]);

/** A complete description: every default filled in. */
export type SliceSpec = z.output<typeof sliceSpecSchema>;
export type Centre = z.output<typeof centreSchema>;
export type Normalisation = 'none' | 'layer' | 'filter';
export type Biases = 'zero' | 'as-weights';
