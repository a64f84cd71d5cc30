// The figures by name, each fetched only by a page that shows it.
import type { RunDisplay } from '../artifact/display.ts';
import type { Figure } from './figure.ts';

/** The parts of a run's display data that are loaded one by one. */
export type FigurePart = 'curves' | 'boundaries' | 'landscape' | 'data';

export interface FigureEntry {
  // The state's type is the figure's own affair; a page passes what its author wrote.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly load: () => Promise<Figure<RunDisplay, any>>;
  /** What the figure reads of a run. */
  readonly parts: readonly FigurePart[];
  /** Its live view is a large download: the page shows the still one until a reader reaches for it. */
  readonly heavy?: boolean;
}

export const figures: Readonly<Record<string, FigureEntry>> = {
  'loss-curves': {
    load: async () => (await import('./loss-curves.ts')).lossCurves,
    parts: ['curves'],
  },
  'outcome-distribution': {
    load: async () => (await import('./outcome-distribution.ts')).outcomeDistribution,
    parts: ['curves'],
  },
  'decision-boundaries': {
    load: async () => (await import('./decision-boundaries.ts')).decisionBoundaries,
    parts: ['curves', 'data', 'boundaries'],
  },
  'data-boundary': {
    load: async () => (await import('./data-boundary.ts')).dataBoundary,
    parts: ['data', 'boundaries'],
  },
  'boundaries-together': {
    load: async () => (await import('./data-boundary.ts')).boundariesTogether,
    parts: ['data', 'boundaries'],
  },
  'landscape-map': {
    load: async () => (await import('./landscape-map.ts')).landscapeMap,
    parts: ['landscape'],
  },
  'landscape-surface': {
    load: async () => (await import('./landscape-surface.ts')).landscapeSurface,
    parts: ['landscape'],
    heavy: true,
  },
  'plane-fidelity': {
    load: async () => (await import('./plane-fidelity.ts')).planeFidelity,
    parts: ['landscape'],
  },
  'explained-variance': {
    load: async () => (await import('./explained-variance.ts')).explainedVariance,
    parts: ['landscape'],
  },
  'digit-samples': {
    load: async () => (await import('./digit-samples.ts')).digitSamples,
    parts: ['data'],
  },
};
