// How much memory an experiment needs at the least, and the sentence that refuses one that cannot fit.
import { networkBytes } from './chunks.ts';
import { ExperimentError } from './experiment-error.ts';
import type { Experiment } from './experiment.ts';
import { networkShapeOf } from './network-of.ts';
import { parameterCount } from './network-shape.ts';
import { optimiserRule } from './optimisers.ts';

/** What the estimate must know of the data. */
export interface DataSize {
  readonly features: number;
  readonly outputs: number;
  readonly train: { readonly count: number };
  readonly test: { readonly count: number };
}

export interface MemoryEstimate {
  /** The least that the experiment can run in, in bytes: everything that must be held at once, and one network's pass. */
  readonly bytes: number;
  /** One phrase: what takes how much, the largest first. */
  readonly explanation: string;
  /** Bytes that do not depend on how many networks go through a graph at once. */
  readonly fixed: number;
  /** Bytes for each network that goes through a graph at once. */
  readonly perNetwork: number;
}

interface Part {
  readonly bytes: number;
  readonly what: string;
  readonly remedy: string;
}

const float32 = 4;
const float64 = 8;

/** Loss and accuracy, train and test. */
const valuesPerGridPoint = 4;
/** Loss and accuracy, train and test, and the gradient norm. */
const valuesPerRecord = 5;
/** The matrix whose eigenvectors PCA wants, these eigenvectors, and the room to find them. */
const projectionMatrices = 3;

function partsOf(experiment: Experiment, data: DataSize): { held: Part[]; step: Part } {
  const {
    initialisations: networks,
    snapshots,
    optimiser,
    weightDecay,
    epochs,
    recordEvery,
    grid,
    directions,
  } = experiment;
  const network = networkShapeOf(experiment, data);
  const weights = parameterCount(network);
  const samples = data.train.count + data.test.count;
  const points = snapshots * networks;
  const records = Math.ceil(epochs / recordEvery) + 1;
  const side = directions === 'pca' ? Math.min(points, weights) : 0;
  const many = `${networks} networks of ${weights} weights`;
  return {
    held: [
      {
        bytes: networks * weights * (1 + optimiserRule(optimiser, weightDecay).slots) * float32,
        what: `the weights and optimiser state of ${many}`,
        remedy: 'lower initialisations or hiddenSizes',
      },
      {
        bytes: points * weights * float32,
        what: `${snapshots} snapshots of ${many}`,
        remedy: 'lower snapshots, initialisations or hiddenSizes',
      },
      {
        bytes: records * networks * valuesPerRecord * float32,
        what: `${records} records of ${networks} networks`,
        remedy: 'raise recordEvery or lower epochs or initialisations',
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
      // Losses are measured on a whole part at once, so a small batch does not make this smaller.
      bytes: networkBytes(network, Math.max(data.train.count, data.test.count)),
      what: 'a pass of one network over all samples',
      remedy: 'lower hiddenSizes or use fewer samples',
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
