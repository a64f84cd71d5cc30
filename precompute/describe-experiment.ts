// An experiment in one line for the terminal.
import type { Experiment } from '../src/learning/experiment.ts';

/** `50 networks, moons, hidden 64 tanh, adam at 0.01, 100 epochs, full batch, seed 42`. */
export function describeExperiment(experiment: Experiment): string {
  const { initialisations, data, hiddenSizes, activation, optimiser, learningRate } = experiment;
  const { epochs, batchSize, seed, residual } = experiment;
  const hidden =
    hiddenSizes.length > 0 ? `hidden ${hiddenSizes.join('-')} ${activation}` : 'linear';
  return [
    `${initialisations} networks`,
    data.kind === 'csv' ? data.path : data.kind,
    residual ? `${hidden} residual` : hidden,
    `${optimiser.kind} at ${learningRate}`,
    `${epochs} epochs`,
    batchSize === 'full' ? 'full batch' : `batches of ${batchSize}`,
    `seed ${seed}`,
  ].join(', ');
}
