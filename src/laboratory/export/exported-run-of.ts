// A run of the laboratory as an export takes it: the weights of this moment are its last snapshot.
import type { ExportedRun } from '../../artifact/exports/exported-run.ts';
import { convergenceStatistics } from '../../landscape/statistics.ts';
import { historyToNow } from '../../worker/history-to-now.ts';
import type { LabRun } from '../lab-run.ts';
import type { ReadyRun } from '../panels/analysis-subject.ts';

/** @param landscapeInPlane as the laboratory has it now; left out where it is of another moment. */
export function exportedRunOf(
  run: ReadyRun,
  landscapeInPlane: LabRun['landscapeInPlane'],
): ExportedRun {
  const { training, display, csv, startWeights } = run;
  const { experiment } = training;
  const history = historyToNow(training);
  return {
    experiment,
    csv,
    startWeights,
    data: display.data,
    history,
    statistics: convergenceStatistics(history, experiment, history.divergedAt),
    landscapeInPlane:
      landscapeInPlane && isOf(landscapeInPlane, history.snapshotSteps) ? landscapeInPlane : null,
    provider: display.provider,
  };
}

const isOf = ({ landscape }: NonNullable<LabRun['landscapeInPlane']>, steps: Int32Array): boolean =>
  landscape.snapshotSteps.length === steps.length &&
  landscape.snapshotSteps.every((step, i) => step === steps[i]);
