// Truth: a reordered copy of a network is the network; brute force over all symmetries of small networks.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { weightDistance } from '../../../../src/landscape/symmetry/alignment.ts';
import {
  applySymmetry,
  identitySymmetry,
} from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import { matchWeights } from '../../../../src/landscape/symmetry/weight-matching.ts';
import type { UnitSymmetry } from '../../../../src/landscape/symmetry/hidden-groups.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { compute, randomWeights, relativeDifference, shape, symmetriesOf } from './networks.ts';
import type { Computed } from './networks.ts';
import { randomSymmetry } from './random-symmetry.ts';

const nearest = (
  network: NetworkShape,
  reference: Float32Array,
  weights: Float32Array,
  layers: readonly number[],
  signFlips: boolean,
) =>
  Math.min(
    ...symmetriesOf(network, layers, signFlips).map((symmetry) =>
      weightDistance(reference, applySymmetry(network, weights, symmetry)),
    ),
  );

test.each([
  ['one hidden layer', shape([2, 16, 2])],
  ['one hidden layer, relu', shape([2, 16, 2], { activation: 'relu' })],
  ['two hidden layers', shape([2, 16, 16, 2])],
  ['two hidden layers, relu', shape([2, 16, 12, 2], { activation: 'relu' })],
  ['four hidden layers, one input, no bias', shape([1, 8, 8, 8, 8, 1], { bias: false })],
  ['residual', shape([2, 12, 12, 12, 2], { residual: true })],
  ['residual, relu', shape([2, 12, 12, 6, 6, 2], { residual: true, activation: 'relu' })],
  ['residual, tied to the inputs', shape([6, 6, 8, 8, 2], { residual: true })],
])('finds a reordered copy of a network again: %s', (_, network) => {
  for (let seed = 0; seed < 10; seed++) {
    const reference = randomWeights(network, seed);
    const hidden = randomSymmetry(network, randomStream(seed, 'weight matching test'));
    const copy = applySymmetry(network, reference, hidden);
    const { weights, symmetry, distanceBefore, distanceAfter } = matchWeights(
      network,
      reference,
      copy,
      { seed },
    );
    expect(distanceBefore).toBeGreaterThan(1);
    expect(distanceAfter).toBe(0);
    // -0 and 0 are one number here: a negated zero is no difference.
    expect(weights.every((value, p) => value === reference[p])).toBe(true);
    expect(applySymmetry(network, copy, symmetry)).toEqual(weights);
  }
});

describe('one hidden layer', () => {
  it.each([
    ['tanh', true],
    ['tanh', false],
    ['relu', false],
  ] as const)('no symmetry brings it closer: %s, sign flips %s', (activation, signFlips) => {
    const network = shape([2, 4, 2], { activation });
    for (let seed = 0; seed < 30; seed++) {
      const [a, b] = [randomWeights(network, seed), randomWeights(network, seed + 1000)];
      const match = matchWeights(network, a, b, { seed, signFlips });
      expect(match.distanceAfter).toBeCloseTo(nearest(network, a, b, [0], signFlips), 12);
      expect(match.distanceAfter).toBe(weightDistance(a, match.weights));
    }
  });

  it('negates units by default where the activation is odd', () => {
    const flips = (activation: NetworkShape['activation']) => {
      const network = shape([2, 8, 2], { activation });
      const [a, b] = [randomWeights(network, 1), randomWeights(network, 2)];
      return matchWeights(network, a, b, { seed: 1 }).symmetry.signs[0]!.includes(-1);
    };
    expect(flips('tanh')).toBe(true);
    expect(flips('linear')).toBe(true);
    expect(flips('relu')).toBe(false);
    expect(flips('sigmoid')).toBe(false);
  });

  it('is the same distance from either side', () => {
    const network = shape([3, 20, 2]);
    const [a, b] = [randomWeights(network, 1), randomWeights(network, 2)];
    expect(matchWeights(network, a, b, { seed: 1 }).distanceAfter).toBeCloseTo(
      matchWeights(network, b, a, { seed: 1 }).distanceAfter,
      10,
    );
  });
});

