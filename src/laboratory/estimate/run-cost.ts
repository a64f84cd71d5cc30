// What a run takes, counted: weights, steps, multiply-adds, bytes; and why it cannot be done in a page.
import { batchSizeOf, totalSteps } from '../../learning/batches.ts';
import type { DataDimensions } from '../../learning/data-dimensions.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { checkMemory, estimateMemory, type DataSize } from '../../learning/memory.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { pageMemory } from '../../worker/limits.ts';

export interface RunCost {
  readonly weights: number;
  readonly steps: number;
  /** Multiply-adds of one step of all networks. */
  readonly stepWork: number;
  /** Multiply-adds of the losses that are recorded on the way. */
  readonly recordWork: number;
  /** Multiply-adds of the surface at the end. */
  readonly surfaceWork: number;
  readonly bytes: number;
}

/** Multiply-adds a second where nothing has been measured yet: one thread of WebAssembly on a small laptop. */
export const assumedSpeed = 1.5e9;

/** Seconds that a step takes however little it computes. */
const secondsPerStep = 1e-3;

export function sizeOf(
  { testFraction }: Pick<Experiment, 'testFraction'>,
  { samples, features, outputs }: DataDimensions,
): DataSize {
  const testCount = Math.round(samples * testFraction);
  return { features, outputs, train: { count: samples - testCount }, test: { count: testCount } };
}

/** @throws ExperimentError where nothing is left to train on. */
export function costOf(experiment: Experiment, size: DataSize): RunCost {
  if (size.train.count < 1)
    throw new ExperimentError(
      `testFraction is ${experiment.testFraction}: it leaves none of ${size.test.count} for training; make it smaller`,
    );
  const { initialisations, grid, epochs, recordEvery } = experiment;
  const weights = parameterCount(networkShapeOf(experiment, size));
  const samples = size.train.count + size.test.count;
  const records = Math.ceil(epochs / recordEvery) + 1;
  return {
    weights,
    steps: totalSteps(experiment, size.train),
    stepWork: trainingWork(experiment, size),
    recordWork: records * initialisations * weights * samples,
    surfaceWork: grid.size ** 2 * weights * samples,
    bytes: estimateMemory(experiment, size).bytes,
  };
}

/** Forward, and about twice that backward. */
function trainingWork(experiment: Experiment, size: DataSize): number {
  const weights = parameterCount(networkShapeOf(experiment, size));
  return 3 * experiment.initialisations * weights * batchSizeOf(experiment, size.train);
}

/** @param speed multiply-adds a second. */
export const secondsOf = (
  { steps, stepWork, recordWork, surfaceWork }: RunCost,
  speed: number,
): number => (stepWork * steps + recordWork + surfaceWork) / speed + steps * secondsPerStep;

/** Multiply-adds a second, from the milliseconds that a step took. */
export function speedOf(
  experiment: Experiment,
  size: DataSize,
  millisecondsPerStep: number,
): number {
  const seconds = Math.max(millisecondsPerStep / 1000 - secondsPerStep, 1e-4);
  return trainingWork(experiment, size) / seconds;
}

/** Why it cannot run in a page, in a sentence; null where it can. */
export function refusalOf(experiment: Experiment, size: DataSize): string | null {
  try {
    checkMemory(experiment, size, pageMemory.whole);
    return null;
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    // The sentence is meant for the command too, where the budget can be raised.
    return `${error.message.replace(/^experiment \S+/, 'This').replace(', or raise the budget', '')}.`;
  }
}

export function formatDuration(seconds: number): string {
  if (seconds < 1.5) return 'about a second';
  if (seconds < 90) return `about ${Math.round(seconds)} seconds`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} minutes`;
  if (seconds < 172_800) return `about ${Math.round(seconds / 3600)} hours`;
  return `about ${Math.round(seconds / 86_400).toLocaleString('en')} days`;
}
