// An experiment in one line for the terminal.
import type { DataSpec, Experiment, RateChange } from '../src/learning/experiment.ts';
import type { SeedSettings } from '../src/learning/seeds.ts';

/** `50 networks, moons, hidden 64 tanh, adam at 0.01, 100 epochs, full batch, seed 42`. */
export function describeExperiment(experiment: Experiment): string {
  const { initialisations, data, hiddenSizes, activation, optimiser, learningRate } = experiment;
  const { epochs, batchSize, residual, rateChanges = [], start } = experiment;
  const hidden =
    hiddenSizes.length > 0 ? `hidden ${hiddenSizes.join('-')} ${activation}` : 'linear';
  return [
    `${initialisations} networks`,
    dataName(data),
    residual ? `${hidden} residual` : hidden,
    `${optimiser.kind} at ${learningRate}`,
    `${epochs} epochs`,
    batchSize === 'full' ? 'full batch' : `batches of ${batchSize}`,
    ...seedsInWords(experiment),
    ...(start ? [`starting from ${start.path}`] : []),
    ...(rateChanges.length > 0 ? [changesOf(rateChanges)] : []),
  ].join(', ');
}

/** `seed 42`, and each purpose that has a seed of its own: `starts of seed 7`. */
function seedsInWords(experiment: SeedSettings): string[] {
  const { seed, dataSeed, splitSeed, startSeed, orderSeed } = experiment;
  const own = { data: dataSeed, split: splitSeed, starts: startSeed, batches: orderSeed };
  return [
    `seed ${seed}`,
    ...Object.entries(own).flatMap(([purpose, drawn]) =>
      drawn === undefined ? [] : [`${purpose} of seed ${drawn}`],
    ),
  ];
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
