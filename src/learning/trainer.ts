// Trains N networks as one graph; the caller decides when to go on, so that a page can pause it.
import { compileGraph } from '../engine/runtime/executor.ts';
import type { DeviceTensor, Executor, Feed, Program } from '../engine/runtime/executor.ts';
import { onLanes } from '../engine/runtime/lanes.ts';
import { batchSizeOf, stepsPerEpoch, totalSteps } from './batches.ts';
import { cadenceOf } from './cadence.ts';
import { createChunks, disposeState, readWeights, replaceState } from './chunk-state.ts';
import { chunkSize } from './chunks.ts';
import type { Experiment } from './experiment.ts';
import type { TrainingHistory } from './history.ts';
import { initialPopulation } from './initial-weights.ts';
import { networkShapeOf } from './network-of.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import { optimiserRule } from './optimisers.ts';
import { Recorder } from './recorder.ts';
import type { Measured, RunRecords } from './recorder.ts';
import type { PreparedData } from './samples.ts';
import { createStepFeeds, sampleFeeds } from './step-feeds.ts';
import { measurement, stateNames, trainingSteps } from './training-graph.ts';

export interface TrainerOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  readonly executor: Executor;
  /** Where training starts, `[N, P]`; without it, where the experiment's initialiser and seed say. */
  readonly initialWeights?: Float32Array | undefined;
  /** Bytes that activations may take; the networks are trained in chunks that fit. */
  readonly memoryBudget?: number | undefined;
}

export interface TrainingProgress {
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  /** Of training alone, over the steps since the last record, all networks together; 0 for the first. */
  readonly millisecondsPerStep: number;
}

export interface Trainer {
  readonly network: NetworkShape;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Trains up to the next record and makes it; null once training has ended. The first call records step 0. */
  advance(): Promise<TrainingProgress | null>;
  /** All records so far. */
  records(): RunRecords;
  /** All records and snapshots so far: copies every snapshot, so not for every frame of a page. */
  history(): TrainingHistory;
  /** The weights as they are now, `[N, P]`. */
  weights(): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Compiles the experiment's graphs and draws its initial weights; nothing is trained yet.
 * @throws RangeError where `initialWeights` are not one whole network for each initialisation.
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const { experiment, data, executor } = options;
  const network = networkShapeOf(experiment, data);
  const parameters = parameterCount(network);
  const networks = experiment.initialisations;
  const initialWeights =
    options.initialWeights ??
    initialPopulation(network, experiment.initialiser, experiment.seed, networks);
  if (initialWeights.length !== networks * parameters)
    throw new RangeError(
      `initialWeights has ${initialWeights.length} values: ${networks} networks of ${parameters} weights need ${networks * parameters}, one network after the other`,
    );
  const batch = batchSizeOf(experiment, data.train);
  const sameBatch = batch === data.train.count;
  const perEpoch = stepsPerEpoch(experiment, data.train);
  const total = totalSteps(experiment, data.train);
  const rule = optimiserRule(experiment.optimiser, experiment.weightDecay);
  const classes = data.classNames.length > 0;
  const cadence = cadenceOf({ ...experiment, totalSteps: total, stepsPerEpoch: perEpoch });
  const largest = Math.max(batch, data.train.count, data.test.count);
  const size = chunkSize(network, largest, networks, executor, options.memoryBudget);
  const names = stateNames(rule);

  const recorder = new Recorder({
    networks,
    parameters,
    stepsPerEpoch: perEpoch,
    records: cadence.records.length,
    snapshots: cadence.snapshots.length,
    classes,
    hasTest: data.test.count > 0,
  });

