// All analyses, by kind.
import { z } from 'zod';
import type { Analysis } from './analysis.ts';
import { barriers } from './barriers.ts';
import { convexity } from './convexity.ts';
import { curvature } from './curvature.ts';
import { curves } from './curves.ts';
import { functionSpace } from './function-space.ts';
import { outcomes } from './outcomes.ts';
import { projections } from './projections.ts';
import { rescaling } from './rescaling.ts';
import { sharpnessAlong } from './sharpness-along.ts';
import { slices } from './slices.ts';
import { trajectories } from './trajectories.ts';
import { valleys } from './valleys.ts';

const analyses = {
  barriers,
  convexity,
  curvature,
  curves,
  'function-space': functionSpace,
  outcomes,
  projections,
  rescaling,
  'sharpness-along': sharpnessAlong,
  slices,
  trajectories,
  valleys,
};

/** The settings of one analysis; `kind` tells them apart. */
export const analysisSchema = z.discriminatedUnion('kind', [
  barriers.schema,
  convexity.schema,
  curvature.schema,
  curves.schema,
  functionSpace.schema,
  outcomes.schema,
  projections.schema,
  rescaling.schema,
  sharpnessAlong.schema,
  slices.schema,
  trajectories.schema,
  valleys.schema,
]);

export type AnalysisSpec = z.output<typeof analysisSchema>;

/** The analysis of these settings; its own types are known where it is defined. */
export const analysisOf = ({ kind }: AnalysisSpec): Analysis =>
  analyses[kind] as unknown as Analysis;
