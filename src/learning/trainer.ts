// Trains N networks as one graph; the caller decides when to go on, so that a page can pause it.
import { compileGraph, floats } from '../engine/runtime/executor.ts';
import type { DeviceTensor, Executor, Feed, Program } from '../engine/runtime/executor.ts';
import { onLanes } from '../engine/runtime/lanes.ts';
import { batchOrder, batchSizeOf, stepsPerEpoch, totalSteps } from './batches.ts';
import { cadenceOf } from './cadence.ts';
import { chunkSize } from './chunks.ts';
import type { Experiment } from './experiment.ts';
import type { TrainingHistory } from './history.ts';
import { initialPopulation } from './initial-weights.ts';
import { networkShapeOf } from './network-of.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import { optimiserRule } from './optimisers.ts';
import { Recorder } from './recorder.ts';
import type { Measured } from './recorder.ts';
import type { PreparedData, Samples } from './samples.ts';
import { learningRateAt } from './schedules.ts';
import { measurement, stateNames, trainingSteps } from './training-graph.ts';

export interface TrainerOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  readonly executor: Executor;
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
  /** All records and snapshots so far. */
  history(): TrainingHistory;
  /** The weights as they are now, `[N, P]`. */
  weights(): Promise<Float32Array>;
  dispose(): void;
}

/** Some of the networks, with their weights and optimiser state where the provider keeps them. */
interface Chunk {
  readonly first: number;
  /** Networks that count; the rest of the chunk is padding. */
  readonly networks: number;
  state: Record<string, Feed>;
}

const isOnDevice = (feed: Feed): feed is DeviceTensor => 'dispose' in feed;

/** Rows of a sample array in a given order, `[order.length, width]`. */
function rows(values: Float32Array, order: Int32Array, width: number): Float32Array {
  const picked = new Float32Array(order.length * width);
  order.forEach((row, k) => picked.set(values.subarray(row * width, (row + 1) * width), k * width));
  return picked;
}

/** Compiles the experiment's graphs and draws its initial weights; nothing is trained yet. */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const { experiment, data, executor } = options;
  const network = networkShapeOf(experiment, data);
  const parameters = parameterCount(network);
  const networks = experiment.initialisations;
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
  await stepProgram(cadence.unroll);

  const population = initialPopulation(network, experiment.initialiser, experiment.seed, networks);
  const chunks = Array.from({ length: Math.ceil(networks / size) }, (_, k): Chunk => {
    const first = k * size;
    const values = new Float32Array(size * parameters);
    values.set(population.subarray(first * parameters, (first + size) * parameters));
    const zeros = new Float32Array(size * parameters);
    return {
      first,
      networks: Math.min(size, networks - first),
      state: Object.fromEntries(
        names.map((name) => [
          name,
          floats([size, parameters], name === 'weights' ? values : zeros),
        ]),
      ),
    };
  });

  const sampleFeeds = (part: string, samples: Samples): Record<string, Feed> => ({
    [`${part}-inputs`]: floats([1, samples.count, data.features], samples.inputs),
    [`${part}-targets`]: floats([1, samples.count, data.outputs], samples.targets),
  });
  const measureFeeds = {
    ...sampleFeeds('train', data.train),
    ...(data.test.count > 0 ? sampleFeeds('test', data.test) : {}),
  };

  let step = 0;
  let recorded = 0;
  let order: { epoch: number; rows: Int32Array } | null = null;

  /** Inputs and targets of the next `steps` steps, and their scalars. */
  const batchFeeds = (steps: number): Record<string, Feed> => {
    const scalars = Array.from({ length: steps }, (_, k) => {
      const at = step + k;
      const rate = learningRateAt(
        experiment.schedule,
        experiment.learningRate,
        at,
        total,
        perEpoch,
      );
      return rule.schedule(at + 1, rate);
    });
    const feeds = { scalars: floats([steps, rule.scalars], Float32Array.from(scalars.flat())) };
    if (sameBatch) {
      return {
        ...feeds,
        inputs: measureFeeds['train-inputs'] as Feed,
        targets: measureFeeds['train-targets'] as Feed,
      };
    }
    const picked = new Int32Array(steps * batch);
    for (let k = 0; k < steps; k++) {
      const epoch = Math.floor((step + k) / perEpoch);
      if (order?.epoch !== epoch) {
        order = { epoch, rows: batchOrder(experiment, data.train, epoch) };
      }
      const start = ((step + k) % perEpoch) * batch;
      picked.set(order.rows.subarray(start, start + batch), k * batch);
    }
    const { features, outputs, train } = data;
    return {
      ...feeds,
      inputs: floats([steps, batch, features], rows(train.inputs, picked, features)),
      targets: floats([steps, batch, outputs], rows(train.targets, picked, outputs)),
    };
  };

  /** One call of the unrolled graph on every chunk. */
  const trainSteps = async (steps: number): Promise<void> => {
    const program = await stepProgram(steps);
    const feeds = batchFeeds(steps);
    await onLanes(chunks, executor.lanes, async (chunk, lane) => {
      const results = await program.run({ ...feeds, ...chunk.state }, lane);
      for (const feed of Object.values(chunk.state)) if (isOnDevice(feed)) feed.dispose();
      chunk.state = Object.fromEntries(
        names.map((name) => [name, results[`next-${name}`] as DeviceTensor]),
      );
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

  const weights = async (): Promise<Float32Array> => {
    const all = new Float32Array(networks * parameters);
    for (const { first, networks: counted, state } of chunks) {
      const feed = state.weights as Feed;
      const values = isOnDevice(feed) ? await feed.read() : feed.values;
      all.set(values.subarray(0, counted * parameters), first * parameters);
    }
    return all;
  };

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
    history: () => recorder.history(),
    weights,
    dispose() {
      for (const program of programs.values()) program.dispose();
      measure.dispose();
      for (const { state } of chunks) {
        for (const feed of Object.values(state)) if (isOnDevice(feed)) feed.dispose();
      }
    },
  };
}
