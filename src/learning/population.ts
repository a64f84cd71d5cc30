// The networks of a run on their provider: takes steps of all of them, measures them, and reads them back.
import { compileGraph } from '../engine/runtime/executor.ts';
import type { DeviceTensor, Executor, Feed, Program } from '../engine/runtime/executor.ts';
import { onLanes } from '../engine/runtime/lanes.ts';
import { batchSizeOf } from './batches.ts';
import { createChunks, disposeState, readState, replaceState } from './chunk-state.ts';
import { chunkSize } from './chunks.ts';
import type { Experiment } from './experiment.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import type { OptimiserRule } from './optimisers.ts';
import type { Measured } from './recorder.ts';
import type { PreparedData } from './samples.ts';
import { sampleFeeds } from './step-feeds.ts';
import { measurement, stateNames, trainingSteps } from './training-graph.ts';

export interface PopulationOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  readonly executor: Executor;
  readonly memoryBudget: number | undefined;
  readonly network: NetworkShape;
  readonly rule: OptimiserRule;
  /** Steps of the call that is compiled at once; other numbers of steps are when they are asked for. */
  readonly unroll: number;
  /** `[N, P]`. */
  readonly weights: Float32Array;
  /** State of the optimiser, each `[N, P]`; none for zeros. */
  readonly slots: readonly Float32Array[];
}

export interface Population {
  /** One call of a graph of `steps` steps on every chunk; `onLost` hears of each loss that is not finite. */
  train(
    steps: number,
    feeds: Readonly<Record<string, Feed>>,
    onLost: (network: number, step: number) => void,
  ): Promise<void>;
  measure(): Promise<Measured>;
  /** The weights, then each slot of the optimiser; each `[N, P]`. */
  readState(): Promise<{ weights: Float32Array; slots: Float32Array[] }>;
  readWeights(): Promise<Float32Array>;
  dispose(): void;
}

export async function createPopulation(options: PopulationOptions): Promise<Population> {
  const { experiment, data, executor, memoryBudget, network, rule, weights, slots } = options;
  const { loss, initialisations: networks } = experiment;
  const parameters = parameterCount(network);
  const batch = batchSizeOf(experiment, data.train);
  const sameBatch = batch === data.train.count;
  const largest = Math.max(batch, data.train.count, data.test.count);
  const size = chunkSize(network, largest, networks, executor, memoryBudget);
  const names = stateNames(rule);

  // Unrolled programs by their number of steps; the single step is compiled only where stops ask for it.
  const programs = new Map<number, Program>();
  const stepProgram = async (steps: number): Promise<Program> => {
    const known = programs.get(steps);
    if (known) return known;
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
      loss,
      networks: size,
      trainCount: data.train.count,
      testCount: data.test.count,
      classes: data.classNames.length > 0,
    }),
  );
  try {
    await stepProgram(options.unroll);
  } catch (error) {
    measure.dispose();
    throw error;
  }

  const state = names.map((name, k) => [name, k === 0 ? weights : (slots[k - 1] ?? null)] as const);
  const chunks = createChunks({ state: Object.fromEntries(state), networks, parameters, size });
  const measureFeeds = {
    ...sampleFeeds('train', data.train, data),
    ...(data.test.count > 0 ? sampleFeeds('test', data.test, data) : {}),
  };
  const read = (name: string) => readState(chunks, name, networks, parameters);
  const readWeights = () => read('weights');

  return {
    async train(steps, feeds, onLost) {
      const program = await stepProgram(steps);
      await onLanes(chunks, executor.lanes, async (chunk, lane) => {
        const results = await program.run({ ...feeds, ...chunk.state }, lane);
        const next = names.map((name) => [name, results[`next-${name}`] as DeviceTensor] as const);
        replaceState(chunk, Object.fromEntries(next));
        const losses = results.loss as DeviceTensor;
        const values = await losses.read();
        losses.dispose();
        for (let k = 0; k < steps; k++) {
          for (let n = 0; n < chunk.networks; n++) {
            if (!Number.isFinite(values[k * size + n] as number)) onLost(chunk.first + n, k);
          }
        }
      });
    },
    async measure() {
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
        const results = await measure.run(
          { ...measureFeeds, weights: state.weights as Feed },
          lane,
        );
        for (const [name, tensor] of Object.entries(results)) {
          const values = await tensor.read();
          measured[name as keyof Measured]?.set(values.subarray(0, counted), first);
          tensor.dispose();
        }
      });
      return measured;
    },
    readWeights,
    async readState() {
      const kept: Float32Array[] = [];
      for (const name of names.slice(1)) kept.push(await read(name));
      return { weights: await readWeights(), slots: kept };
    },
    dispose() {
      for (const program of programs.values()) program.dispose();
      measure.dispose();
      chunks.forEach(disposeState);
    },
  };
}
