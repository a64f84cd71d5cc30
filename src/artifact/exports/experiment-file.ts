// The settings of a run as a file that `atlas run` computes again: only what differs from the standard ones.
import type { Experiment } from '../../learning/experiment.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import { isPlainObject, type PlainObject } from '../../learning/plain-object.ts';
import { canonicalJson } from '../canonical-json.ts';
import { isSameFile, safeFileName } from '../file-name.ts';
import { exportKinds, exportName, readmeFile, startFile } from './catalogue.ts';
import { trainedSoFar, type ExportedRun } from './exported-run.ts';

/** The text of `experiment.json`. */
export const experimentFile = (run: ExportedRun): string =>
  `${plainJson(neededSettings(experimentToRepeat(run)))}\n`;

/**
 * The experiment whose complete run is this one. A run that was stopped after a whole number of epochs is the
 * complete run of so many; one that was stopped within an epoch has no such settings and keeps its own.
 */
export function experimentToRepeat(run: ExportedRun): Experiment {
  const { start: _, ...own } = run.experiment;
  const started: Experiment =
    run.startWeights === null ? own : { ...own, start: { path: startFile } };
  const named = withCsvName(started);
  const { steps, epochs, isComplete } = trainedSoFar(run);
  return isComplete || steps === 0 || !Number.isInteger(epochs)
    ? named
    : shortened(named, steps, epochs);
}

function shortened(experiment: Experiment, steps: number, epochs: number): Experiment {
  const { schedule, rateChanges, snapshots } = experiment;
  const made = rateChanges?.filter(({ step }) => step < steps) ?? [];
  const { rateChanges: _, ...rest } = experiment;
  return {
    ...rest,
    epochs,
    snapshots: Math.min(snapshots, steps + 1),
    schedule:
      schedule.kind === 'cosine'
        ? { ...schedule, overEpochs: schedule.overEpochs ?? experiment.epochs }
        : schedule,
    ...(made.length > 0 ? { rateChanges: made } : {}),
  };
}

/** The name of the reader's CSV file beside the others: no folder, no name that is taken; null where there is none. */
export function csvName(experiment: Experiment): string | null {
  if (experiment.data.kind !== 'csv') return null;
  const last = experiment.data.path.split(/[\\/]/).at(-1) ?? '';
  const name = safeFileName(last, 'data');
  const usable = /.\.(csv|tsv|txt)$/i.test(name) ? name : `${name}.csv`;
  const taken = [...exportKinds.map(({ key }) => exportName(key, 0)), readmeFile, startFile];
  return taken.some((other) => isSameFile(other, usable)) ? `data-${usable}` : usable;
}

function withCsvName(experiment: Experiment): Experiment {
  const path = csvName(experiment);
  if (path === null || experiment.data.kind !== 'csv') return experiment;
  return { ...experiment, data: { ...experiment.data, path } };
}

/** Leaves out every setting whose absence means the same; the name stays. */
export function neededSettings(experiment: Experiment): PlainObject {
  const wanted = canonicalJson(experiment);
  const means = (settings: PlainObject): boolean => {
    try {
      return canonicalJson(parseExperiment(settings, 'the export')) === wanted;
    } catch {
      return false;
    }
  };
  return without(experiment, new Set(['name']), means);
}

function without(
  value: PlainObject,
  kept: ReadonlySet<string>,
  means: (value: PlainObject) => boolean,
): PlainObject {
  let needed = value;
  for (const key of Object.keys(value)) {
    if (kept.has(key)) continue;
    const { [key]: part, ...others } = needed;
    if (means(others)) needed = others;
    else if (isPlainObject(part)) {
      const around = needed;
      needed = {
        ...around,
        [key]: without(part, new Set(), (smaller) => means({ ...around, [key]: smaller })),
      };
    }
  }
  return needed;
}

/** Indented JSON in which a list of numbers takes one line. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /\[[\s\d.,eE+-]+\]/g,
    (list) => `[${list.slice(1, -1).trim().replace(/\s+/g, ' ')}]`,
  );
