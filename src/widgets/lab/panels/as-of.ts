// Which state of a run an answer is about, and the sentence that says when the run has gone on since.
import type { ReadyRun } from './subject.ts';

export interface AsOf {
  readonly step: number;
  /** The settings that decide which run it is: those that may change on the way are left out. */
  readonly settings: string;
}

export function asOf({ training: { state, experiment } }: Pick<ReadyRun, 'training'>): AsOf {
  const {
    epochs: _epochs,
    rateChanges: _changes,
    name: _name,
    title: _title,
    ...decisive
  } = experiment;
  return { step: state.step, settings: JSON.stringify(decisive) };
}

/** What is different now from when it was asked; null where nothing is. @param stepNow the last step that is shown. */
export function whatHasChanged(then: AsOf, now: AsOf, stepNow: number): string | null {
  const step = then.step.toLocaleString('en');
  if (then.settings !== now.settings) {
    return `This is an earlier run, with other settings, as it was at step ${step}.`;
  }
  if (stepNow === then.step) return null;
  return stepNow > then.step
    ? `Of the run as it was at step ${step}; it has gone on since.`
    : `This is an earlier run, as it was at step ${step}.`;
}
