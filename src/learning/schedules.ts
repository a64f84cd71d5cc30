// How the learning rate changes over a run.
import type { Schedule } from './experiment.ts';

/**
 * The rate for 0-based `step`. Cosine: f + (1 - f)(1 + cos(pi t / T)) / 2 (Loshchilov & Hutter 2017, eq. 5,
 * without restarts), with f the final fraction; step: times `factor` every `everyEpochs` epochs.
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
      const falling = (1 + Math.cos((Math.PI * step) / totalSteps)) / 2;
      return rate * (schedule.finalFraction + (1 - schedule.finalFraction) * falling);
    }
    case 'step':
      return rate * schedule.factor ** Math.floor(step / (schedule.everyEpochs * stepsPerEpoch));
  }
}
