// Counts the hidden units that answer the same whatever they see: dead ones, and saturated ones.
import { add, cast, equal, input, max, min, sum } from '../../engine/graph/index.ts';
import type { Tensor } from '../../engine/graph/index.ts';
import { compileGraph, floats } from '../../engine/runtime/executor.ts';
import type { Executor } from '../../engine/runtime/executor.ts';
import { chunkSize } from '../../learning/chunks.ts';
import { networkLayers, unpackWeights } from '../../learning/network.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import { runChunked } from '../../learning/run-chunked.ts';
import type { Samples } from '../../learning/samples.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';

/** Training points that are looked at. */
const mostPoints = 256;

export interface SilentUnitCounter {
  /** Of N networks, weights `[N, P]`: how many of the hidden units of each are silent, `[N]`. */
  count(weights: Float32Array): Promise<Int32Array>;
  dispose(): void;
}

/**
 * Unit u of a hidden layer is silent where max over x of h_u(x) = min over x of h_u(x), in float32, x over up to 256
 * training points, evenly spread over their order, first and last among them. h_u is the unit's output as the next
 * layer takes it: after the activation, and in a residual layer with its input added. A ReLU unit whose output is 0
 * for all of them is the classical dead unit; a tanh or sigmoid unit that is silent is saturated, or has no weights
 * that come in. A unit with an output that is not a number is not counted. Null without hidden layers, and where there is one training point alone.
 */
export async function createSilentUnitCounter(options: {
  readonly executor: Executor;
  readonly network: NetworkShape;
  readonly samples: Samples;
  readonly networks: number;
  readonly memoryBudget: number;
}): Promise<SilentUnitCounter | null> {
  const { executor, network, samples, networks, memoryBudget } = options;
  if (network.sizes.length <= 2) return null;
  const features = network.sizes[0] as number;
  // Whatever is asked once only is answered always alike.
  if (samples.count < 2) return null;
  const points = spreadIndices(samples.count, mostPoints);
  const inputs = new Float32Array(points.length * features);
  points.forEach((point, k) => {
    inputs.set(samples.inputs.subarray(point * features, (point + 1) * features), k * features);
  });
  const chunk = chunkSize(network, points.length, networks, executor, memoryBudget);
  const weights = input('weights', [chunk, parameterCount(network)]);
  const shared = input('inputs', [1, points.length, features]);
  const hidden = networkLayers(network, unpackWeights(network, weights), shared).slice(0, -1);
  const program = await compileGraph(executor, { silent: hidden.map(silentIn).reduce(add) });
  const feeds = { inputs: floats([1, points.length, features], inputs) };
  return {
    async count(all) {
      const { silent } = await runChunked(executor, program, { weights: all }, feeds);
      return Int32Array.from(silent as Float32Array);
    },
    dispose: () => program.dispose(),
  };
}

/** Silent units `[N]` of a layer `[N, points, units]`. */
const silentIn = (layer: Tensor): Tensor =>
  sum(cast(equal(max(layer, [1]), min(layer, [1])), 'float32'), [1]);
