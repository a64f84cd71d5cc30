// Truth: each layer written out in float64, sample by sample and unit by unit.
import { describe, expect, it } from 'vitest';
import { input } from '../../../src/engine/graph/index.ts';
import { evaluateReference } from '../../fixtures/evaluate-reference.ts';
import type { Activation } from '../../../src/learning/experiment.ts';
import {
  networkLayers,
  networkOutputs,
  packWeights,
  unpackWeights,
} from '../../../src/learning/network.ts';
import { parameterCount } from '../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../src/learning/network-shape.ts';
import { randomStream } from '../../../src/learning/random.ts';
import { layersByHand } from './layers-by-hand.ts';

const [networks, batch] = [3, 5];

const normals = (length: number, purpose: string): Float64Array => {
  const stream = randomStream(1, purpose);
  return Float64Array.from({ length }, () => stream.normal());
};

/** Every layer of every network, from the graph; inputs are shared, or each network has its own. */
function layersOf(shape: NetworkShape, weights: Float64Array, inputs: Float64Array) {
  const [features] = shape.sizes as [number];
  const leading = inputs.length / (batch * features);
  const parts = unpackWeights(shape, input('weights', [networks, parameterCount(shape)]));
  const layers = networkLayers(shape, parts, input('inputs', [leading, batch, features]));
  return {
    shapes: layers.map((layer) => layer.shape),
    values: evaluateReference(layers, { weights, inputs }),
  };
}

const shapes: [string, NetworkShape][] = [
  ['one hidden layer', { sizes: [2, 4, 3], activation: 'tanh', residual: false, bias: true }],
  ['no hidden layer', { sizes: [3, 2], activation: 'tanh', residual: true, bias: true }],
  ['no biases', { sizes: [2, 3, 4, 2], activation: 'relu', residual: false, bias: false }],
  // Adds in the first (3 to 3) and the third layer (4 to 4); not in the last, though it is as wide.
  ['residual', { sizes: [3, 3, 4, 4, 4], activation: 'sigmoid', residual: true, bias: true }],
  ['residual, no biases', { sizes: [3, 3, 3], activation: 'relu', residual: true, bias: false }],
];

describe.each(shapes)('networkLayers: %s', (_, shape) => {
  const P = parameterCount(shape);
  const features = shape.sizes[0]!;
  const weights = normals(networks * P, 'weights');

  it.each([
    ['that all networks share', 1],
    ['of their own', networks],
  ])('of inputs %s', (_, leading) => {
    const inputs = normals(leading * batch * features, 'inputs');
    const found = layersOf(shape, weights, inputs);
    expect(found.shapes).toEqual(shape.sizes.slice(1).map((units) => [networks, batch, units]));
    for (let n = 0; n < networks; n++) {
      const first = leading === 1 ? 0 : n * batch * features;
      const own = inputs.subarray(first, first + batch * features);
      const expected = layersByHand(shape, weights.subarray(n * P, (n + 1) * P), own);
      for (const [layer, values] of expected.entries()) {
        const width = values.length;
        const mine = found.values[layer]!.subarray(n * width, (n + 1) * width);
        values.forEach((value, i) => expect(mine[i]).toBeCloseTo(value, 12));
      }
    }
  });

  it('ends with the outputs', () => {
    const inputs = normals(batch * features, 'inputs');
    const parts = unpackWeights(shape, input('weights', [networks, P]));
    const outputs = networkOutputs(shape, parts, input('inputs', [1, batch, features]));
    const [last] = evaluateReference([outputs], { weights, inputs });
    expect(last).toEqual(layersOf(shape, weights, inputs).values.at(-1));
  });

  it('is cut into parts that packing puts together again', () => {
    const parts = unpackWeights(shape, input('weights', [networks, P]));
    expect(parts).toHaveLength((shape.sizes.length - 1) * (shape.bias ? 2 : 1));
    expect(evaluateReference([packWeights(parts)], { weights })[0]).toEqual(weights);
  });
});

it.each<[Activation, (x: number) => number]>([
  ['tanh', Math.tanh],
  ['relu', (x) => Math.max(0, x)],
  ['sigmoid', (x) => 1 / (1 + Math.exp(-x))],
  ['linear', (x) => x],
])('%s acts between layers, and never on the outputs', (activation, f) => {
  const shape: NetworkShape = { sizes: [1, 1, 1], activation, residual: false, bias: true };
  const parts = unpackWeights(shape, input('weights', [1, 4]));
  const layers = networkLayers(shape, parts, input('inputs', [1, 2, 1]));
  const [hidden, outputs] = evaluateReference(layers, {
    weights: [2, 0.5, -3, 1],
    inputs: [-1, 0.3],
  });
  expect(hidden![0]).toBeCloseTo(f(-1.5), 12);
  expect(hidden![1]).toBeCloseTo(f(1.1), 12);
  expect(outputs![0]).toBeCloseTo(-3 * f(-1.5) + 1, 12);
  expect(outputs![1]).toBeCloseTo(-3 * f(1.1) + 1, 12);
});
