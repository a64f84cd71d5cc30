// How the learning rate changes over a run.
import type { Experiment, Schedule } from './experiment.ts';

/** The rate for 0-based `step`: that of the last change so far, or else what the schedule makes of the experiment's. */
export function rateOf(
  {
    schedule,
    learningRate,
    rateChanges = [],
  }: Pick<Experiment, 'schedule' | 'learningRate' | 'rateChanges'>,
  step: number,
  totalSteps: number,
  stepsPerEpoch: number,
): number {
  const change = rateChanges.findLast((each) => each.step <= step);
  return (
    change?.learningRate ?? learningRateAt(schedule, learningRate, step, totalSteps, stepsPerEpoch)
  );
}

/**
 * The rate for 0-based `step`. Cosine: f + (1 - f)(1 + cos(pi t / T)) / 2 (Loshchilov & Hutter 2017, eq. 5,
 * without restarts), with f the final fraction and T the whole run or `overEpochs`, after which it stays; step: times `factor` every `everyEpochs` epochs.
 */
export function learningRateAt(
  schedule: Schedule,
  rate: number,
  step: number,
  totalSteps: number,
  stepsPerEpoch: number,
): number {
  switch (schedule.kind) {
    case 'constant':
      return rate;
    case 'cosine': {
      const { overEpochs } = schedule;
      const length = overEpochs === undefined ? totalSteps : overEpochs * stepsPerEpoch;
      const falling = (1 + Math.cos((Math.PI * Math.min(step, length)) / length)) / 2;
      return rate * (schedule.finalFraction + (1 - schedule.finalFraction) * falling);
    }
    case 'step':
      return rate * schedule.factor ** Math.floor(step / (schedule.everyEpochs * stepsPerEpoch));
  }
}
