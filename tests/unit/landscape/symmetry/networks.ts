// Networks for the tests of symmetries: shapes, random weights, all signed permutations, what a network computes.
import { createNodeExecutor } from '../../../../src/engine/runtime/node.ts';
import { identitySymmetry } from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import type { UnitSymmetry } from '../../../../src/landscape/symmetry/hidden-groups.ts';
import {
  createActivationReader,
  createEvaluator,
  createPredictor,
} from '../../../../src/learning/evaluator.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import { randomStream } from '../../../../src/learning/random.ts';

export const shape = (
  sizes: readonly number[],
  rest: Partial<Omit<NetworkShape, 'sizes'>> = {},
): NetworkShape => ({ sizes, activation: 'tanh', residual: false, bias: true, ...rest });

export function randomWeights(network: NetworkShape, seed: number): Float32Array {
  const random = randomStream(seed, 'symmetry test weights');
  return Float32Array.from({ length: parameterCount(network) }, () => random.normal());
}

/** All orders of 0 .. n - 1. */
export function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}

/** Every symmetry of the units of `layers`, which share it, with signs or without; other units stay. */
export function symmetriesOf(
  network: NetworkShape,
  layers: readonly number[],
  signFlips: boolean,
): UnitSymmetry[] {
  const units = network.sizes[layers[0]! + 1]!;
  return permutations(units).flatMap((order) =>
    Array.from({ length: signFlips ? 2 ** units : 1 }, (_, bits) => {
      const symmetry = identitySymmetry(network);
      for (const layer of layers) {
        symmetry.permutations[layer] = Int32Array.from(order);
        symmetry.signs[layer] = Int8Array.from(order, (_, k) => ((bits >> k) & 1 ? -1 : 1));
      }
      return symmetry;
    }),
  );
}

/** What one network computes on a dozen fixed samples. */
export interface Computed {
  readonly loss: number;
  /** `[count, outputs]`. */
  readonly outputs: Float32Array;
  /** `[count, units]` of each hidden layer. */
  readonly activations: Float32Array[];
}

/** Samples behind `compute`. */
export const count = 12;

/** Loss, raw outputs and hidden activations of several networks `[P]`, by the graphs that the atlas itself uses. */
export async function compute(
  network: NetworkShape,
  ...networks: readonly Float32Array[]
): Promise<Computed[]> {
  const executor = await createNodeExecutor({ provider: 'cpu' });
  const random = randomStream(7, 'symmetry test samples');
  const [features, width] = [network.sizes[0]!, network.sizes.at(-1)!];
  const inputs = Float32Array.from({ length: count * features }, () => random.normal());
  const targets = Float32Array.from({ length: count * width }, () => random.normal());
  const evaluator = await createEvaluator({
    executor,
    network,
    loss: 'mean-squared-error',
    samples: { count, inputs, targets, labels: null },
  });
  const predictor = await createPredictor({ executor, network, inputs, count });
  const reader = await createActivationReader({ executor, network, inputs, count });
  const weights = Float32Array.from(networks.flatMap((one) => [...one]));
  const { loss } = await evaluator.evaluate(weights);
  const outputs = await predictor.predict(weights);
  const activations = await reader.read(weights);
  executor.dispose();
  const own = (values: Float32Array, m: number) => {
    const size = values.length / networks.length;
    return values.slice(m * size, (m + 1) * size);
  };
  return networks.map((_, m) => ({
    loss: loss[m]!,
    outputs: own(outputs, m),
    activations: activations.map((layer) => own(layer, m)),
  }));
}

/** Largest difference of two lists, relative to the largest number in the first. */
export function relativeDifference(a: Float32Array, b: Float32Array): number {
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0) / largest;
}
