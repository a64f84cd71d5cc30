// Truth: brute force over all permutations and signs; a planted assignment; a matrix solved by hand.
import { expect, test } from 'vitest';
import { pairUnits } from '../../../../src/landscape/symmetry/pair-units.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { permutations } from './networks.ts';

const vectors = (units: number, width: number, seed: number) => {
  const random = randomStream(seed, 'pair units test', units);
  return Float64Array.from({ length: units * width }, () => random.normal());
};

const product = (a: Float64Array, k: number, b: Float64Array, j: number, width: number) => {
  let sum = 0;
  for (let f = 0; f < width; f++) sum += a[k * width + f]! * b[j * width + f]!;
  return sum;
};

test.each([1, 2, 3, 4, 5, 6])(
  'the largest sum of inner products, with signs and without: %i units',
  (units) => {
    const width = 3;
    for (let seed = 0; seed < 10; seed++) {
      const [a, b] = [vectors(units, width, seed), vectors(units, width, seed + 100)];
      for (const signFlips of [false, true]) {
        const gain = (order: ArrayLike<number>, signs?: Int8Array) =>
          Array.from(order).reduce((sum, unit, k) => {
            const one = product(a, k, b, unit, width);
            // Without signs given, the best of each pair.
            return sum + (signs ? signs[k]! * one : signFlips ? Math.abs(one) : one);
          }, 0);
        const best = Math.max(...permutations(units).map((order) => gain(order)));
        const pairs = pairUnits(a, b, units, signFlips);
        expect(pairs.permutation.toSorted()).toEqual(
          Int32Array.from({ length: units }, (_, k) => k),
        );
        expect(gain(pairs.permutation, pairs.signs)).toBeCloseTo(best, 10);
      }
    }
  },
);

test('rows are units of the first layer: a matrix that is not symmetric', () => {
  // Inner products [[0, 9, 0], [0, 0, -8], [7, 0, 0]]: unit 0 goes with 1, 1 with 2 negated, 2 with 0.
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const second = Float64Array.of(0, 0, 7, 9, 0, 0, 0, -8, 0);
  expect(pairUnits(identity, second, 3, true)).toEqual({
    permutation: Int32Array.of(1, 2, 0),
    signs: Int8Array.of(1, -1, 1),
  });
});

test('finds a planted order and signs of 100 units', () => {
  const [units, width] = [100, 5];
  const first = vectors(units, width, 1);
  const random = randomStream(2, 'planted');
  const order = random.shuffle(Int32Array.from({ length: units }, (_, k) => k));
  const signs = Int8Array.from(order, () => (random.integer(2) === 0 ? 1 : -1));
  const second = new Float64Array(units * width);
  for (const [k, unit] of order.entries())
    for (let f = 0; f < width; f++) second[unit * width + f] = signs[k]! * first[k * width + f]!;
  expect(pairUnits(first, second, units, true)).toEqual({ permutation: order, signs });
});
