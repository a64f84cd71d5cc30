// What a run will take, said before it is begun.
import { batchSizeOf, totalSteps } from '../../learning/batches.ts';
import { dataDimensions } from '../../learning/data-dimensions.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { checkMemory, estimateMemory, formatBytes } from '../../learning/memory.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { pageMemory } from '../../worker/limits.ts';

/** Multiply-adds a second where nothing has been measured yet: one thread of WebAssembly on a small laptop. */
const assumedSpeed = 1.5e9;

/** Seconds that a step takes however little it computes. */
const secondsPerStep = 1e-3;

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
  const testCount = Math.round(dimensions.samples * experiment.testFraction);
  const train = { count: dimensions.samples - testCount };
  const size = { ...dimensions, train, test: { count: testCount } };
  const weights = parameterCount(networkShapeOf(experiment, size));
  const steps = totalSteps(experiment, train);
  const { bytes } = estimateMemory(experiment, size);
  const { grid } = experiment;
  const surface = grid.size ** 2 * weights * dimensions.samples;
  const work = trainingWork(experiment, size) * steps + surface;
  const time = formatDuration(work / (speed ?? assumedSpeed) + steps * secondsPerStep);
  return {
    sentence:
      `${experiment.initialisations.toLocaleString('en')} networks of ${weights.toLocaleString('en')} weights, ` +
      `${steps.toLocaleString('en')} steps ${batchesOf(experiment)}: about ${formatBytes(bytes)} of memory and ${time}` +
      (speed === null ? ' on WebAssembly.' : ' at the speed last measured here.'),
    refusal: refusalOf(experiment, size),
  };
}

/** Multiply-adds a second, from the milliseconds that a step took. */
export function speedOf(experiment: Experiment, size: Size, millisecondsPerStep: number): number {
  const seconds = Math.max(millisecondsPerStep / 1000 - secondsPerStep, 1e-4);
  return trainingWork(experiment, size) / seconds;
}

const batchesOf = ({ batchSize }: Experiment): string =>
  batchSize === 'full' ? 'on all points at once' : `on ${batchSize} points each`;

interface Size {
  readonly features: number;
  readonly outputs: number;
  readonly train: { readonly count: number };
  readonly test: { readonly count: number };
}

/** Multiply-adds of one step of all networks: forward, and about twice that backward. */
function trainingWork(experiment: Experiment, size: Size): number {
  const weights = parameterCount(networkShapeOf(experiment, size));
  return 3 * experiment.initialisations * weights * batchSizeOf(experiment, size.train);
}

function refusalOf(experiment: Experiment, size: Size): string | null {
  try {
    checkMemory(experiment, size, pageMemory.whole);
    return null;
  } catch (error) {
    if (error instanceof ExperimentError)
      // The sentence is meant for the command too, where the budget can be raised.
      return `${error.message.replace(/^experiment \S+/, 'This').replace(', or raise the budget', '')}.`;
    throw error;
  }
}

export function formatDuration(seconds: number): string {
  if (seconds < 1.5) return 'about a second';
  if (seconds < 90) return `about ${Math.round(seconds)} seconds`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} minutes`;
  return `about ${Math.round(seconds / 3600)} hours`;
}
