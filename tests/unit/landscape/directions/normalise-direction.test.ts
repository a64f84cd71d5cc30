// Truth: norms counted by hand from the layout of the weights; the published code's treatment of biases.
import { expect, test } from 'vitest';
import { normaliseDirection } from '../../../../src/landscape/directions/normalise-direction.ts';
import { randomDirection } from '../../../../src/landscape/directions/random-direction.ts';
import { dot, norm } from './histories.ts';

const network = { sizes: [3, 4, 2], activation: 'tanh', residual: false, bias: true } as const;
const P = 3 * 4 + 4 + 4 * 2 + 2;
const weights = randomDirection(P, 5, 0).map((value) => 0.3 * value);
const direction = randomDirection(P, 5, 1);

/** Entries of the weights into each unit: W1 [3, 4] is 0..11, b1 12..15, W2 [4, 2] 16..23, b2 24..25. */
const filters = [
  ...[0, 1, 2, 3].map((unit) => [unit, unit + 4, unit + 8]),
  ...[0, 1].map((unit) => [16 + unit, 18 + unit, 20 + unit, 22 + unit]),
];
const layers = [
  Array.from({ length: 12 }, (_, i) => i),
  Array.from({ length: 8 }, (_, i) => 16 + i),
];
const biases = [12, 13, 14, 15, 24, 25];
const pick = (values: Float32Array, entries: readonly number[]) => entries.map((i) => values[i]!);

test.each([
  ['filter', filters],
  ['layer', layers],
] as const)('%s: each has the norm of the weights, and its own course', (mode, parts) => {
  const result = normaliseDirection(network, direction, weights, mode);
  for (const part of parts) {
    const [own, before] = [pick(result, part), pick(direction, part)];
    expect(norm(own)).toBeCloseTo(norm(pick(weights, part)), 6);
    expect(dot(own, before) / (norm(own) * norm(before))).toBeCloseTo(1, 6);
  }
  expect(pick(result, biases)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('layers keep the proportions of their filters, which filter normalisation does not', () => {
  const ratios = (mode: 'filter' | 'layer') => {
    const result = normaliseDirection(network, direction, weights, mode);
    return filters
      .slice(0, 4)
      .map((part) => norm(pick(result, part)) / norm(pick(direction, part)));
  };
  const [first, ...others] = ratios('layer');
  for (const ratio of others) expect(ratio).toBeCloseTo(first!, 6);
  expect(Math.max(...ratios('filter')) / Math.min(...ratios('filter'))).toBeGreaterThan(1.1);
});

test('biases as weights are copied from the network; without normalising nothing changes', () => {
  const copied = normaliseDirection(network, direction, weights, 'filter', 'as-weights');
  expect(pick(copied, biases)).toEqual(pick(weights, biases));
  expect(normaliseDirection(network, direction, weights, 'none')).toEqual(direction);
});

test('a filter without weights does not move, and a direction that leaves one out still leaves it out', () => {
  const [dead, still] = [weights.slice(), direction.slice()];
  for (const i of filters[1]!) [dead[i], still[i]] = [0, 0];
  for (const result of [
    normaliseDirection(network, direction, dead, 'filter'),
    normaliseDirection(network, still, weights, 'filter'),
  ])
    expect(pick(result, filters[1]!)).toEqual([0, 0, 0]);
});

test('a network without biases has only weights', () => {
  const bare = { ...network, bias: false, sizes: [2, 2] };
  const result = normaliseDirection(
    bare,
    Float32Array.of(3, 1, 4, 1),
    Float32Array.of(10, 0, 0, 7),
    'filter',
  );
  // Columns (3, 4) of length 5 and (1, 1) of length sqrt 2 get lengths 10 and 7.
  for (const [i, value] of [6, 7 / Math.SQRT2, 8, 7 / Math.SQRT2].entries())
    expect(result[i]).toBeCloseTo(value, 5);
});

test('directions are standard normal, the same for the same seed and index, and others for others', () => {
  const many = randomDirection(20_000, 3, 7);
  // Standard errors: 1 / sqrt(n) of the mean, sqrt(2 / n) of the mean square; four of them.
  expect(Math.abs(many.reduce((sum, value) => sum + value, 0) / 20_000)).toBeLessThan(4 / 141);
  expect(Math.abs(dot(many, many) / 20_000 - 1)).toBeLessThan(4 / 100);
  expect(randomDirection(50, 3, 7)).toEqual(many.slice(0, 50));
  expect(randomDirection(50, 3, 8)).not.toEqual(many.slice(0, 50));
  expect(randomDirection(50, 4, 7)).not.toEqual(many.slice(0, 50));
});

test('a direction of another network is refused in a sentence', () => {
  expect(() => normaliseDirection(network, new Float32Array(5), weights, 'filter')).toThrow(
    'a direction of 5 numbers for a network of 26 weights (3-4-2): expected one for each',
  );
  expect(() => normaliseDirection(network, direction, new Float32Array(27), 'layer')).toThrow(
    'weights of 27 numbers for a network of 26 weights',
  );
});
