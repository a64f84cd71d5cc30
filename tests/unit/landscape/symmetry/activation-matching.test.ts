// Truth: a reordered copy of a network is the network; the sum of squares by brute force over all symmetries.
import { expect, test } from 'vitest';
import { matchActivations } from '../../../../src/landscape/symmetry/activation-matching.ts';
import { applySymmetry } from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import type { UnitSymmetry } from '../../../../src/landscape/symmetry/hidden-groups.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { compute, count, randomWeights, shape, symmetriesOf } from './networks.ts';
import type { Computed } from './networks.ts';
import { randomSymmetry } from './random-symmetry.ts';

test.each([
  ['one hidden layer', shape([2, 16, 2])],
  ['two hidden layers', shape([2, 10, 8, 2])],
  ['two hidden layers, sigmoid', shape([2, 10, 8, 2], { activation: 'sigmoid' })],
  ['residual', shape([2, 8, 8, 8, 2], { residual: true })],
  ['residual, tied to the inputs', shape([4, 4, 8, 8, 2], { residual: true })],
])('finds a reordered copy of a network again: %s', async (_, network) => {
  const reference = randomWeights(network, 3);
  const symmetry = randomSymmetry(network, randomStream(5, 'activation matching test'));
  const copy = applySymmetry(network, reference, symmetry);
  const [own, other] = (await compute(network, reference, copy)) as [Computed, Computed];
  const match = matchActivations(network, reference, copy, {
    referenceActivations: own.activations,
    activations: other.activations,
    count,
  });
  expect(match.distanceBefore).toBeGreaterThan(1);
  expect(match.distanceAfter).toBe(0);
  expect(match.sweeps).toBe(1);
});

test.each([
  ['one layer', shape([2, 4, 2]), [0]],
  ['one layer, sigmoid', shape([2, 4, 2], { activation: 'sigmoid' }), [0]],
  ['tied layers', shape([2, 4, 4, 2], { residual: true }), [0, 1]],
] as const)('no symmetry brings activations closer: %s', async (_, network, layers) => {
  const signFlips = network.activation === 'tanh';
  const all = symmetriesOf(network, layers, signFlips);
  const networks = [0, 1, 2, 3, 4].map((seed) => randomWeights(network, seed));
  const computed = await compute(network, ...networks);
  const [a, own] = [networks[0]!, computed[0]!];
  for (let m = 1; m < networks.length; m++) {
    const [b, other] = [networks[m]!, computed[m]!];
    /** Sum of squared differences over samples and layers, straight from its definition. */
    const squares = ({ permutations, signs }: UnitSymmetry) => {
      let sum = 0;
      for (const layer of layers)
        for (const [i, value] of own.activations[layer]!.entries()) {
          const k = i % 4;
          const moved = other.activations[layer]![i - k + permutations[layer]![k]!]!;
          sum += (value - signs[layer]![k]! * moved) ** 2;
        }
      return sum;
    };
    const { symmetry } = matchActivations(network, a, b, {
      referenceActivations: own.activations,
      activations: other.activations,
      count,
    });
    expect(squares(symmetry)).toBeCloseTo(Math.min(...all.map(squares)), 9);
  }
});

test('bad input is told in a sentence', () => {
  const network = shape([1, 2, 1]);
  const weights = randomWeights(network, 1);
  const good = Float32Array.of(1, 2, 3, 4, 5, 6);
  const match = (activations: Float32Array[], options = {}) =>
    matchActivations(network, weights, weights, {
      referenceActivations: [good],
      activations,
      count: 3,
      ...options,
    });
  expect(() => match([])).toThrow(
    'there are activations of 0 layers of the network to align, but it has 1 hidden layers',
  );
  expect(() => match([good.subarray(1)])).toThrow(
    'hidden layer 0 of the network to align has 5 activations, expected 6: 2 units on 3 inputs',
  );
  expect(() => match([good.with(3, Infinity)])).toThrow(
    'unit 1 of hidden layer 0 of the network to align gives Infinity on input 1',
  );
  expect(() =>
    matchActivations(shape([1, 2, 1], { activation: 'gelu' }), weights, weights, {
      referenceActivations: [good],
      activations: [good],
      count: 3,
      signFlips: true,
    }),
  ).toThrow('signFlips is true, but gelu is not odd');
});
