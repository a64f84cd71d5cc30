// How much of an experiment's work each stage is, so that the time left can be told.
import { batchSizeOf } from '../../src/learning/batches.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import type { PreparedData } from '../../src/learning/samples.ts';

export const stageNames = ['data', 'training', 'landscape', 'display', 'writing'] as const;
export type StageName = (typeof stageNames)[number];

/**
 * Shares of the sample evaluations (a network on a sample, forward; forward and backward count
 * three); preparing and writing are small constants. They sum to 1.
 */
export function stageShares(experiment: Experiment, data: PreparedData): Record<StageName, number> {
  const { initialisations, epochs, recordEvery, grid, snapshots } = experiment;
  const batch = batchSizeOf(experiment, data.train);
  const stepsPerEpoch = Math.max(1, Math.floor(data.train.count / batch));
  const everySample = data.train.count + data.test.count;
  const records = epochs / recordEvery;
  const training = initialisations * (epochs * stepsPerEpoch * batch * 3 + records * everySample);
  const surface = grid.size ** 2 * everySample;
  const markers = snapshots * initialisations * data.train.count;
  const work = (training + surface + markers) / 0.94;
  return {
    data: 0.01,
    training: training / work,
    landscape: (surface + markers) / work,
    display: 0.03,
    writing: 0.02,
  };
}
