// First and second derivatives of the loss of any number of networks, as compiled graphs.
import { hessianVectorProduct } from '../../engine/autodiff/hessian-vector-product.ts';
import { input } from '../../engine/graph/index.ts';
import type { Tensor } from '../../engine/graph/index.ts';
import { compileGraph, floats } from '../../engine/runtime/executor.ts';
import type { Program } from '../../engine/runtime/executor.ts';
import { chunkSize } from '../../learning/chunks.ts';
import type { LossGraphOptions, LossOptions } from '../../learning/evaluator.ts';
import { lossOf } from '../../learning/losses.ts';
import { networkOutputs, packWeights, unpackWeights } from '../../learning/network.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { runChunked } from '../../learning/run-chunked.ts';
import { lossAndGradient } from '../../learning/training-graph.ts';
import { expectLength, networksIn } from './expectations.ts';

/**
 * Derivatives of the data loss L alone: weight decay is no part of it.
 * A network whose weights are not finite gets NaN and leaves the others as they are.
 */
export interface Derivatives {
  /** P. */
  readonly parameters: number;
  /** L `[M]` and dL/dw `[M, P]` of M networks, `weights` `[M, P]`. */
  gradient(weights: Float32Array): Promise<{ loss: Float32Array; gradient: Float32Array }>;
  /** H v `[M, P]`, H the Hessian of L at each network, v its own vector: `weights` and `vectors` `[M, P]`. */
  hessianVectorProduct(weights: Float32Array, vectors: Float32Array): Promise<Float32Array>;
  dispose(): void;
}

/** Loss and gradient, or a Hessian-vector product. */
export type DerivativeKind = 'gradient' | 'product';

/** How often a graph holds what `networkBytes` counts: a product is differentiated twice, each time with its own layers. */
const passes: Readonly<Record<DerivativeKind, number>> = { gradient: 1, product: 3 };

/**
 * Derivatives on fixed samples. A graph is compiled when it is first asked for, once for each size of chunk, so that
 * one network does not pay for the room of fifty.
 * @throws RangeError where the samples are none, or do not fit the network.
 */
export async function createDerivatives(options: LossOptions): Promise<Derivatives> {
  const { executor, network, samples } = options;
  const P = parameterCount(network);
  const [features, outputs] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  if (samples.count < 1) {
    throw new RangeError('derivatives of a loss over no samples: expected at least one sample');
  }
  expectLength(samples.inputs, samples.count * features, 'samples.inputs');
  expectLength(samples.targets, samples.count * outputs, 'samples.targets');
  const feeds = {
    inputs: floats([1, samples.count, features], samples.inputs),
    targets: floats([1, samples.count, outputs], samples.targets),
  };
  const programs = new Map<string, Promise<Program>>();
  const programFor = (kind: DerivativeKind, networks: number): Promise<Program> => {
    const chunk = derivativeChunk(kind, options, networks);
    const key = `${kind} of ${chunk}`;
    const graph = derivativeGraphs[kind];
    const program = programs.get(key) ?? compileGraph(executor, graph(options, chunk));
    programs.set(key, program);
    return program;
  };
  return {
    parameters: P,
    async gradient(weights) {
      const program = await programFor('gradient', networksIn(weights, P, 'weights'));
      const results = await runChunked(executor, program, { weights }, feeds);
      return {
        loss: results.loss as Float32Array,
        gradient: results.gradient as Float32Array,
      };
    },
    async hessianVectorProduct(weights, vectors) {
      const networks = networksIn(weights, P, 'weights');
      expectLength(vectors, weights.length, 'vectors');
      const program = await programFor('product', networks);
      const results = await runChunked(executor, program, { weights, vectors }, feeds);
      return results.product as Float32Array;
    },
    dispose() {
      // One that did not compile has told its caller already.
      for (const program of programs.values()) {
        program.then(
          (compiled) => compiled.dispose(),
          () => {},
        );
      }
      programs.clear();
    },
  };
}

/** Networks that go through a graph at once, of `networks` in all. */
export const derivativeChunk = (
  kind: DerivativeKind,
  { executor, network, samples, memoryBudget }: LossGraphOptions,
  networks: number,
): number => chunkSize(network, passes[kind] * samples.count, networks, executor, memoryBudget);

type Build = (options: LossGraphOptions, chunk: number) => Record<string, Tensor>;

/** From `weights` `[chunk, P]` (and `vectors`), `inputs` and `targets`: what `Derivatives` says of each. */
export const derivativeGraphs: Readonly<Record<DerivativeKind, Build>> = {
  gradient: (options, chunk) => {
    const { weights, inputs, targets } = ports(options, chunk);
    const { network, loss } = options;
    const result = lossAndGradient(network, loss, weights, inputs, targets);
    return { loss: result.loss, gradient: result.gradient };
  },
  product: (options, chunk) => {
    const { weights, inputs, targets } = ports(options, chunk);
    const { network } = options;
    const parts = unpackWeights(network, weights);
    const value = lossOf(options.loss, networkOutputs(network, parts, inputs), targets);
    const vectors = unpackWeights(network, input('vectors', weights.shape));
    return { product: packWeights(hessianVectorProduct(value, parts, vectors)) };
  },
};

function ports({ network, samples }: LossGraphOptions, chunk: number) {
  return {
    weights: input('weights', [chunk, parameterCount(network)]),
    inputs: input('inputs', [1, samples.count, network.sizes[0] as number]),
    targets: input('targets', [1, samples.count, network.sizes.at(-1) as number]),
  };
}

/** The same derivatives, which throw the signal's reason once it is aborted: stops every computation that uses them. */
export function stoppable(derivatives: Derivatives, signal: AbortSignal): Derivatives {
  return {
    ...derivatives,
    async gradient(weights) {
      signal.throwIfAborted();
      return derivatives.gradient(weights);
    },
    async hessianVectorProduct(weights, vectors) {
      signal.throwIfAborted();
      return derivatives.hessianVectorProduct(weights, vectors);
    },
  };
}
