// Truth: the same network computes the same, its units moved as the symmetry says; the axioms of a group.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  applySymmetry,
  identitySymmetry,
} from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import { hiddenGroups } from '../../../../src/landscape/symmetry/hidden-groups.ts';
import { composeSymmetries } from '../../../../src/landscape/symmetry/symmetry-group.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { compute, randomWeights, relativeDifference, shape } from './networks.ts';
import type { Computed } from './networks.ts';
import { invertSymmetry, randomSymmetry } from './random-symmetry.ts';

const draw = (network: Parameters<typeof randomSymmetry>[0], seed: number) =>
  randomSymmetry(network, randomStream(seed, 'symmetry test'));

describe('hiddenGroups', () => {
  it('leaves every layer to itself without residual connections', () => {
    expect(hiddenGroups(shape([4, 4, 4, 2]))).toEqual([
      { layers: [0], units: 4, free: true },
      { layers: [1], units: 4, free: true },
    ]);
    expect(hiddenGroups(shape([4, 2]))).toEqual([]);
  });

  it('ties layers that add their input, and the first of them to the inputs', () => {
    expect(hiddenGroups(shape([4, 4, 4, 6, 6, 6, 5, 5], { residual: true }))).toEqual([
      { layers: [0, 1], units: 4, free: false },
      { layers: [2, 3, 4], units: 6, free: true },
      // The last layer is the output: as wide as its input, but it adds nothing.
      { layers: [5], units: 5, free: true },
    ]);
  });
});

test.each([
  ['plain, tanh', shape([3, 7, 2])],
  ['deep, tanh', shape([2, 6, 5, 7, 3])],
  ['deep, relu', shape([2, 6, 5, 7, 3], { activation: 'relu' })],
  ['deep, sigmoid', shape([2, 6, 5, 3], { activation: 'sigmoid' })],
  ['deep, gelu', shape([2, 6, 5, 3], { activation: 'gelu' })],
  ['linear', shape([3, 4, 4, 2], { activation: 'linear' })],
  ['no bias', shape([3, 7, 5, 2], { bias: false })],
  ['residual, tanh', shape([2, 6, 6, 6, 4, 3], { residual: true })],
  ['residual, relu', shape([2, 6, 6, 4, 4, 3], { residual: true, activation: 'relu' })],
  ['residual, tied to the inputs', shape([5, 5, 4, 4, 3], { residual: true })],
])('a reordered network computes the same, unit by unit: %s', async (_, network) => {
  const weights = randomWeights(network, 3);
  const symmetry = draw(network, 5);
  const reordered = applySymmetry(network, weights, symmetry);
  expect(reordered).not.toEqual(weights);
  const [before, after] = (await compute(network, weights, reordered)) as [Computed, Computed];
  expect(after.loss / before.loss).toBeCloseTo(1, 5);
  expect(relativeDifference(before.outputs, after.outputs)).toBeLessThan(1e-5);
  for (const [layer, values] of before.activations.entries()) {
    const [order, signs] = [symmetry.permutations[layer]!, symmetry.signs[layer]!];
    const units = order.length;
    const expected = values.map((_, i) => {
      const k = i % units;
      return signs[k]! * values[i - k + order[k]!]!;
    });
    expect(relativeDifference(expected, after.activations[layer]!)).toBeLessThan(1e-5);
  }
});

test('a network written out: two units swapped, one of them negated', () => {
  // W1 = [[1, 2]], b1 = [3, 4], W2 = [[5], [6]], b2 = [7].
  const symmetry = { permutations: [Int32Array.of(1, 0)], signs: [Int8Array.of(-1, 1)] };
  const swapped = applySymmetry(shape([1, 2, 1]), Float32Array.of(1, 2, 3, 4, 5, 6, 7), symmetry);
  expect([...swapped]).toEqual([-2, 1, -4, 3, -6, 5, 7]);
});

test('random symmetries reorder and negate where that is allowed, and only there', () => {
  const stream = randomStream(1, 'signs');
  const drawn = (activation: 'tanh' | 'relu') =>
    Array.from({ length: 50 }, () =>
      randomSymmetry(shape([3, 3, 3, 4, 2], { activation, residual: true }), stream),
    );
  for (const { permutations, signs } of drawn('relu')) {
    expect([...permutations[0]!, ...permutations[1]!]).toEqual([0, 1, 2, 0, 1, 2]);
    expect(new Set(signs.flatMap((layer) => [...layer]))).toEqual(new Set([1]));
  }
  const tanh = drawn('tanh');
  // 24 orders of four units: 50 draws that miss a first unit have probability 4 (3/4)^50 < 1e-5.
  expect(new Set(tanh.map(({ permutations }) => permutations[2]![0]))).toEqual(
    new Set([0, 1, 2, 3]),
  );
  expect(new Set(tanh.map(({ signs }) => signs[2]![0]))).toEqual(new Set([1, -1]));
  expect(new Set(tanh.map(({ signs }) => signs[1]![0]))).toEqual(new Set([1]));
});

