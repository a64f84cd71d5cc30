// Which samples each optimiser step sees; all networks see the same ones in the same order.
import { ExperimentError } from './experiment-error.ts';
import type { Experiment } from './experiment.ts';
import { randomStream } from './random.ts';
import type { Samples } from './samples.ts';
import { seedsOf, type SeedSettings } from './seeds.ts';

/** Samples of one step: `'full'` is all of them. */
export function batchSizeOf(
  experiment: Pick<Experiment, 'batchSize'>,
  samples: Pick<Samples, 'count'>,
): number {
  const { batchSize } = experiment;
  if (batchSize === 'full') return samples.count;
  if (batchSize > samples.count) {
    throw new ExperimentError(
      `batchSize is ${batchSize}: the training part has ${samples.count} samples, so expected at most ${samples.count}, or "full"`,
    );
  }
  return batchSize;
}

/** floor(samples / batch size): samples that do not fill a last batch sit this epoch out. */
export function stepsPerEpoch(
  experiment: Pick<Experiment, 'batchSize'>,
  samples: Pick<Samples, 'count'>,
): number {
  return Math.floor(samples.count / batchSizeOf(experiment, samples));
}

export function totalSteps(
  experiment: Pick<Experiment, 'batchSize' | 'epochs'>,
  samples: Pick<Samples, 'count'>,
): number {
  return experiment.epochs * stepsPerEpoch(experiment, samples);
}

/**
 * The samples of one epoch (0 is the first), batch after batch: `[stepsPerEpoch * batchSize]`.
 * Every epoch is a new seeded shuffle without replacement, so the few that are dropped because they
 * do not fill a batch are others each time. A full batch keeps the samples' own order: its gradient
 * does not depend on it.
 */
export function batchOrder(
  experiment: Pick<Experiment, 'batchSize'> & SeedSettings,
  samples: Pick<Samples, 'count'>,
  epoch: number,
): Int32Array {
  const order = Int32Array.from({ length: samples.count }, (_, i) => i);
  if (batchSizeOf(experiment, samples) === samples.count) return order;
  randomStream(seedsOf(experiment).order, 'batches', epoch).shuffle(order);
  return order.subarray(0, stepsPerEpoch(experiment, samples) * batchSizeOf(experiment, samples));
}
