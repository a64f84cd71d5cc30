// How the settings of a panel are written: a schema, what suits an experiment, and the question that comes of it.
import { z } from 'zod';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { parseBySchema } from '../../learning/parse-by-schema.ts';

export type Written = Readonly<Record<string, unknown>>;

export interface PanelSettings {
  /** Of what the reader sets. */
  readonly schema: z.ZodType;
  /** What suits an experiment: few enough networks, neighbourhoods that there are. */
  usual(experiment: Experiment): Written;
  /** Whole settings of what was written. @throws ExperimentError, one sentence. */
  parse(written: unknown): Written;
  /** @param settings as parsed. @throws ExperimentError */
  spec(settings: Written, experiment: Experiment): AnalysisSpec;
}

export const where = 'the settings of this panel';

export function define<Schema extends z.ZodType>(options: {
  readonly schema: Schema;
  usual(experiment: Experiment): Written;
  spec(settings: z.output<Schema>, experiment: Experiment): AnalysisSpec;
}): PanelSettings {
  const { schema, usual, spec } = options;
  return {
    schema,
    usual,
    parse: (written) => parseBySchema(schema, written, where, 'the settings') as Written,
    spec: (settings, experiment) => spec(settings as z.output<Schema>, experiment),
  };
}

export const count = (least: number, most: number) => z.number().int().min(least).max(most);
