// What a run will take, said before it is begun.
import { dataDimensions } from '../../learning/data-dimensions.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { formatBytes } from '../../learning/memory.ts';
import {
  assumedSpeed,
  costOf,
  formatDuration,
  refusalOf,
  secondsOf,
  sizeOf,
} from '../estimate/run-cost.ts';

export { speedOf } from '../estimate/run-cost.ts';

export interface Estimate {
  readonly sentence: string;
  /** Why it cannot run here; null where it can. */
  readonly refusal: string | null;
}

/** @param speed multiply-adds a second, from the last run here; null before the first. */
export function estimateRun(experiment: Experiment, speed: number | null): Estimate {
  const dimensions = dataDimensions(experiment.data);
  if (!dimensions) {
    return { sentence: 'What this takes is known once the file has been read.', refusal: null };
  }
  const size = sizeOf(experiment, dimensions);
  const cost = costOf(experiment, size);
  const time = formatDuration(secondsOf(cost, speed ?? assumedSpeed));
  return {
    sentence:
      `${experiment.initialisations.toLocaleString('en')} networks of ${cost.weights.toLocaleString('en')} weights, ` +
      `${cost.steps.toLocaleString('en')} steps ${batchesOf(experiment)}: about ${formatBytes(cost.bytes)} of memory and ${time}` +
      (speed === null ? ' on WebAssembly.' : ' at the speed last measured here.'),
    refusal: refusalOf(experiment, size),
  };
}

const batchesOf = ({ batchSize }: Experiment): string =>
  batchSize === 'full' ? 'on all points at once' : `on ${batchSize} points each`;
