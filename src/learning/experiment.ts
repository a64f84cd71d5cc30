// The one description of an experiment: the command validates files with it, the page builds forms from it, artifacts carry it.
import { z } from 'zod';

/** More than a hand on a slider makes in a run. */
export const mostRateChanges = 4_000;

const count = (max: number) => z.number().int().min(1).max(max);

const noise = z
  .number()
  .min(0)
  .max(5)
  .meta({ label: 'Noise', help: 'Standard deviation of the Gaussian added to every coordinate.' });

const seed = z.number().int().min(0).max(4_294_967_295);

const rate = z.number().gt(0).max(100);

/** Where a hand-placed point may lie: within what single precision tells apart well. */
const coordinate = z.number().min(-1e6).max(1e6);

const samples = (standard: number) =>
  z.number().int().min(8).max(50_000).default(standard).meta({ label: 'Points' });

/** What the networks learn from. Generated sets are drawn by the experiment's `dataSeed`, or else its `seed`. */
export const dataSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('moons'), samples: samples(512), noise: noise.default(0.2) }),
  z.strictObject({
    kind: z.literal('circles'),
    samples: samples(512),
    noise: noise.default(0.1),
    factor: z.number().gt(0).lt(1).default(0.5).meta({
      label: 'Inner radius',
      help: 'Radius of the inner circle; the outer one has radius 1.',
    }),
  }),
  z.strictObject({
    kind: z.literal('spirals'),
    samples: samples(512),
    noise: noise.default(0.1),
    classes: z.number().int().min(2).max(10).default(2).meta({ label: 'Arms' }),
    turns: z.number().min(0.25).max(5).default(1).meta({ label: 'Turns' }),
  }),
  z.strictObject({ kind: z.literal('xor'), samples: samples(512), noise: noise.default(0.25) }),
  z.strictObject({
    kind: z.literal('blobs'),
    samples: samples(512),
    noise: noise.default(0.6),
    classes: z.number().int().min(2).max(20).default(3).meta({ label: 'Classes' }),
    features: count(256).default(2).meta({ label: 'Features' }),
  }),
  z.strictObject({ kind: z.literal('two-weights') }),
  z.strictObject({ kind: z.literal('digits') }),
  z.strictObject({
    kind: z.literal('csv'),
    path: z.string().min(1).meta({ label: 'File' }),
    header: z
      .union([z.boolean(), z.literal('auto')], 'expected true, false or "auto"')
      .default('auto')
      .meta({ label: 'Header', help: "Whether the first line names the columns; 'auto' looks." }),
    labelColumn: z
      .union(
        [z.string().min(1), z.number().int().min(0)],
        'expected the name of a column, or its number counted from 0',
      )
      .optional()
      .meta({
        label: 'Label column',
        help: 'Name or zero-based index; the last column if absent.',
      }),
  }),
  z.strictObject({
    kind: z.literal('points'),
    points: z
      .array(z.tuple([coordinate, coordinate, z.number().int().min(0).max(19)]))
      .min(8)
      .max(4_000)
      .meta({
        label: 'Points',
        help: 'Placed by hand: x1, x2 and the class of each, classes counted from 0.',
      }),
  }),
]);

export const optimiserSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sgd') }),
  z.strictObject({ kind: z.literal('momentum'), momentum: z.number().min(0).lt(1).default(0.9) }),
  z.strictObject({ kind: z.literal('nesterov'), momentum: z.number().min(0).lt(1).default(0.9) }),
  z.strictObject({
    kind: z.literal('rmsprop'),
    smoothing: z.number().min(0).lt(1).default(0.99),
    epsilon: z.number().gt(0).max(1).default(1e-8),
  }),
  z.strictObject({
    kind: z.literal('adam'),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    epsilon: z.number().gt(0).max(1).default(1e-8),
  }),
  z.strictObject({
    kind: z.literal('adamw'),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    epsilon: z.number().gt(0).max(1).default(1e-8),
  }),
]);

export const scheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({
    kind: z.literal('cosine'),
    finalFraction: z.number().min(0).max(1).default(0),
    overEpochs: count(100_000).optional().meta({
      label: 'Falls over',
      unit: 'epochs',
      help: 'How long the rate falls; afterwards its last value holds. All epochs if absent.',
    }),
  }),
  z.strictObject({
    kind: z.literal('step'),
    everyEpochs: count(100_000).default(30),
    factor: z.number().gt(0).max(1).default(0.1),
  }),
]);

export const activations = ['tanh', 'relu', 'gelu', 'sigmoid', 'linear'] as const;
export const initialisers = [
  'xavier-uniform',
  'xavier-normal',
  'he-uniform',
  'he-normal',
  'lecun-normal',
  'pytorch-default',
  'normal',
  'zeros',
] as const;
export const losses = ['cross-entropy', 'mean-squared-error'] as const;

