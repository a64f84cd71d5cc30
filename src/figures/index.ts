// The figures by name, each fetched only by a page that shows it.
import type { RunDisplay, StudyDisplay } from '../artifact/display.ts';
import type { Figure } from './kit/figure.ts';

/** The parts of a run's display data that are loaded one by one. */
export type FigurePart = 'curves' | 'boundaries' | 'boundary-history' | 'landscape' | 'data';

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
  readonly drawsStudies?: false;
}

/** Draws results of a study: those of the analyses that its tag names. */
export interface StudyFigureEntry extends Entry<StudyDisplay> {
  readonly parts?: undefined;
  readonly drawsStudies?: undefined;
}

/** Draws either: whichever its tag names. */
export interface EitherFigureEntry extends Entry<RunDisplay | StudyDisplay> {
  /** What the figure reads of a run. */
  readonly parts: readonly FigurePart[];
  readonly drawsStudies: true;
}

export type FigureEntry = RunFigureEntry | StudyFigureEntry | EitherFigureEntry;

export const figures: Readonly<Record<string, FigureEntry>> = {
  'the-fall': {
    load: async () => (await import('./fall/the-fall.ts')).theFall,
    parts: ['landscape'],
  },
  'loss-curves': {
    load: async () => (await import('./outcomes/loss-curves.ts')).lossCurves,
    parts: ['curves'],
  },
  'outcome-distribution': {
    load: async () => (await import('./outcomes/outcome-distribution.ts')).outcomeDistribution,
    parts: ['curves'],
  },
  'decision-boundaries': {
    load: async () => (await import('./boundaries/decision-boundaries.ts')).decisionBoundaries,
    parts: ['curves', 'data', 'boundaries'],
  },
  'data-boundary': {
    load: async () => (await import('./boundaries/data-boundary.ts')).dataBoundary,
    parts: ['data', 'boundaries'],
  },
  'boundaries-together': {
    load: async () => (await import('./boundaries/data-boundary.ts')).boundariesTogether,
    parts: ['data', 'boundaries'],
  },
  'boundaries-learning': {
    load: async () => (await import('./boundaries/boundaries-learning.ts')).boundariesLearning,
    parts: ['curves', 'data', 'boundary-history'],
  },
  'landscape-map': {
    load: async () => (await import('./slices/landscape-map.ts')).landscapeMap,
    parts: ['landscape'],
    drawsStudies: true,
  },
  'landscape-surface': {
    load: async () => (await import('./surface/landscape-surface.ts')).landscapeSurface,
    parts: ['landscape'],
    drawsStudies: true,
    heavy: true,
  },
  'plane-fidelity': {
    load: async () => (await import('./slices/plane-fidelity.ts')).planeFidelity,
    parts: ['landscape'],
  },
  'explained-variance': {
    load: async () => (await import('./projections/explained-variance.ts')).explainedVariance,
    parts: ['landscape'],
  },
  'outcomes-by-condition': {
    load: async () => (await import('./outcomes/outcomes-by-condition.ts')).outcomesByCondition,
  },
  'digit-samples': {
    load: async () => (await import('./boundaries/digit-samples.ts')).digitSamples,
    parts: ['data'],
  },
  'walk-or-learning': {
    load: async () => (await import('./projections/walk-or-learning.ts')).walkOrLearning,
  },
  'condition-curves': {
    load: async () => (await import('./outcomes/condition-curves.ts')).conditionCurves,
  },
  'sharpness-along': {
    load: async () => (await import('./curvature/sharpness-along.ts')).sharpnessAlong,
  },
  'descent-paths': {
    load: async () => (await import('./slices/descent-paths.ts')).descentPaths,
  },
  'barrier-matrix': {
    load: async () => (await import('./connections/barrier-matrix.ts')).barrierMatrix,
  },
  'alignment-cloud': {
    load: async () => (await import('./projections/alignment-cloud.ts')).alignmentCloud,
  },
  road: {
    load: async () => (await import('./road/road.ts')).road,
  },
  'averaged-weights': {
    load: async () => (await import('./connections/averages.ts')).averagedWeights,
  },
  'forked-runs': {
    load: async () => (await import('./connections/forks.ts')).forkedRuns,
  },
  'width-barriers': {
    load: async () => (await import('./connections/width-barriers.ts')).widthBarriers,
  },
  'renumber-units': {
    load: async () => (await import('./connections/renumber-units.ts')).renumberUnits,
  },
  'connecting-curves': {
    load: async () => (await import('./connections/connecting-curves.ts')).connectingCurves,
  },
  'function-distances': {
    load: async () => (await import('./projections/function-distances.ts')).functionDistances,
  },
  'hessian-spectrum': {
    load: async () => (await import('./curvature/hessian-spectrum.ts')).hessianSpectrum,
  },
  'hessian-measures': {
    load: async () => (await import('./curvature/hessian-measures.ts')).hessianMeasures,
  },
  'layer-gauge': {
    load: async () => (await import('./curvature/layer-gauge.ts')).layerGauge,
  },
  rescaling: {
    load: async () => (await import('./curvature/rescaling.ts')).rescaling,
  },
  'depth-convexity': {
    load: async () => (await import('./slices/depth-convexity.ts')).depthConvexity,
  },
  'width-outcomes': {
    load: async () => (await import('./outcomes/width-outcomes.ts')).widthOutcomes,
  },
  'valley-lines': {
    load: async () => (await import('./connections/valley-lines.ts')).valleyLines,
  },
  'vanishing-saddle': {
    load: async () => (await import('./curvature/vanishing-saddle.ts')).vanishingSaddle,
  },
  'radius-and-ruler': {
    load: async () => (await import('./slices/radius-and-ruler.ts')).radiusAndRuler,
  },
  'projection-views': {
    load: async () => (await import('./projections/projection-views.ts')).projectionViews,
  },
  'projection-distance': {
    load: async () => (await import('./projections/projection-distance.ts')).projectionDistance,
    parts: ['landscape'],
  },
  'projection-lamp': {
    load: async () => (await import('./projections/projection-lamp.ts')).projectionLamp,
  },
  'turned-plane': {
    load: async () => (await import('./slices/turned-plane.ts')).turnedPlane,
  },
  'slice-line': {
    load: async () => (await import('./slices/slice-line.ts')).sliceLine,
  },
};
