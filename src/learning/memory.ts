// How much memory an experiment needs at the least, and the sentence that refuses one that cannot fit.
import { batchSizeOf } from './batches.ts';
import { ExperimentError } from './experiment-error.ts';
import type { Experiment } from './experiment.ts';
import { networkShapeOf } from './network-of.ts';
import { parameterCount } from './network-shape.ts';

/** What the estimate must know of the data. */
export interface DataSize {
  readonly features: number;
  readonly outputs: number;
  readonly train: { readonly count: number };
  readonly test: { readonly count: number };
}

export interface MemoryEstimate {
  /** The least that the experiment can run in, in bytes: everything that must be held at once, and one network's step. */
  readonly bytes: number;
  /** One phrase: what takes how much, the largest first. */
  readonly explanation: string;
  /** Bytes that do not depend on how many networks are trained at once. */
  readonly fixed: number;
  /** Bytes of a training step for each network trained at once: activations, their gradients, the update. */
  readonly perNetwork: number;
}

interface Part {
  readonly bytes: number;
  readonly what: string;
  readonly remedy: string;
}

const float32 = 4;
const float64 = 8;

/** Vectors as long as the weights that an optimiser keeps from step to step. */
const optimiserVectors: Record<Experiment['optimiser']['kind'], number> = {
  sgd: 0,
  momentum: 1,
  nesterov: 1,
  rmsprop: 1,
  adam: 2,
  adamw: 2,
};

/** For each unit and sample of a step: before and after the activation, and the gradient of both. */
const valuesPerUnit = 4;
/** For each weight of a step: its gradient, its update, its new value, and one in between. */
const vectorsPerStep = 4;
/** Loss and accuracy, train and test. */
const valuesPerGridPoint = 4;
/** The matrix whose eigenvectors PCA wants, these eigenvectors, and the room to find them. */
const projectionMatrices = 3;

function partsOf(experiment: Experiment, data: DataSize): { held: Part[]; step: Part } {
  const { initialisations: networks, snapshots, optimiser, grid, directions } = experiment;
  const network = networkShapeOf(experiment, data);
  const weights = parameterCount(network);
  const units = network.sizes.slice(1).reduce((sum, size) => sum + size, 0);
  const samples = data.train.count + data.test.count;
  // Losses are measured on all samples of a part at once, forward only.
  const measured = (Math.max(data.train.count, data.test.count) * valuesPerUnit) / 2;
  const trained = batchSizeOf(experiment, data.train) * valuesPerUnit;
  const points = snapshots * networks;
  const side = directions === 'pca' ? Math.min(points, weights) : 0;
  const many = `${networks} networks of ${weights} weights`;
  return {
    held: [
      {
        bytes: networks * weights * (1 + optimiserVectors[optimiser.kind]) * float32,
        what: `the weights and optimiser state of ${many}`,
        remedy: 'lower initialisations or hiddenSizes',
      },
      {
        bytes: points * weights * float32,
        what: `${snapshots} snapshots of ${many}`,
        remedy: 'lower snapshots, initialisations or hiddenSizes',
      },
      {
        bytes: side * side * float64 * projectionMatrices,
        what: `the principal components of ${points} snapshots in ${weights} dimensions`,
        remedy: 'lower snapshots, initialisations or hiddenSizes',
      },
      {
        bytes: grid.size * grid.size * valuesPerGridPoint * float32,
        what: `a surface of ${grid.size} by ${grid.size} points`,
        remedy: 'lower grid.size',
      },
      {
        bytes: samples * (data.features + data.outputs) * float32,
        what: `${samples} samples of ${data.features} features`,
        remedy: 'use fewer samples',
      },
    ],
    step: {
      bytes: (Math.max(trained, measured) * units + vectorsPerStep * weights) * float32,
      what: 'a training step of one network',
      remedy: 'lower hiddenSizes or batchSize',
    },
  };
}

/**
 * An estimate from shapes alone, all networks' weights and snapshots in memory at once: no runtime's own
 * overhead is in it, nor what an executor keeps for reuse.
 */
export function estimateMemory(experiment: Experiment, data: DataSize): MemoryEstimate {
  const { held, step } = partsOf(experiment, data);
  const fixed = held.reduce((sum, { bytes }) => sum + bytes, 0);
  const explanation = largestFirst([...held, step])
    .filter(({ bytes }) => bytes > 0)
    .map(({ bytes, what }) => `${formatBytes(bytes)} for ${what}`)
    .join(', ');
  return { bytes: fixed + step.bytes, explanation, fixed, perNetwork: step.bytes };
}

/** Throws `ExperimentError`, naming the estimate, where not even one network at a time fits in `budget` bytes. */
export function checkMemory(experiment: Experiment, data: DataSize, budget: number): void {
  const { bytes } = estimateMemory(experiment, data);
  if (bytes <= budget) return;
  const { held, step } = partsOf(experiment, data);
  const [largest] = largestFirst([...held, step]) as [Part];
  throw new ExperimentError(
    `experiment ${experiment.name} needs at least ${formatBytes(bytes)}, of which ${formatBytes(largest.bytes)} for ${largest.what}: expected at most the memory budget of ${formatBytes(budget)}; ${largest.remedy}, or raise the budget`,
  );
}

/** How many networks a step may train at once within `budget` bytes: at least 1, at most all of them. */
export function networksPerChunk(
  { fixed, perNetwork }: Pick<MemoryEstimate, 'fixed' | 'perNetwork'>,
  networks: number,
  budget: number,
): number {
  return Math.max(1, Math.min(networks, Math.floor((budget - fixed) / perNetwork)));
}

function largestFirst(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => b.bytes - a.bytes);
}

/** `640 B`, `1.5 MB`, `12 GB`: powers of 1,000, two figures or more. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes || 1) / 3)));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
