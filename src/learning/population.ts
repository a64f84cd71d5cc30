// The networks of a run on their provider: takes steps of all of them, measures them, and reads them back.
import { compileGraph } from '../engine/runtime/executor.ts';
import type {
  DeviceTensor,
  Executor,
  Feed,
  Program,
  TensorValues,
} from '../engine/runtime/executor.ts';
import { onLanes } from '../engine/runtime/lanes.ts';
import { createChunks, disposeState, readState, replaceState, type Chunk } from './chunk-state.ts';
import { parameterCount } from './network-shape.ts';
import {
  populationGraphs,
  type PopulationGraphOptions,
  type PopulationGraphs,
} from './population-graphs.ts';
import type { Measured } from './recorder.ts';
import { sampleFeeds } from './step-feeds.ts';
import { stateNames } from './training-graph.ts';

export interface PopulationOptions extends PopulationGraphOptions {
  readonly executor: Executor;
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
  const { data, executor, rule, weights, slots } = options;
  const networks = options.experiment.initialisations;
  const parameters = parameterCount(options.network);
  const graphs = populationGraphs(options);
  const { size } = graphs;
  const programs = await compilePrograms(graphs, executor, options.unroll);
  const names = stateNames(rule);
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
      const program = await programs.steps(steps);
      await onLanes(chunks, executor.lanes, async (chunk, lane) => {
        const losses = await trainChunk(program, chunk, names, feeds, lane);
        for (let k = 0; k < steps; k++) {
          for (let n = 0; n < chunk.networks; n++) {
            if (!Number.isFinite(losses[k * size + n] as number)) onLost(chunk.first + n, k);
          }
        }
      });
    },
    async measure() {
      const measured = emptyMeasurement(programs.measure, networks);
      await onLanes(chunks, executor.lanes, (chunk, lane) =>
        measureChunk(programs.measure, chunk, measured, measureFeeds, lane),
      );
      return measured;
    },
    readWeights,
    async readState() {
      const kept: Float32Array[] = [];
      for (const name of names.slice(1)) kept.push(await read(name));
      return { weights: await readWeights(), slots: kept };
    },
    dispose() {
      programs.dispose();
      chunks.forEach(disposeState);
    },
  };
}

interface Programs {
  readonly measure: Program;
  /** Compiled when it is first asked for: the single step only where stops ask for it. */
  steps(steps: number): Promise<Program>;
  dispose(): void;
}

/** The measurement and the steps that are compiled at once. */
async function compilePrograms(
  graphs: PopulationGraphs,
  executor: Executor,
  unroll: number,
): Promise<Programs> {
  const bySteps = new Map<number, Program>();
  const steps = async (count: number): Promise<Program> => {
    const known = bySteps.get(count);
    if (known) return known;
    const made = await compileGraph(executor, graphs.steps(count));
    bySteps.set(count, made);
    return made;
  };
  const measure = await compileGraph(executor, graphs.measurement());
  try {
    await steps(unroll);
  } catch (error) {
    measure.dispose();
    throw error;
  }
  return {
    measure,
    steps,
    dispose() {
      for (const program of bySteps.values()) program.dispose();
      measure.dispose();
    },
  };
}

/** Takes the program's steps with one chunk, which has its next state then; its losses `[steps, size]`. */
async function trainChunk(
  program: Program,
  chunk: Chunk,
  names: readonly string[],
  feeds: Readonly<Record<string, Feed>>,
  lane: number,
): Promise<TensorValues> {
  const results = await program.run({ ...feeds, ...chunk.state }, lane);
  const next = names.map((name) => [name, results[`next-${name}`] as DeviceTensor] as const);
  replaceState(chunk, Object.fromEntries(next));
  const losses = results.loss as DeviceTensor;
  const values = await losses.read();
  losses.dispose();
  return values;
}

/** A column for each number that the program measures, null for the others. */
function emptyMeasurement({ outputs }: Program, networks: number): Measured {
  const column = (name: string): Float32Array | null =>
    outputs.some((port) => port.name === name) ? new Float32Array(networks) : null;
  return {
    trainLoss: column('trainLoss'),
    trainAccuracy: column('trainAccuracy'),
    testLoss: column('testLoss'),
    testAccuracy: column('testAccuracy'),
    gradientNorm: column('gradientNorm'),
  };
}

/** Measures one chunk into its part of the columns. */
async function measureChunk(
  program: Program,
  { first, networks, state }: Chunk,
  measured: Measured,
  feeds: Readonly<Record<string, Feed>>,
  lane: number,
): Promise<void> {
  const results = await program.run({ ...feeds, weights: state.weights as Feed }, lane);
  for (const [name, tensor] of Object.entries(results)) {
    const values = await tensor.read();
    measured[name as keyof Measured]?.set(values.subarray(0, networks), first);
    tensor.dispose();
  }
}
