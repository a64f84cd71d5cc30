// Which state of a run an answer is about, and the sentence that says when the run has gone on since.
import type { Experiment } from '../../learning/experiment.ts';
import type { ReadyRun } from './analysis-subject.ts';

export interface RunVersion {
  readonly step: number;
  /** The settings that decide which run it is: those that change nothing of what was done are left out. */
  readonly settings: string;
  readonly rateChanges: NonNullable<Experiment['rateChanges']>;
}

export function versionOf({
  training: { state, experiment },
}: Pick<ReadyRun, 'training'>): RunVersion {
  const { epochs, rateChanges = [], name: _name, title: _title, ...decisive } = experiment;
  const { schedule } = decisive;
  // A rate that falls to the end depends on where that is; a run that goes on longer says so in its schedule.
  const settings =
    schedule.kind === 'cosine'
      ? { ...decisive, schedule: { ...schedule, overEpochs: schedule.overEpochs ?? epochs } }
      : decisive;
  return { step: state.step, settings: JSON.stringify(settings), rateChanges };
}

/** What is different now from when it was asked; null where nothing is. @param stepNow the last step that is shown. */
export function whatHasChanged(then: RunVersion, now: RunVersion, stepNow: number): string | null {
  const step = then.step.toLocaleString('en');
  const changesBefore = ({ rateChanges }: RunVersion) =>
    JSON.stringify(rateChanges.filter((change) => change.step < then.step));
  if (then.settings !== now.settings || changesBefore(then) !== changesBefore(now)) {
    return `This is an earlier run, with other settings, as it was at step ${step}.`;
  }
  if (stepNow === then.step) return null;
  return stepNow > then.step
    ? `Of the run as it was at step ${step}; it has gone on since.`
    : `This is an earlier run, as it was at step ${step}.`;
}
