// Settings of the panels about planes, lines, paths and curvature.
import { z } from 'zod';
import { sliceSpecSchema } from '../../landscape/directions/plane-spec.ts';
import { parseBySchema } from '../../learning/parse-by-schema.ts';
import { count, define, where, type PanelSettings } from './define-settings.ts';

/** Directions that a page can find by itself: those of a file are read by the command. */
type Directions = z.output<typeof sliceSpecSchema>['directions'];

/** The settings of those slices, but for their dimensions, which are the panel's own. */
function optionsOf(names: readonly Directions[]) {
  const shapes = sliceSpecSchema.options
    .filter(({ shape }) => names.includes(shape.directions.value))
    .map(({ shape }) => Object.entries(shape).filter(([key]) => key !== 'dimensions'));
  const options = shapes.map((entries) => z.strictObject(Object.fromEntries(entries)));
  return z.discriminatedUnion(
    'directions',
    options as unknown as typeof sliceSpecSchema.options,
  ) as z.ZodType<{ readonly directions: Directions }>;
}

const slice = (dimensions: 1 | 2, names: readonly Directions[], usual: PanelSettings['usual']) =>
  define({
    schema: optionsOf(names),
    usual,
    spec(settings) {
      const { directions } = settings;
      const isFree = directions !== 'two-solutions' && directions !== 'three-solutions';
      const written = isFree ? { ...settings, dimensions } : settings;
      const whole = parseBySchema(sliceSpecSchema, written, where, 'the settings');
      return { kind: 'slices', slices: { [directions]: whole } };
    },
  });

export const plane = slice(2, ['random', 'pca', 'three-solutions', 'hessian'], () => ({
  directions: 'random',
}));

export const line = slice(1, ['two-solutions', 'random', 'pca', 'hessian'], (experiment) => ({
  directions: experiment.initialisations >= 2 ? 'two-solutions' : 'random',
}));

export const curvature = (most: number) =>
  define({
    schema: z.strictObject({
      networks: count(1, 1000).default(most).meta({
        label: 'Networks',
        help: 'The first so many that did not diverge.',
      }),
      network: count(0, 999).default(0).meta({
        label: 'Network of the spectrum',
        help: 'Counted from 0; it must not have diverged.',
      }),
      top: count(1, 50).default(5).meta({ label: 'Largest eigenvalues' }),
      bottom: count(0, 50).default(2).meta({ label: 'Smallest eigenvalues' }),
      full: z.boolean().default(true).meta({
        label: 'Every eigenvalue',
        help: 'Of small networks: the whole Hessian is computed and decomposed.',
      }),
      probes: count(2, 1000).default(16).meta({
        label: 'Probes',
        help: 'Random vectors behind each trace; of one alone the error is not known.',
      }),
    }),
    usual: ({ initialisations }) => ({ networks: Math.min(most, initialisations) }),
    spec: ({ networks, network, top, bottom, full, probes }) => ({
      kind: 'curvature',
      networks,
      top,
      bottom,
      probes,
      directions: 16,
      epsilon: 1e-3,
      ascentSteps: 20,
      spectrum: { network, full, probes: 8, steps: 80, points: 400 },
    }),
  });

export const sharpness = define({
  schema: z.strictObject({
    networks: count(1, 1000).default(3).meta({ label: 'Networks' }),
    snapshots: count(2, 1000).default(21).meta({
      label: 'Snapshots',
      help: 'At how many of the snapshots the sharpness is measured, evenly spread.',
    }),
    late: z.number().gt(0).lt(1).default(0.5).meta({
      label: 'Late share',
      help: 'The last share of training over which the plateau is taken.',
    }),
  }),
  usual: ({ initialisations }) => ({ networks: Math.min(3, initialisations) }),
  spec: (settings) => ({ kind: 'sharpness-along', ...settings }),
});

export const walks = define({
  schema: z.strictObject({
    networks: count(2, 200).default(8).meta({
      label: 'Networks',
      help: 'The first so many that did not diverge, and as many walks.',
    }),
    draws: count(1, 200).default(20).meta({
      label: 'Random planes',
      help: 'How many random planes each path is compared with.',
    }),
  }),
  usual: ({ initialisations }) => ({ networks: Math.max(2, Math.min(8, initialisations)) }),
  spec: (settings) => ({ kind: 'trajectories', ...settings }),
});
