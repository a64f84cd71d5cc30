// Settings of the panels that compare the networks of a run with each other.
import { z } from 'zod';
import { count, define } from './define-settings.ts';

/** Neighbourhoods must be well below the number of points. */
const neighboursWithin = (networks: number): number =>
  Math.max(1, Math.min(10, Math.floor((networks - 1) / 2)));

const methods = ['pca', 'classical-scaling', 'tsne', 'umap'] as const;
const views = ['weights', 'aligned', 'predictions'] as const;

export const layouts = define({
  schema: z.strictObject({
    of: z.array(z.enum(views)).min(1).default(['weights', 'predictions']).meta({
      label: 'Of',
      help: 'Final weights as they are, aligned to the first network by permuting hidden units, or predictions on the test part.',
    }),
    methods: z
      .array(z.enum(methods))
      .min(1)
      .default(['pca', 'classical-scaling', 'tsne', 'umap'])
      .meta({
        label: 'Methods',
        help: 'Predictions have no principal components: only their distances are known.',
      }),
    perplexity: z.number().gt(1).max(1000).default(15).meta({
      label: 'Perplexity of t-SNE',
      help: 'Effective number of neighbours each point keeps; at most a third of the networks.',
    }),
    neighbours: count(2, 1000).default(15).meta({ label: 'Neighbours of UMAP' }),
    minDistance: z.number().min(0).max(1).default(0.1).meta({ label: 'Minimum distance of UMAP' }),
    qualityNeighbours: count(1, 1000).default(10).meta({
      label: 'Neighbours compared',
      help: 'Size of the neighbourhoods in trustworthiness and continuity; below half the number of networks.',
    }),
  }),
  usual: ({ initialisations: N, data }) => ({
    of: data.kind === 'two-weights' ? ['weights'] : ['weights', 'predictions'],
    perplexity: Math.max(1.5, Math.min(15, Math.floor((N - 1) / 3))),
    neighbours: Math.max(2, Math.min(15, N - 1)),
    qualityNeighbours: neighboursWithin(N),
  }),
  spec({ of, methods: chosen, perplexity, neighbours, minDistance, qualityNeighbours }) {
    const all = {
      pca: { method: 'pca', qualityNeighbours },
      'classical-scaling': { method: 'classical-scaling', qualityNeighbours },
      tsne: { method: 'tsne', perplexity, iterations: 500, qualityNeighbours },
      umap: { method: 'umap', neighbours, minDistance, epochs: 500, qualityNeighbours },
    } as const;
    const projections = Object.fromEntries(chosen.map((method) => [method, all[method]]));
    return { kind: 'projections', of: [...of], projections };
  },
});

export const cloud = define({
  schema: z.strictObject({}),
  usual: () => ({}),
  spec: (_, { initialisations }) => ({
    kind: 'projections',
    of: ['weights', 'aligned'],
    projections: {
      pca: { method: 'pca', qualityNeighbours: neighboursWithin(initialisations) },
    },
  }),
});

export const barriers = define({
  schema: z.strictObject({
    networks: count(2, 1000).default(20).meta({
      label: 'Networks',
      help: 'The first so many that did not diverge. Pairs grow with the square of it.',
    }),
    points: count(3, 201).default(25).meta({
      label: 'Points a line',
      help: 'At how many networks of each straight line the loss is evaluated, ends included.',
    }),
    alignments: z
      .array(z.enum(['none', 'weights', 'activations']))
      .min(1)
      .default(['none', 'weights'])
      .meta({
        label: 'Alignments',
        help: "How the second network's hidden units are put in order first: not at all, by weights, or by activations on the training part.",
      }),
  }),
  usual: ({ initialisations, hiddenSizes }) => ({
    networks: Math.max(2, Math.min(20, initialisations)),
    alignments: hiddenSizes.length > 0 ? ['none', 'weights'] : ['none'],
  }),
  spec: (settings) => ({ kind: 'barriers', ...settings }),
});

export const curves = define({
  schema: z.strictObject({
    pairs: count(1, 500).default(5).meta({
      label: 'Pairs',
      help: 'Networks 0 and 1, 2 and 3, and so on: no network is in two pairs.',
    }),
    bends: count(1, 8).default(1).meta({
      label: 'Bends',
      help: 'Points between the ends that training moves.',
    }),
    steps: count(1, 100_000).default(300).meta({ label: 'Steps' }),
    learningRate: z
      .number()
      .gt(0)
      .max(100)
      .default(0.01)
      .meta({ label: 'Learning rate', control: 'logarithmic' }),
    points: count(3, 401).default(51).meta({ label: 'Points a curve' }),
  }),
  usual: ({ initialisations }) => ({
    pairs: Math.max(1, Math.min(5, Math.floor(initialisations / 2))),
  }),
  spec({ pairs, points, bends, steps, learningRate }, { seed }) {
    const common = {
      bends,
      steps,
      learningRate,
      batchSize: 'full',
      optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      seed,
    } as const;
    return {
      kind: 'curves',
      pairs,
      points,
      curves: {
        bezier: { shape: 'bezier', ...common },
        polygon: { shape: 'polygon', ...common },
      },
    };
  },
});

export const functions = define({
  schema: z.strictObject({
    runs: count(1, 1000).default(10).meta({
      label: 'Runs',
      help: 'Of how many networks the snapshots of one run are compared with each other.',
    }),
    sameShare: z.number().min(0).lt(1).default(0.01).meta({
      label: 'Same function',
      help: 'Two networks are the same solution if they choose different classes on at most this share of samples.',
    }),
    sameDistance: z.number().min(0).max(2).default(0.1).meta({
      label: 'Same weights',
      help: 'Two aligned networks are the same solution if they are at most this share of their length apart.',
    }),
  }),
  usual: ({ initialisations }) => ({ runs: Math.min(10, initialisations) }),
  spec: (settings) => ({ kind: 'function-space', ...settings }),
});
