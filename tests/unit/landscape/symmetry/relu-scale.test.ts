// Truth: f(c x) = c f(x) for c > 0, so a rescaled network computes the same; a unit written out by hand.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canonicalScale, rescaleUnits } from '../../../../src/landscape/symmetry/relu-scale.ts';
import { layerLayouts } from '../../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { compute, randomWeights, relativeDifference, shape } from './networks.ts';

/** Every hidden layer's units rescaled by factors from 1/20 to 20. */
function rescaled(network: NetworkShape, weights: Float32Array, seed: number): Float32Array {
  const random = randomStream(seed, 'factors');
  return network.sizes.slice(1, -1).reduce(
    (current, units, layer) =>
      rescaleUnits(
        network,
        current,
        layer,
        Array.from({ length: units }, () => 20 ** (2 * random.uniform() - 1)),
      ),
    weights,
  );
}

const networks: [string, NetworkShape][] = [
  ['one hidden layer', shape([2, 6, 3], { activation: 'relu' })],
  ['deep', shape([2, 6, 5, 4, 3], { activation: 'relu' })],
  ['no bias', shape([2, 6, 5, 3], { activation: 'relu', bias: false })],
  ['linear', shape([2, 6, 5, 3], { activation: 'linear' })],
];

test.each(networks)('rescaled, a network computes the same: %s', async (_, network) => {
  const weights = randomWeights(network, 1);
  const other = rescaled(network, weights, 2);
  const canonical = canonicalScale(network, weights);
  expect(relativeDifference(weights, other)).toBeGreaterThan(0.5);
  expect(relativeDifference(weights, canonical)).toBeGreaterThan(0.1);
  const [before, ...others] = await compute(network, weights, other, canonical);
  expect(others).toHaveLength(2);
  for (const after of others) {
    expect(after.loss / before!.loss).toBeCloseTo(1, 5);
    expect(relativeDifference(before!.outputs, after.outputs)).toBeLessThan(1e-5);
  }
});

test('a network written out', () => {
  // W1 = [[3, 0]], b1 = [4, 0], W2 = [[2], [9]], b2 = [7]: unit 0 has norm 5, unit 1 norm 0.
  const network = shape([1, 2, 1], { activation: 'relu' });
  const weights = Float32Array.of(3, 0, 4, 0, 2, 9, 7);
  expect([...canonicalScale(network, weights)]).toEqual([
    ...Float32Array.of(0.6, 0, 0.8, 0, 10, 9, 7),
  ]);
  expect([...rescaleUnits(network, weights, 0, [2, 4])]).toEqual([6, 0, 8, 0, 1, 2.25, 7]);
  expect([...weights]).toEqual([3, 0, 4, 0, 2, 9, 7]);
});

describe('canonicalScale', () => {
  it.each(networks)('gives every hidden unit an incoming norm of 1: %s', (_, network) => {
    const weights = canonicalScale(network, randomWeights(network, 3));
    for (const { inputs, outputs, weightOffset, biasOffset } of layerLayouts(network).slice(0, -1))
      for (let k = 0; k < outputs; k++) {
        let squares = biasOffset === null ? 0 : weights[biasOffset + k]! ** 2;
        for (let i = 0; i < inputs; i++) squares += weights[weightOffset + i * outputs + k]! ** 2;
        expect(squares).toBeCloseTo(1, 6);
      }
  });

  it('does nothing the second time, and makes rescaled copies equal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }),
        fc.boolean(),
        fc.nat(),
        (hidden, bias, seed) => {
          const network = shape([2, ...hidden, 2], { activation: 'relu', bias });
          const weights = randomWeights(network, seed);
          const once = canonicalScale(network, weights);
          expect(relativeDifference(once, canonicalScale(network, once))).toBeLessThan(1e-6);
          const other = canonicalScale(network, rescaled(network, weights, seed));
          expect(relativeDifference(once, other)).toBeLessThan(2e-6);
        },
      ),
    );
  });
});

describe('says', () => {
  const relu = shape([1, 2, 1], { activation: 'relu' });
  const residual = shape([1, 2, 2, 3, 1], { activation: 'relu', residual: true });
  it.each<[string, () => unknown, string]>([
    [
      'tanh',
      () => canonicalScale(shape([1, 2, 1]), randomWeights(relu, 1)),
      'units of a tanh network cannot be rescaled',
    ],
    [
      'residual, the layer before',
      () => rescaleUnits(residual, randomWeights(residual, 1), 0, [1, 2]),
      'hidden layer 1 adds its input to its output, so its units cannot be rescaled on their own',
    ],
    [
      'residual, all',
      () => canonicalScale(residual, randomWeights(residual, 1)),
      'hidden layer 1 adds its input to its output',
    ],
    [
      'no such layer',
      () => rescaleUnits(relu, randomWeights(relu, 1), 1, [1]),
      'there is no hidden layer 1 to rescale in a network with 1 hidden layers',
    ],
    [
      'too few factors',
      () => rescaleUnits(relu, randomWeights(relu, 1), 0, [1]),
      'hidden layer 0 has 2 units, but there are 1 factors',
    ],
    [
      'a negative factor',
      () => rescaleUnits(relu, randomWeights(relu, 1), 0, [1, -2]),
      'the factor of unit 1 of hidden layer 0 is -2: it must be a positive number',
    ],
    [
      'weights that are not finite',
      () => canonicalScale(relu, randomWeights(relu, 1).with(4, Infinity)),
      'weight 4 of the network to rescale is Infinity',
    ],
  ])('%s', (_, act, sentence) => {
    expect(act).toThrow(sentence);
  });

  it('but rescales the free layer of a residual network', () => {
    const weights = randomWeights(residual, 1);
    expect(rescaleUnits(residual, weights, 2, [2, 2, 2])).not.toEqual(weights);
  });
});
