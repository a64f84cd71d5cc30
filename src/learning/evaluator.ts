// Loss, accuracy and outputs of any number of networks, by the graph they were trained with.
import { input } from '../engine/graph/index.ts';
import type { Tensor } from '../engine/graph/index.ts';
import { compileGraph, floats } from '../engine/runtime/executor.ts';
import type { Executor } from '../engine/runtime/executor.ts';
import { chunkSize, type ChunkRoom } from './chunks.ts';
import type { Loss } from './experiment.ts';
import { accuracyOf, lossOf } from './losses.ts';
import { networkLayers, unpackWeights } from './network.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import { runChunked } from './run-chunked.ts';
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

export interface ModelGraphOptions {
  /** What the graph will be compiled for. */
  readonly executor: ChunkRoom;
  readonly network: NetworkShape;
  readonly memoryBudget?: number | undefined;
}

export interface ModelOptions extends ModelGraphOptions {
  readonly executor: Executor;
}

export interface ActivationReader {
  /** Of M networks, `weights` `[M, P]`: each hidden layer's activations `[M, count, units]`, the first layer first. */
  read(weights: Float32Array): Promise<Float32Array[]>;
  dispose(): void;
}

/** Networks evaluated per call when nothing says otherwise: a surface asks for thousands. */
const usualBlock = 1024;

/** Every layer `[chunk, count, units]` of as many networks as fit, from inputs named `weights` and `inputs`. */
function layersOf({ executor, network, memoryBudget }: ModelGraphOptions, count: number): Tensor[] {
  const chunk = chunkSize(network, count, usualBlock, executor, memoryBudget);
  const weights = input('weights', [chunk, parameterCount(network)]);
  const inputs = input('inputs', [1, count, network.sizes[0] as number]);
  return networkLayers(network, unpackWeights(network, weights), inputs);
}

const outputsOf = (options: ModelGraphOptions, count: number): Tensor =>
  layersOf(options, count).at(-1) as Tensor;

/** Networks of one shape, and what they are measured by. */
export interface LossGraphOptions extends ModelGraphOptions {
  readonly loss: Loss;
  readonly samples: Samples;
}

export interface LossOptions extends LossGraphOptions {
  readonly executor: Executor;
}

/** Loss `[chunk]`, and accuracy `[chunk]` where there are classes, of networks from inputs named as `layersOf` says. */
export function evaluationGraph(options: LossGraphOptions): Record<string, Tensor> {
  const { loss, samples, network } = options;
  const outputs = outputsOf(options, samples.count);
  const targets = input('targets', [1, samples.count, network.sizes.at(-1) as number]);
  return {
    loss: lossOf(loss, outputs, targets),
    ...(samples.labels ? { accuracy: accuracyOf(outputs, targets) } : {}),
  };
}

/** Compiles loss and accuracy on fixed samples. */
export async function createEvaluator(options: LossOptions): Promise<Evaluator> {
  const { network, samples, executor } = options;
  const program = await compileGraph(executor, evaluationGraph(options));
  const feeds = {
    inputs: floats([1, samples.count, network.sizes[0] as number], samples.inputs),
    targets: floats([1, samples.count, network.sizes.at(-1) as number], samples.targets),
  };
  return {
    async evaluate(weights) {
      const results = await runChunked(executor, program, { weights }, feeds);
      return { loss: results.loss as Float32Array, accuracy: results.accuracy ?? null };
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
  return {
    predict: async (weights) =>
      (await runChunked(options.executor, program, { weights }, feeds)).outputs as Float32Array,
    dispose: () => program.dispose(),
  };
}

/** Compiles the hidden layers for fixed inputs `[count, features]`; a network without any gives an empty list. */
export async function createActivationReader(
  options: ModelOptions & { readonly inputs: Float32Array; readonly count: number },
): Promise<ActivationReader> {
  const { network, count, executor } = options;
  const hidden = layersOf(options, count).slice(0, -1);
  if (hidden.length === 0) return { read: async () => [], dispose: () => {} };
  const program = await compileGraph(
    executor,
    Object.fromEntries(hidden.map((layer, k) => [`layer-${k}`, layer])),
  );
  const feeds = { inputs: floats([1, count, network.sizes[0] as number], options.inputs) };
  return {
    async read(weights) {
      const results = await runChunked(executor, program, { weights }, feeds);
      return hidden.map((_, k) => results[`layer-${k}`] as Float32Array);
    },
    dispose: () => program.dispose(),
  };
}