  // Unrolled programs by their number of steps; the single step is compiled only where stops ask for it.
  const programs = new Map<number, Program>();
  const stepProgram = async (steps: number): Promise<Program> => {
    const known = programs.get(steps);
    if (known) return known;
    const { loss } = experiment;
    const made = await compileGraph(
      executor,
      trainingSteps({ network, loss, rule, networks: size, batch, steps, sameBatch }),
    );
    programs.set(steps, made);
    return made;
  };
  const measure = await compileGraph(
    executor,
    measurement({
      network,
      loss: experiment.loss,
      networks: size,
      trainCount: data.train.count,
      testCount: data.test.count,
      classes,
    }),
  );
  try {
    await stepProgram(cadence.unroll);
  } catch (error) {
    measure.dispose();
    throw error;
  }

  const chunks = createChunks({
    weights: initialWeights,
    networks,
    size,
    names,
  });
  const stepFeeds = createStepFeeds(experiment, data, rule);
  const measureFeeds = {
    ...sampleFeeds('train', data.train, data),
    ...(data.test.count > 0 ? sampleFeeds('test', data.test, data) : {}),
  };

  let step = 0;
  let recorded = 0;

  /** One call of the unrolled graph on every chunk. */
  const trainSteps = async (steps: number): Promise<void> => {
    const program = await stepProgram(steps);
    const feeds = stepFeeds(step, steps);
    await onLanes(chunks, executor.lanes, async (chunk, lane) => {
      const results = await program.run({ ...feeds, ...chunk.state }, lane);
      const next = names.map((name) => [name, results[`next-${name}`] as DeviceTensor] as const);
      replaceState(chunk, Object.fromEntries(next));
      const losses = results.loss as DeviceTensor;
      const values = await losses.read();
      losses.dispose();
      for (let k = 0; k < steps; k++) {
        for (let n = 0; n < chunk.networks; n++) {
          const loss = values[k * size + n] as number;
          if (!Number.isFinite(loss)) recorder.markDiverged(chunk.first + n, step + k);
        }
      }
    });
    step += steps;
  };

  const trainUntil = async (stop: number): Promise<void> => {
    while (step < stop) {
      await trainSteps(stop - step >= cadence.unroll ? cadence.unroll : 1);
    }
  };

  const weights = (): Promise<Float32Array> => readWeights(chunks, networks, parameters);

  const measureAll = async (): Promise<Measured> => {
    const has = (name: string): boolean => measure.outputs.some((port) => port.name === name);
    const column = (name: string): Float32Array | null =>
      has(name) ? new Float32Array(networks) : null;
    const measured = {
      trainLoss: column('trainLoss'),
      trainAccuracy: column('trainAccuracy'),
      testLoss: column('testLoss'),
      testAccuracy: column('testAccuracy'),
      gradientNorm: column('gradientNorm'),
    };
    await onLanes(chunks, executor.lanes, async ({ first, networks: counted, state }, lane) => {
      const results = await measure.run({ ...measureFeeds, weights: state.weights as Feed }, lane);
      for (const [name, tensor] of Object.entries(results)) {
        const values = await tensor.read();
        measured[name as keyof Measured]?.set(values.subarray(0, counted), first);
        tensor.dispose();
      }
    });
    return measured;
  };

  return {
    network,
    totalSteps: total,
    stepsPerEpoch: perEpoch,
    async advance() {
      const stop = cadence.records[recorded];
      if (stop === undefined) return null;
      const from = step;
      let milliseconds = 0;
      // Snapshots that fall between two records are taken on the way.
      for (const target of [...cadence.snapshots.filter((at) => at > from && at < stop), stop]) {
        const start = performance.now();
        await trainUntil(target);
        milliseconds += performance.now() - start;
        if (cadence.snapshots.includes(target)) recorder.snapshot(target, await weights());
      }
      recorder.record(step, await measureAll());
      recorded++;
      return {
        step,
        totalSteps: total,
        epoch: step / perEpoch,
        millisecondsPerStep: step > from ? milliseconds / (step - from) : 0,
      };
    },
    records: () => recorder.records(),
    history: () => recorder.history(),
    weights,
    dispose() {
      for (const program of programs.values()) program.dispose();
      measure.dispose();
      chunks.forEach(disposeState);
    },
  };
}
