// Turns what somebody wrote into a complete experiment, or into one sentence that says what to change.
import { dataDimensions } from './data-dimensions.ts';
import { checkRules } from './experiment-rules.ts';
import { experimentSchema, type Experiment } from './experiment.ts';
import { parseBySchema } from './parse-by-schema.ts';

export { applySettings } from './apply-settings.ts';
export { ExperimentError } from './experiment-error.ts';

/**
 * A complete experiment from a plain value (parsed JSON). `where` is the place named in errors, such as a file.
 * Where `snapshots` is left out, it is 21, or one per step and one before the first, if that is less.
 * Throws `ExperimentError`: `hiddenSizes[1] is 0: a layer needs at least one unit (experiments/moons.json)`.
 */
export function parseExperiment(value: unknown, where: string): Experiment {
  const parsed = parseBySchema(experimentSchema, value, where);
  const experiment = Object.hasOwn(value as object, 'snapshots')
    ? parsed
    : { ...parsed, snapshots: Math.min(parsed.snapshots, leastSteps(parsed) + 1) };
  checkRules(experiment, where);
  return experiment;
}

/** Steps that training takes at least, as far as that is known before the data is read. */
function leastSteps({ data, batchSize, testFraction, epochs }: Experiment): number {
  const samples = dataDimensions(data)?.samples;
  if (batchSize === 'full' || !samples) return epochs;
  const train = samples - Math.round(samples * testFraction);
  return epochs * Math.max(1, Math.floor(train / batchSize));
}
