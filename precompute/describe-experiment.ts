// An experiment in one line for the terminal.
import type { DataSpec, Experiment, RateChange } from '../src/learning/experiment.ts';

/** `50 networks, moons, hidden 64 tanh, adam at 0.01, 100 epochs, full batch, seed 42`. */
export function describeExperiment(experiment: Experiment): string {
  const { initialisations, data, hiddenSizes, activation, optimiser, learningRate } = experiment;
  const { epochs, batchSize, seed, residual, orderSeed, rateChanges = [], start } = experiment;
  const hidden =
    hiddenSizes.length > 0 ? `hidden ${hiddenSizes.join('-')} ${activation}` : 'linear';
  return [
    `${initialisations} networks`,
    dataName(data),
    residual ? `${hidden} residual` : hidden,
    `${optimiser.kind} at ${learningRate}`,
    `${epochs} epochs`,
    batchSize === 'full' ? 'full batch' : `batches of ${batchSize}`,
    `seed ${seed}`,
    ...(orderSeed === undefined ? [] : [`batches of seed ${orderSeed}`]),
    ...(start ? [`starting from ${start.path}`] : []),
    ...(rateChanges.length > 0 ? [changesOf(rateChanges)] : []),
  ].join(', ');
}

function dataName(data: DataSpec): string {
  if (data.kind === 'csv') return data.path;
  return data.kind === 'points' ? `${data.points.length} points placed by hand` : data.kind;
}

/** `rate 0.05 from step 4`, or how many changes there are. */
function changesOf(changes: readonly RateChange[]): string {
  const [{ step, learningRate }] = changes as [RateChange];
  return changes.length === 1
    ? `rate ${learningRate} from step ${step}`
    : `${changes.length} changes of the rate from step ${step}`;
}
