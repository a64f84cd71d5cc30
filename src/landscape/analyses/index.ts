// All analyses, by kind.
import { z } from 'zod';
import type { Analysis } from './analysis.ts';
import { outcomes } from './outcomes.ts';

const analyses = { outcomes };

const schemas = Object.values(analyses).map(({ schema }) => schema);

/** The settings of one analysis; `kind` tells them apart. */
export const analysisSchema = z.discriminatedUnion('kind', [schemas[0]!, ...schemas.slice(1)]);

export type AnalysisSpec = z.output<typeof analysisSchema>;

/** The analysis of these settings; its own types are known where it is defined. */
export const analysisOf = ({ kind }: AnalysisSpec): Analysis =>
  analyses[kind] as unknown as Analysis;
