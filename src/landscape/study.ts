// A study: ways of training that are compared, and the questions asked of the networks that come out.
import { z } from 'zod';
import { ExperimentError } from '../learning/experiment-error.ts';
import { experimentSchema, type Experiment } from '../learning/experiment.ts';
import { parseBySchema } from '../learning/parse-by-schema.ts';
import { parseExperiment } from '../learning/parse-experiment.ts';
import type { PlannedCondition } from './analyses/analysis.ts';
import {
  analysesOfWholeRuns,
  analysisOf,
  analysisSchema,
  answeredSchema,
  type AnalysisSpec,
  type AnsweredSpec,
} from './analyses/index.ts';

/** Part of paths into results and of file names. */
const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expected lower-case letters, digits and hyphens');

const writtenConditionSchema = z.strictObject({
  key: slug,
  title: z.string().max(120).optional(),
  /** Settings of the experiment that this condition replaces. */
  set: z.record(z.string(), z.unknown()).default({}),
});

const analysesSchema = z.record(slug, analysisSchema);

/** What an author adds to an experiment's settings. */
const writtenStudySchema = z.object({
  conditions: z.array(writtenConditionSchema).min(1).max(32).optional(),
  analyses: analysesSchema.default({}),
});

/** A complete study, as an artifact carries it. */
export const studySchema = z.strictObject({
  name: experimentSchema.shape.name,
  title: z.string().max(200),
  conditions: z.array(
    // The one condition of a file that lists none is called as the experiment is.
    z.strictObject({
      key: experimentSchema.shape.name,
      title: z.string(),
      experiment: experimentSchema,
    }),
  ),
  analyses: z.record(slug, answeredSchema),
});

/** What an artifact answers: what its study asks. */
export type AnsweredStudy = z.output<typeof studySchema>;

export type StudyCondition = PlannedCondition;

export interface Study {
  readonly name: string;
  readonly title: string;
  /** The settings themselves, before any condition replaces some. */
  readonly base: Experiment;
  readonly conditions: readonly StudyCondition[];
  /** By name, in the order in which they run. */
  readonly analyses: Readonly<Record<string, AnalysisSpec>>;
  /** Whether the author lists conditions; a study without is that of the one run of its experiment. */
  readonly compares: boolean;
}

/**
 * The study of an experiment's file: its settings, and beside them `conditions` (each `{ key, title, set }` replaces
 * settings) and `analyses` (each with its `kind`). A file without conditions has one: its own settings.
 * Throws `ExperimentError`, one sentence.
 */
export function parseStudy(written: Readonly<Record<string, unknown>>, where: string): Study {
  const { conditions: listed, analyses, ...settings } = written;
  const parts = parseBySchema(writtenStudySchema, { conditions: listed, analyses }, where);
  const base = parseExperiment(settings, where);
  const conditions = (parts.conditions ?? []).map(({ key, title, set }): StudyCondition => {
    const place = `${where}, condition ${key}`;
    if (Object.hasOwn(set, 'name')) {
      throw new ExperimentError(
        `set.name is no setting of a condition, which is called by its key: leave it out (${place})`,
      );
    }
    return {
      key,
      title: title ?? key,
      experiment: parseExperiment({ ...settings, ...set, name: base.name }, place),
    };
  });
  checkDistinct(conditions, where);
  const compares = conditions.length > 0;
  if (compares && Object.keys(parts.analyses).length === 0) {
    throw new ExperimentError(
      `conditions are compared by analyses, and there are none: expected at least one, such as "analyses": { "ends": { "kind": "outcomes" } } (${where})`,
    );
  }
  const study: Study = {
    name: base.name,
    title: base.title,
    base,
    conditions: compares ? conditions : [{ key: base.name, title: base.title, experiment: base }],
    analyses: parts.analyses,
    compares,
  };
  checkNames(study, where);
  checkAnalyses(study, where);
  return study;
}

/** As the artifact carries it: a run of its own has its landscape and boundaries before all that its author asks. */
export const answeredStudy = ({
  name,
  title,
  conditions,
  analyses,
  compares,
}: Study): AnsweredStudy => ({
  name,
  title,
  conditions: conditions.map(({ key, title: own, experiment }) => ({
    key,
    title: own,
    // The types differ in `readonly` alone.
    experiment: experiment as AnsweredStudy['conditions'][number]['experiment'],
  })),
  analyses: {
    ...(compares ? {} : analysesOfWholeRuns),
    ...(analyses as Record<string, AnsweredSpec>),
  },
});

/** Names that files of a run have. */
const taken = [...Object.keys(analysesOfWholeRuns), 'data', 'curves'];

function checkNames({ analyses, compares }: Study, where: string): void {
  const name = compares ? undefined : taken.find((each) => Object.hasOwn(analyses, each));
  if (name === undefined) return;
  throw new ExperimentError(
    `an analysis is called "${name}", as a part of every run is: expected another name (${where}, analyses.${name})`,
  );
}

/** What no training can mend (a condition that is not there, too few networks) is told before it. */
function checkAnalyses({ conditions, analyses }: Study, where: string): void {
  for (const [name, spec] of Object.entries(analyses)) {
    try {
      analysisOf(spec).check({ conditions }, spec);
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      throw new ExperimentError(`${error.message} (${where}, analyses.${name})`);
    }
  }
}

function checkDistinct(conditions: readonly StudyCondition[], where: string): void {
  const keys = conditions.map(({ key }) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice === undefined) return;
  throw new ExperimentError(
    `two conditions are called "${twice}": expected each key once; rename one of them (${where})`,
  );
}
