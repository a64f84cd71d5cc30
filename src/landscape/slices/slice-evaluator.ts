// Loss and accuracy at points of a frame, whose weights are made inside the graph: only coordinates travel.
import { add, input, matmul } from '../../engine/graph/index.ts';
import { compileGraph, floats } from '../../engine/runtime/executor.ts';
import { chunkSize } from '../../learning/chunks.ts';
import type { Evaluation, LossOptions } from '../../learning/evaluator.ts';
import { accuracyOf, lossOf } from '../../learning/losses.ts';
import { networkOutputs, unpackWeights } from '../../learning/network.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { runChunked } from '../../learning/run-chunked.ts';
import { largestBlock } from '../evaluate-blocks.ts';
import { dimensionsOf } from './frame.ts';
import type { Span } from './frame.ts';

export interface SliceEvaluator {
  /** At M points of the frame, `coordinates` `[M, D]`. */
  evaluate(coordinates: Float32Array): Promise<Evaluation>;
  dispose(): void;
}

/**
 * Compiles loss and accuracy of the networks `origin + coordinates @ basis`, `[chunk, D] @ [D, P]`.
 * Weights are made in single precision: they differ from those made in double precision by rounding alone, and at
 * the origin not at all.
 */
export async function createSliceEvaluator(
  options: LossOptions,
  span: Span,
): Promise<SliceEvaluator> {
  const { executor, network, loss, samples, memoryBudget } = options;
  const P = parameterCount(network);
  const D = dimensionsOf(span);
  if (span.origin.length !== P)
    throw new RangeError(
      `a slice through ${span.origin.length} weights of networks with ${P} (${network.sizes.join('-')}): expected the frame of this network's weights`,
    );
  const chunk = chunkSize(network, samples.count, largestBlock, executor, memoryBudget);
  const [features, width] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  const coordinates = input('coordinates', [chunk, D]);
  const origin = input('origin', [1, P]);
  const basis = input('basis', [D, P]);
  const weights = add(origin, matmul(coordinates, basis));
  const inputs = input('inputs', [1, samples.count, features]);
  const targets = input('targets', [1, samples.count, width]);
  const outputs = networkOutputs(network, unpackWeights(network, weights), inputs);
  const program = await compileGraph(executor, {
    loss: lossOf(loss, outputs, targets),
    ...(samples.labels ? { accuracy: accuracyOf(outputs, targets) } : {}),
  });
  const feeds = {
    inputs: floats(inputs.shape, samples.inputs),
    targets: floats(targets.shape, samples.targets),
    origin: floats(origin.shape, span.origin),
    basis: floats(basis.shape, span.basis),
  };
  return {
    async evaluate(points) {
      const results = await runChunked(executor, program, { coordinates: points }, feeds);
      return { loss: results.loss as Float32Array, accuracy: results.accuracy ?? null };
    },
    dispose: () => program.dispose(),
  };
}
