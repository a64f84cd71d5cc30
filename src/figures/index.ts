// The figures by name, each fetched only by a page that shows it.
import type { RunDisplay } from '../artifact/display.ts';
import type { StudyDisplay } from '../artifact/load-study.ts';
import type { Figure } from './figure.ts';

/** The parts of a run's display data that are loaded one by one. */
export type FigurePart = 'curves' | 'boundaries' | 'landscape' | 'data';

interface Entry<Data> {
  // The state's type is the figure's own affair; a page passes what its author wrote.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly load: () => Promise<Figure<Data, any>>;
  /** Its live view is a large download: the page shows the still one until a reader reaches for it. */
  readonly heavy?: boolean;
}

/** Draws a run. */
export interface RunFigureEntry extends Entry<RunDisplay> {
  /** What the figure reads of a run. */
  readonly parts: readonly FigurePart[];
}

/** Draws results of a study: those of the analyses that its tag names. */
export interface StudyFigureEntry extends Entry<StudyDisplay> {
  readonly parts?: undefined;
}

export type FigureEntry = RunFigureEntry | StudyFigureEntry;

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
  'outcomes-by-condition': {
    load: async () => (await import('./outcomes-by-condition.ts')).outcomesByCondition,
  },
  'digit-samples': {
    load: async () => (await import('./digit-samples.ts')).digitSamples,
    parts: ['data'],
  },
  'walk-or-learning': {
    load: async () => (await import('./walk-or-learning.ts')).walkOrLearning,
  },
  'condition-curves': {
    load: async () => (await import('./condition-curves.ts')).conditionCurves,
  },
  'sharpness-along': {
    load: async () => (await import('./sharpness-along.ts')).sharpnessAlong,
  },
  'descent-paths': {
    load: async () => (await import('./descent-paths.ts')).descentPaths,
  },
  'slice-map': {
    load: async () => (await import('./slice-map.ts')).sliceMap,
  },
  'barrier-matrix': {
    load: async () => (await import('./barrier-matrix.ts')).barrierMatrix,
  },
  'alignment-cloud': {
    load: async () => (await import('./alignment-cloud.ts')).alignmentCloud,
  },
  'width-barriers': {
    load: async () => (await import('./width-barriers.ts')).widthBarriers,
  },
  'connecting-curves': {
    load: async () => (await import('./connecting-curves.ts')).connectingCurves,
  },
  'function-distances': {
    load: async () => (await import('./function-distances.ts')).functionDistances,
  },
  'hessian-spectrum': {
    load: async () => (await import('./hessian-spectrum.ts')).hessianSpectrum,
  },
  'hessian-measures': {
    load: async () => (await import('./hessian-measures.ts')).hessianMeasures,
  },
  rescaling: {
    load: async () => (await import('./rescaling.ts')).rescaling,
  },
  'depth-convexity': {
    load: async () => (await import('./depth-convexity.ts')).depthConvexity,
  },
  'width-outcomes': {
    load: async () => (await import('./width-outcomes.ts')).widthOutcomes,
  },
  'valley-lines': {
    load: async () => (await import('./valley-lines.ts')).valleyLines,
  },
  'vanishing-saddle': {
    load: async () => (await import('./vanishing-saddle.ts')).vanishingSaddle,
  },
  'radius-and-ruler': {
    load: async () => (await import('./radius-and-ruler.ts')).radiusAndRuler,
  },
  'slice-surface': {
    load: async () => (await import('./slice-surface.ts')).sliceSurface,
    heavy: true,
  },
  'projection-views': {
    load: async () => (await import('./projection-views.ts')).projectionViews,
  },
  'projection-distance': {
    load: async () => (await import('./projection-distance.ts')).projectionDistance,
    parts: ['landscape'],
  },
  'slice-line': {
    load: async () => (await import('./slice-line.ts')).sliceLine,
  },
};
