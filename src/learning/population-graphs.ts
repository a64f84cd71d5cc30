// The graphs by which the networks of a run are trained and measured, and how many networks go through them at once.
import type { Tensor } from '../engine/graph/index.ts';
import { batchSizeOf } from './batches.ts';
import { chunkSize, type ChunkRoom } from './chunks.ts';
import type { Experiment } from './experiment.ts';
import type { NetworkShape } from './network-shape.ts';
import type { OptimiserRule } from './optimisers.ts';
import type { PreparedData } from './samples.ts';
import { measurement, trainingSteps } from './training-graph.ts';

export interface PopulationGraphOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  /** What they will be compiled for. */
  readonly executor: ChunkRoom;
  readonly memoryBudget?: number | undefined;
  readonly network: NetworkShape;
  readonly rule: OptimiserRule;
}

export interface PopulationGraphs {
  /** Networks of a chunk; every chunk goes through the same graphs. */
  readonly size: number;
  /** So many steps of the optimiser in one graph, see `trainingSteps`. */
  steps(steps: number): Record<string, Tensor>;
  /** See `measurement`. */
  measurement(): Record<string, Tensor>;
}

export function populationGraphs(options: PopulationGraphOptions): PopulationGraphs {
  const { experiment, data, executor, memoryBudget, network, rule } = options;
  const { loss, initialisations } = experiment;
  const [trainCount, testCount] = [data.train.count, data.test.count];
  const batch = batchSizeOf(experiment, data.train);
  const largest = Math.max(batch, trainCount, testCount);
  const size = chunkSize(network, largest, initialisations, executor, memoryBudget);
  const sameBatch = batch === trainCount;
  const classes = data.classNames.length > 0;
  return {
    size,
    steps: (steps) =>
      trainingSteps({ network, loss, rule, networks: size, batch, steps, sameBatch }),
    measurement: () =>
      measurement({ network, loss, networks: size, trainCount, testCount, classes }),
  };
}
