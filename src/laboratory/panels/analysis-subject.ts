// A run as the analysis worker is asked about it, and what an answer looks like to a figure.
import type { RunDisplay, StudyDisplay } from '../../artifact/display.ts';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { Answer, Subject } from '../../worker/analysis/analysis-messages.ts';
import { historyToNow } from '../../worker/history-to-now.ts';
import type { SavedTraining } from '../../worker/run/run-messages.ts';
import type { LabRun } from '../lab-run.ts';

/** A run that has been saved and shown: what can be asked about. */
export interface ReadyRun extends LabRun {
  readonly display: RunDisplay;
  readonly training: SavedTraining;
}

export const isReady = (run: LabRun | null | undefined): run is ReadyRun =>
  Boolean(run?.display && run.training);

/** @param run with training. */
export function subjectOf({ key, title, csv, training }: ReadyRun): Subject {
  return { key, title, experiment: training.experiment, csv, history: historyToNow(training) };
}

/** A result of an analysis as if it had been read from a study of these runs. */
export function studyOf(
  name: string,
  spec: AnalysisSpec,
  runs: readonly ReadyRun[],
  { result, claims }: Extract<Answer, { kind: 'analysis' }>,
  provider: string,
): StudyDisplay {
  return {
    study: {
      name: 'laboratory',
      title: runs.map(({ title }) => title).join(' and '),
      conditions: runs.map(({ key, title, training }) => ({
        key,
        title,
        experiment: training.experiment,
      })),
      analyses: { [name]: spec },
    },
    provider,
    conditions: runs.map(({ key, training: { experiment, history }, display: { data } }) => ({
      key,
      // Only files need it, to be told apart.
      dataHash: '',
      sizes: [data.features, ...experiment.hiddenSizes, data.outputs],
      parameters: history.parameters,
      networks: history.networks,
      diverged: history.divergedAt.filter((step) => step >= 0).length,
    })),
    results: { [name]: result },
    claims: Object.fromEntries(claims.map((claim) => [claim.id, claim])),
  };
}
