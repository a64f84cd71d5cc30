// All analyses, by kind.
import { z } from 'zod';
import type { Analysis } from './analysis.ts';
import { averages } from './averages.ts';
import { barriers } from './barriers.ts';
import { boundaries } from './boundaries.ts';
import { boundaryHistory } from './boundary-history.ts';
import { convexity } from './convexity.ts';
import { curvature } from './curvature.ts';
import { curves } from './curves.ts';
import { forks } from './forks.ts';
import { functionSpace } from './function-space.ts';
import { landscape } from './landscape.ts';
import { layerScale } from './layer-scale.ts';
import { outcomes } from './outcomes.ts';
import { principalClouds } from './principal-clouds.ts';
import { projections } from './projections.ts';
import { renumbering } from './renumbering.ts';
import { rescaling } from './rescaling.ts';
import { road } from './road.ts';
import { sharpnessAlong } from './sharpness-along.ts';
import { slices } from './slices.ts';
import { trajectories } from './trajectories.ts';
import { turnedPlanes } from './turned-planes.ts';
import { valleys } from './valleys.ts';

const analyses = {
  averages,
  barriers,
  'boundary-history': boundaryHistory,
  convexity,
  curvature,
  curves,
  forks,
  'function-space': functionSpace,
  'layer-scale': layerScale,
  outcomes,
  'principal-clouds': principalClouds,
  projections,
  renumbering,
  rescaling,
  road,
  'sharpness-along': sharpnessAlong,
  slices,
  trajectories,
  'turned-planes': turnedPlanes,
  valleys,
};

/** The settings of one analysis; `kind` tells them apart. */
export const analysisSchema = z.discriminatedUnion('kind', [
  averages.schema,
  barriers.schema,
  boundaryHistory.schema,
  convexity.schema,
  curvature.schema,
  curves.schema,
  forks.schema,
  functionSpace.schema,
  layerScale.schema,
  outcomes.schema,
  principalClouds.schema,
  projections.schema,
  renumbering.schema,
  rescaling.schema,
  road.schema,
  sharpnessAlong.schema,
  slices.schema,
  trajectories.schema,
  turnedPlanes.schema,
  valleys.schema,
]);

export type AnalysisSpec = z.output<typeof analysisSchema>;

/** Analyses of one condition whose snapshots are all kept: nobody asks for them, and every run has them. */
const ofWholeRuns = { landscape, boundaries };

/** As an artifact carries them. */
export const answeredSchema = z.discriminatedUnion('kind', [
  ...analysisSchema.options,
  landscape.schema,
  boundaries.schema,
]);

export type AnsweredSpec = z.output<typeof answeredSchema>;

/** By name, in the order in which they run. */
export const analysesOfWholeRuns = {
  landscape: { kind: 'landscape' },
  boundaries: { kind: 'boundaries' },
} as const satisfies Readonly<Record<string, AnsweredSpec>>;

export const isOfWholeRuns = (kind: AnsweredSpec['kind']): boolean =>
  Object.hasOwn(ofWholeRuns, kind);

/** The analysis of these settings; its own types are known where it is defined. */
export const analysisOf = ({ kind }: AnsweredSpec): Analysis =>
  ({ ...analyses, ...ofWholeRuns })[kind] as unknown as Analysis;
