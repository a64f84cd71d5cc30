// What a run of the laboratory will take, in sentences: said before it is begun, with a way to make it less.
import { countedWithCommas } from '../../learning/counted.ts';
import type { DataDimensions } from '../../learning/data-dimensions.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { formatBytes } from '../../learning/memory.ts';
import {
  assumedSpeed,
  costOf,
  formatDuration,
  refusalOf,
  secondsOf,
  sizeOf,
  type RunCost,
} from './run-cost.ts';

export interface LabEstimate {
  readonly sentence: string;
  /** How to make it shorter; null where it is short. */
  readonly advice: string | null;
  /** Why it cannot run here; null where it can. */
  readonly refusal: string | null;
  /** Null where the data are not known yet. */
  readonly seconds: number | null;
}

/** Seconds above which a reader is told how to wait less. */
const long = 120;

/**
 * @param dimensions of the data; null where a file has yet to be read.
 * @param speed multiply-adds a second, measured on this machine; null where nothing was.
 */
export function estimateLab(
  experiment: Experiment,
  dimensions: DataDimensions | null,
  speed: number | null,
): LabEstimate {
  if (!dimensions) {
    const sentence = 'What this takes is known once the file has been read.';
    return { sentence, advice: null, refusal: null, seconds: null };
  }
  const size = sizeOf(experiment, dimensions);
  let cost: RunCost;
  try {
    cost = costOf(experiment, size);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return { sentence: '', advice: null, refusal: `${error.message}.`, seconds: null };
  }
  const used = speed ?? assumedSpeed;
  const seconds = secondsOf(cost, used);
  const { initialisations, batchSize } = experiment;
  const networks = `${countedWithCommas(initialisations, 'network')} of ${countedWithCommas(cost.weights, 'weight')}`;
  const points =
    batchSize === 'full' && size.train.count > 1
      ? `all ${size.train.count.toLocaleString('en')} points`
      : countedWithCommas(batchSize === 'full' ? 1 : batchSize, 'point');
  const source =
    speed === null ? 'assumed, until a run here has been measured' : 'as measured on this machine';
  const refusal = refusalOf(experiment, size);
  if (refusal !== null) return { sentence: `${networks}.`, advice: null, refusal, seconds: null };
  return {
    sentence: `${networks}, ${countedWithCommas(cost.steps, 'step')} on ${points} each: at least ${formatBytes(cost.bytes)} of memory and ${formatDuration(seconds)} (${source}).`,
    advice: seconds > long ? adviceOn(experiment, cost, used, seconds) : null,
    refusal,
    seconds,
  };
}

/** The largest part of the time decides what helps. */
function adviceOn(
  { batchSize, grid }: Experiment,
  cost: RunCost,
  speed: number,
  seconds: number,
): string {
  const surface = cost.surfaceWork / speed;
  if (surface > seconds / 2) {
    const half = Math.max(2, Math.round(grid.size / 2));
    return `Most of it is the surface at the end: ${half} grid points a side take a quarter of that.`;
  }
  const steps = (cost.stepWork * cost.steps) / speed;
  const half = formatDuration(seconds / 2);
  if (steps < seconds / 2 && batchSize !== 'full')
    return 'There are many small steps: larger batches, or fewer epochs, take less.';
  return `Half the epochs, half the networks or half the points take ${half}.`;
}