/** Defaults are the classic ones: 50 initialisations, one hidden layer of 64, learning rate 0.01, 100 epochs. */
export const experimentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected lower-case letters, digits and hyphens')
    .default('custom'),
  title: z.string().max(200).default(''),
  data: dataSchema.prefault({ kind: 'moons' }),
  testFraction: z.number().min(0).max(0.9).default(0.25).meta({ label: 'Test share' }),
  normalise: z.boolean().default(true).meta({ label: 'Normalise features' }),
  hiddenSizes: z
    .array(z.number().int().min(1, 'a layer needs at least one unit').max(4096))
    .max(32)
    .default([64])
    .meta({
      label: 'Hidden sizes',
      help: 'Units of each hidden layer; none is a linear classifier.',
    }),
  activation: z.enum(activations).default('tanh').meta({ label: 'Activation' }),
  residual: z.boolean().default(false).meta({
    label: 'Residual connections',
    help: 'A hidden layer as wide as its input adds that input to its output.',
  }),
  bias: z.boolean().default(true).meta({ label: 'Biases' }),
  initialiser: z
    .strictObject({
      kind: z.enum(initialisers).default('xavier-uniform'),
      scale: z.number().gt(0).max(100).default(1),
    })
    .prefault({})
    .meta({ label: 'Initialiser' }),
  loss: z.enum(losses).default('cross-entropy').meta({ label: 'Loss' }),
  weightDecay: z.number().min(0).max(10).default(0).meta({ label: 'Weight decay' }),
  optimiser: optimiserSchema.prefault({ kind: 'adam' }).meta({ label: 'Optimiser' }),
  learningRate: rate.default(0.01).meta({ label: 'Learning rate', control: 'logarithmic' }),
  schedule: scheduleSchema.prefault({ kind: 'constant' }).meta({ label: 'Schedule' }),
  rateChanges: z
    .array(
      z.strictObject({
        step: z.number().int().min(0).meta({ label: 'From step', help: 'Counted from 0.' }),
        learningRate: rate.meta({ label: 'Learning rate', control: 'logarithmic' }),
      }),
    )
    .max(mostRateChanges)
    .optional()
    .meta({
      label: 'Rate changes',
      help: 'From each of these steps on the learning rate is the one named, and the schedule no longer applies.',
    }),
  batchSize: z
    .union([z.literal('full'), count(50_000)], 'expected "full" or a whole number from 1 to 50000')
    .default('full')
    .meta({ label: 'Batch size', help: "'full' takes one step per epoch on all training points." }),
  epochs: count(100_000).default(100).meta({ label: 'Epochs' }),
  initialisations: count(1_000).default(50).meta({ label: 'Initialisations' }),
  seed: seed.default(42).meta({ label: 'Seed' }),
  dataSeed: seed.optional().meta({
    label: 'Seed of the data',
    help: 'Draws the generated points instead of the seed, and nothing else.',
  }),
  splitSeed: seed.optional().meta({
    label: 'Seed of the split',
    help: 'Chooses the points kept aside instead of the seed, and nothing else.',
  }),
  startSeed: seed.optional().meta({
    label: 'Seed of the starts',
    help: 'Draws the first weights instead of the seed, and nothing else: other starts on the same data.',
  }),
  orderSeed: seed.optional().meta({
    label: 'Seed of the batches',
    help: 'Draws the order of batches instead of the seed, and nothing else: the same start with other noise.',
  }),
  start: z
    .strictObject({
      path: z.string().min(1).meta({ label: 'File' }),
      tensor: z.string().min(1).optional().meta({
        label: 'Tensor',
        help: "Its name in the file; 'final' if absent.",
      }),
    })
    .optional()
    .meta({
      label: 'Starting weights',
      help: 'A safetensors file with the weights of every network, where training starts instead of drawing them.',
    }),
  recordEvery: count(100_000)
    .default(1)
    .meta({ label: 'Record every', unit: 'epochs', help: 'How often losses are measured.' }),
  snapshots: z
    .number()
    .int()
    .min(2)
    .max(1_000)
    .default(21)
    .meta({ label: 'Snapshots', help: 'How many weight snapshots, first and last included.' }),
  directions: z.enum(['pca', 'weights']).default('pca').meta({
    label: 'Plane',
    help: "'pca': the two leading principal components of all snapshots; 'weights': the two weights themselves.",
  }),
  grid: z
    .strictObject({
      size: z.number().int().min(2).max(401).default(101).meta({ label: 'Grid points a side' }),
      margin: z.number().min(0).max(10).default(0.15).meta({
        label: 'Margin',
        help: 'Empty space around the trajectories, as a share of their range.',
      }),
    })
    .prefault({}),
  converged: z
    .strictObject({
      lossBelow: z.number().gt(0).default(0.3).meta({
        label: 'Converged below',
        help: 'Training loss under which a network counts as converged.',
      }),
    })
    .prefault({}),
});

/** A complete experiment: every default filled in. */
export type Experiment = z.output<typeof experimentSchema>;
/** What an author writes: only what differs from the defaults. */
export type ExperimentInput = z.input<typeof experimentSchema>;
export type Activation = Experiment['activation'];
export type Loss = Experiment['loss'];
export type Optimiser = Experiment['optimiser'];
export type Schedule = Experiment['schedule'];
export type RateChange = NonNullable<Experiment['rateChanges']>[number];
export type StartFile = NonNullable<Experiment['start']>;
export type DataSpec = Experiment['data'];
