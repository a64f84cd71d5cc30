// Loss, accuracy and outputs of any number of networks, by the graph they were trained with.
import { input } from '../engine/graph/index.ts';
import type { Tensor } from '../engine/graph/index.ts';
import { compileGraph, floats } from '../engine/runtime/executor.ts';
import type { Executor, Feed, Program, TensorValues } from '../engine/runtime/executor.ts';
import { onLanes } from '../engine/runtime/lanes.ts';
import { chunkSize } from './chunks.ts';
import type { Loss } from './experiment.ts';
import { accuracyOf, lossOf } from './losses.ts';
import { networkOutputs, unpackWeights } from './network.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import type { Samples } from './samples.ts';

export interface Evaluation {
  /** `[M]`. */
  readonly loss: Float32Array;
  /** `[M]`; null for regression. */
  readonly accuracy: Float32Array | null;
}

export interface Evaluator {
  /** Of M networks, `weights` `[M, P]`. */
  evaluate(weights: Float32Array): Promise<Evaluation>;
  dispose(): void;
}

export interface Predictor {
  /** Raw outputs (logits) `[M, count, outputs]` of M networks, `weights` `[M, P]`. */
  predict(weights: Float32Array): Promise<Float32Array>;
  dispose(): void;
}

interface ModelOptions {
  readonly executor: Executor;
  readonly network: NetworkShape;
  readonly memoryBudget?: number | undefined;
}

/** Networks evaluated per call when nothing says otherwise: a surface asks for thousands. */
const usualBlock = 1024;

/** Runs a program over weights `[M, P]` chunk by chunk; the last chunk is filled up with zeros, which are dropped. */
async function runChunked(
  { lanes }: Executor,
  program: Program,
  weights: Float32Array,
  feeds: Readonly<Record<string, Feed>>,
  collect: (name: string, values: TensorValues, first: number, networks: number) => void,
): Promise<void> {
  const port = program.inputs.find(({ name }) => name === 'weights');
  const [chunk, parameters] = port?.shape as [number, number];
  const total = weights.length / parameters;
  if (!Number.isInteger(total)) {
    throw new Error(
      `evaluate: ${weights.length} values are not whole networks of ${parameters} weights each.`,
    );
  }
  const starts = Array.from({ length: Math.ceil(total / chunk) }, (_, k) => k * chunk);
  await onLanes(starts, lanes, async (first, lane) => {
    const networks = Math.min(chunk, total - first);
    const values = new Float32Array(chunk * parameters);
    values.set(weights.subarray(first * parameters, (first + networks) * parameters));
    const results = await program.run(
      { ...feeds, weights: floats([chunk, parameters], values) },
      lane,
    );
    for (const [name, tensor] of Object.entries(results)) {
      collect(name, await tensor.read(), first, networks);
      tensor.dispose();
    }
  });
}

/** Outputs `[chunk, count, outputs]` of as many networks as fit, from inputs named `weights` and `inputs`. */
function outputsOf({ executor, network, memoryBudget }: ModelOptions, count: number): Tensor {
  const chunk = chunkSize(network, count, usualBlock, executor, memoryBudget);
  const weights = input('weights', [chunk, parameterCount(network)]);
  const inputs = input('inputs', [1, count, network.sizes[0] as number]);
  return networkOutputs(network, unpackWeights(network, weights), inputs);
}

/** Compiles loss and accuracy on fixed samples. */
export async function createEvaluator(
  options: ModelOptions & { readonly loss: Loss; readonly samples: Samples },
): Promise<Evaluator> {
  const { loss, samples, executor } = options;
  const outputs = outputsOf(options, samples.count);
  const width = outputs.shape[2] as number;
  const targets = input('targets', [1, samples.count, width]);
  const program = await compileGraph(executor, {
    loss: lossOf(loss, outputs, targets),
    ...(samples.labels ? { accuracy: accuracyOf(outputs, targets) } : {}),
  });
  const feeds = {
    inputs: floats([1, samples.count, options.network.sizes[0] as number], samples.inputs),
    targets: floats([1, samples.count, width], samples.targets),
  };
  return {
    async evaluate(weights) {
      const networks = weights.length / parameterCount(options.network);
      const result = {
        loss: new Float32Array(networks),
        accuracy: samples.labels ? new Float32Array(networks) : null,
      };
      await runChunked(executor, program, weights, feeds, (name, values, first, count) => {
        result[name as 'loss' | 'accuracy']?.set(values.subarray(0, count), first);
      });
      return result;
    },
    dispose: () => program.dispose(),
  };
}

/** Compiles the outputs for fixed inputs `[count, features]`. */
export async function createPredictor(
  options: ModelOptions & { readonly inputs: Float32Array; readonly count: number },
): Promise<Predictor> {
  const { network, count } = options;
  const outputs = outputsOf(options, count);
  const program = await compileGraph(options.executor, { outputs });
  const feeds = { inputs: floats([1, count, network.sizes[0] as number], options.inputs) };
  const perNetwork = count * (network.sizes.at(-1) as number);
  return {
    async predict(weights) {
      const networks = weights.length / parameterCount(network);
      const result = new Float32Array(networks * perNetwork);
      await runChunked(options.executor, program, weights, feeds, (_, values, first, part) => {
        result.set(values.subarray(0, part * perNetwork), first * perNetwork);
      });
      return result;
    },
    dispose: () => program.dispose(),
  };
}