describe('several hidden layers', () => {
  const network = shape([2, 3, 4, 2]);

  it('ends where no symmetry of one layer alone brings it closer', () => {
    for (let seed = 0; seed < 10; seed++) {
      const [a, b] = [randomWeights(network, seed), randomWeights(network, seed + 1000)];
      const { weights, distanceAfter } = matchWeights(network, a, b, { seed });
      for (const layer of [0, 1])
        expect(nearest(network, a, weights, [layer], true)).toBeCloseTo(distanceAfter, 12);
    }
  });

  it.each([
    ['tanh', [2, 4, 4, 2], [0, 1]],
    ['tanh', [3, 3, 4, 4, 4, 2], [1, 2, 3]],
    ['relu', [2, 5, 5, 5, 2], [0, 1, 2]],
  ] as const)(
    'tied by residual connections: no exchange of two units brings them closer: %s %j',
    (activation, sizes, layers) => {
      const tied = shape(sizes, { activation, residual: true });
      const signFlips = activation === 'tanh';
      const all = symmetriesOf(tied, layers, signFlips);
      // Two units exchanged and perhaps negated, or one negated.
      const steps = all.filter(({ permutations, signs }) => {
        const [order, sign] = [permutations[layers[0]!]!, signs[layers[0]!]!];
        const moved = order.filter((unit, k) => unit !== k).length;
        const negated = sign.filter((each, k) => each < 0 && order[k] === k).length;
        return (moved === 2 && negated === 0) || (moved === 0 && negated === 1);
      });
      let improved = 0;
      for (let seed = 0; seed < 6; seed++) {
        const [a, b] = [randomWeights(tied, seed), randomWeights(tied, seed + 1000)];
        const { weights, distanceBefore, distanceAfter } = matchWeights(tied, a, b, { seed });
        const after = (symmetry: UnitSymmetry) =>
          weightDistance(a, applySymmetry(tied, weights, symmetry));
        expect(Math.min(...steps.map(after))).toBeGreaterThan(distanceAfter - 1e-9);
        expect(distanceAfter).toBeLessThanOrEqual(distanceBefore);
        if (distanceAfter < distanceBefore) improved++;
      }
      expect(improved).toBe(6);
    },
  );

  it('comes no farther away with more sweeps, and stops by itself', () => {
    const deep = shape([2, 10, 10, 10, 2]);
    for (let seed = 0; seed < 5; seed++) {
      const [a, b] = [randomWeights(deep, seed), randomWeights(deep, seed + 1000)];
      const matches = [1, 2, 3, 100].map((maxSweeps) =>
        matchWeights(deep, a, b, { seed, maxSweeps }),
      );
      for (const [i, match] of matches.entries())
        if (i > 0) expect(match.distanceAfter).toBeLessThanOrEqual(matches[i - 1]!.distanceAfter);
      expect(matches[0]!.sweeps).toBe(1);
      expect(matches.at(-1)!.sweeps).toBeLessThan(100);
    }
  });
});

test('never farther than before, and the same function, whatever the network', async () => {
  const anyNetwork = fc.record({
    hidden: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }),
    residual: fc.boolean(),
    bias: fc.boolean(),
    activation: fc.constantFrom('tanh' as const, 'relu' as const, 'linear' as const),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(anyNetwork, ({ hidden, seed, ...rest }) => {
      const network = shape([3, ...hidden, 2], rest);
      const [a, b] = [randomWeights(network, seed), randomWeights(network, seed + 1)];
      const match = matchWeights(network, a, b, { seed });
      expect(match.distanceBefore).toBe(weightDistance(a, b));
      expect(match.distanceAfter).toBeLessThanOrEqual(match.distanceBefore * (1 + 1e-12));
      expect(match.weights).toEqual(applySymmetry(network, b, match.symmetry));
    }),
  );
  const network = shape([2, 6, 6, 2]);
  const [a, b] = [randomWeights(network, 1), randomWeights(network, 2)];
  const { weights } = matchWeights(network, a, b, { seed: 1 });
  expect(weights).not.toEqual(b);
  const [before, after] = (await compute(network, b, weights)) as [Computed, Computed];
  expect(relativeDifference(before.outputs, after.outputs)).toBeLessThan(1e-5);
});

test('a network stays as it is beside itself, and where nothing can be reordered', () => {
  const network = shape([2, 6, 6, 2]);
  const weights = randomWeights(network, 1);
  expect(matchWeights(network, weights, weights, { seed: 1 }).symmetry).toEqual(
    identitySymmetry(network),
  );
  const fixed = shape([3, 3, 2], { residual: true });
  const [a, b] = [randomWeights(fixed, 1), randomWeights(fixed, 2)];
  const match = matchWeights(fixed, a, b, { seed: 1 });
  expect(match).toMatchObject({ sweeps: 0, weights: b, distanceAfter: weightDistance(a, b) });
});

test('bad input is told in a sentence', () => {
  const network = shape([1, 2, 1], { activation: 'relu' });
  const weights = randomWeights(network, 1);
  const match = (other: Float32Array, options = {}) =>
    matchWeights(network, weights, other, { seed: 1, ...options });
  expect(() => match(new Float32Array(3))).toThrow(
    'the network to align has 3 weights, but a network of 1-2-1 units has 7',
  );
  expect(() => match(weights.with(2, NaN))).toThrow('weight 2 of the network to align is NaN');
  expect(() => match(weights, { signFlips: true })).toThrow(
    'signFlips is true, but relu is not odd',
  );
  expect(() => match(weights, { maxSweeps: 0 })).toThrow('maxSweeps is 0');
});