describe('symmetries are a group that acts on weights', () => {
  const anyNetwork = fc
    .record({
      hidden: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
      residual: fc.boolean(),
      bias: fc.boolean(),
      activation: fc.constantFrom('tanh' as const, 'relu' as const),
      seed: fc.nat(),
    })
    .map(({ hidden, seed, ...rest }) => ({ network: shape([2, ...hidden, 3], rest), seed }));

  test('composed, they act one after the other', () => {
    fc.assert(
      fc.property(anyNetwork, ({ network, seed }) => {
        const weights = randomWeights(network, seed);
        const [first, second] = [draw(network, seed), draw(network, seed + 1)];
        expect(applySymmetry(network, weights, composeSymmetries(first, second))).toEqual(
          applySymmetry(network, applySymmetry(network, weights, first), second),
        );
      }),
    );
  });

  test('an inverse undoes, from either side; the identity changes nothing', () => {
    fc.assert(
      fc.property(anyNetwork, ({ network, seed }) => {
        const weights = randomWeights(network, seed);
        const symmetry = draw(network, seed);
        const inverse = invertSymmetry(symmetry);
        const identity = identitySymmetry(network);
        expect(composeSymmetries(symmetry, inverse)).toEqual(identity);
        expect(composeSymmetries(inverse, symmetry)).toEqual(identity);
        expect(applySymmetry(network, weights, identity)).toEqual(weights);
        expect(applySymmetry(network, applySymmetry(network, weights, symmetry), inverse)).toEqual(
          weights,
        );
      }),
    );
  });
});

describe('applySymmetry says', () => {
  const of = (order: number[], signs: number[] = order.map(() => 1)) => ({
    permutations: [Int32Array.from(order)],
    signs: [Int8Array.from(signs)],
  });
  const network = shape([1, 3, 1]);
  it.each([
    [
      'too few layers',
      network,
      { permutations: [], signs: [] },
      'a symmetry with 0 permutations and 0 lists of signs does not fit a network with 1 hidden layers',
    ],
    ['too few units', network, of([0, 1]), 'hidden layer 0 has 3 units, but its permutation has 2'],
    ['a unit twice', network, of([0, 2, 2]), 'the permutation of hidden layer 0 repeats unit 2'],
    ['a unit beyond', network, of([0, 1, 3]), 'the permutation of hidden layer 0 holds unit 3'],
    ['a sign of zero', network, of([0, 1, 2], [1, 0, 1]), 'a sign of hidden layer 0 is 0'],
    [
      'a negated relu',
      shape([1, 3, 1], { activation: 'relu' }),
      of([0, 1, 2], [1, -1, 1]),
      'hidden layer 0 has a sign of -1, but relu is not odd',
    ],
    [
      'inputs reordered',
      shape([3, 3, 1], { residual: true }),
      of([1, 0, 2]),
      "hidden layer 0 adds the network's inputs to its output",
    ],
    [
      'tied layers apart',
      shape([1, 3, 3, 1], { residual: true }),
      {
        permutations: [Int32Array.of(0, 1, 2), Int32Array.of(1, 0, 2)],
        signs: [Int8Array.of(1, 1, 1), Int8Array.of(1, 1, 1)],
      },
      'hidden layers 0 and 1 share their units through residual connections',
    ],
  ])('%s', (_, network, symmetry, sentence) => {
    expect(() => applySymmetry(network, randomWeights(network, 1), symmetry)).toThrow(sentence);
  });

  it('weights of another network, symmetries of two', () => {
    expect(() => applySymmetry(network, new Float32Array(9), of([0, 1, 2]))).toThrow(
      'the network to reorder has 9 weights, but a network of 1-3-1 units has 10',
    );
    expect(() => composeSymmetries(of([0, 1]), of([0, 1, 2]))).toThrow(
      'symmetries of hidden layers with 2 units and with 3 units cannot be composed',
    );
  });
});
