// Theorem: in many dimensions, principal components of a random walk are cosines (Antognini and Sohl-Dickstein 2018).
import { describe, expect, it, test } from 'vitest';
import { randomWalk, randomWalkShare } from '../../../../src/landscape/closed-forms/random-walk.ts';
import { principalComponents } from '../../../../src/landscape/pca.ts';
import { planeOfComponents, projectOntoPlane } from '../../../../src/landscape/plane.ts';
import { jacobiEigen } from '../symmetric-matrix.ts';
import { largestDifference } from './on-the-engine.ts';
import { randomWalkCoordinates } from './random-walk-coordinates.ts';

/** The limit of many dimensions itself: every step is a unit axis of its own. `[steps + 1, steps]`. */
const orthogonalWalk = (steps: number): Float32Array =>
  Float32Array.from({ length: (steps + 1) * steps }, (_, i) =>
    Number(i % steps < Math.floor(i / steps)),
  );

/** Projections on components 1 and 2, each `[points]`, with the sign of the truth where they start. */
function coordinatesOf(points: Float32Array, K: number, P: number) {
  const components = principalComponents(points, K, P, 2);
  const { coordinates } = projectOntoPlane(planeOfComponents(components), points);
  return [0, 1].map((component) => {
    const sign = Math.sign(coordinates[component]!);
    return Array.from({ length: K }, (_, k) => sign * coordinates[2 * k + component]!);
  });
}

describe.each([4, 12, 100])('a walk of %d orthogonal steps', (steps) => {
  it('has exactly the shares of the closed form', () => {
    const { explainedVariance } = principalComponents(orthogonalWalk(steps), steps + 1, steps, 2);
    explainedVariance.forEach((share, k) =>
      expect(share).toBeCloseTo(randomWalkShare(steps, k + 1), 11),
    );
    expect(explainedVariance).toHaveLength(Math.min(10, steps));
  });

  it('has the cosines of the closed form for coordinates', () => {
    coordinatesOf(orthogonalWalk(steps), steps + 1, steps).forEach((own, k) => {
      const truth = randomWalkCoordinates(steps, k + 1);
      // Planes are kept in float32: 6e-8 of coordinates of up to 6.
      expect(largestDifference(own, truth)).toBeLessThan(1e-6 * steps);
    });
  });

  it('has shares that add up to 1', () => {
    let sum = 0;
    for (let k = 1; k <= steps; k++) sum += randomWalkShare(steps, k);
    expect(sum).toBeCloseTo(1, 12);
  });
});

test('many steps: 60.8%, and 76% with the second, which are 6 / pi^2 and 6 / pi^2 (1 + 1/4)', () => {
  const [first, second] = [randomWalkShare(10_000, 1), randomWalkShare(10_000, 2)];
  expect(first).toBeCloseTo(6 / Math.PI ** 2, 7);
  expect(first.toFixed(3)).toBe('0.608');
  expect((first + second).toFixed(2)).toBe('0.76');
});

test('a Gaussian walk comes to the limit as dimensions grow: four times as many, half the error', () => {
  const [steps, walks] = [20, 12];
  const truth = [1, 2, 3].map((k) => randomWalkShare(steps, k));
  const errorIn = (P: number) => {
    let squares = 0;
    for (let seed = 0; seed < walks; seed++) {
      const points = randomWalk(steps, P, seed);
      const { explainedVariance } = principalComponents(points, steps + 1, P, 2);
      truth.forEach((share, k) => (squares += (explainedVariance[k]! - share) ** 2));
    }
    return Math.sqrt(squares / (3 * walks));
  };
  const errors = [250, 1000, 4000].map(errorIn);
  // Dot products of steps fluctuate as 1 / sqrt(P): 1.6% of their length for 4,000.
  expect(errors[2]).toBeLessThan(0.01);
  // 12 walks know an error to about a sixth.
  expect(errors[0]! / errors[1]!).toBeGreaterThan(1.4);
  expect(errors[1]! / errors[2]!).toBeGreaterThan(1.4);
  expect(errors[0]! / errors[2]!).toBeLessThan(6);
});

test('a Gaussian walk draws the Lissajous curve: cosine against cosine of twice the frequency', () => {
  const [steps, P] = [50, 4000];
  const own = coordinatesOf(randomWalk(steps, P, 1), steps + 1, P);
  own.forEach((values, k) => {
    // Steps have the root mean square length sqrt(P).
    const truth = randomWalkCoordinates(steps, k + 1).map((value) => value * Math.sqrt(P));
    const amplitude = Math.max(...truth);
    expect(largestDifference(values, truth)).toBeLessThan(0.12 * amplitude);
  });
  const [a1, a2] = [1, 2].map((k) => randomWalkCoordinates(steps, k)[0]!);
  randomWalkCoordinates(steps, 1).forEach((x, t) => {
    // cos 2x = 2 cos^2 x - 1, with amplitudes at t = 0 divided out.
    const amplitudes = [
      a1! / Math.cos(Math.PI / (2 * (steps + 1))),
      a2! / Math.cos(Math.PI / (steps + 1)),
    ];
    const y = randomWalkCoordinates(steps, 2)[t]!;
    expect(y / amplitudes[1]!).toBeCloseTo(2 * (x / amplitudes[0]!) ** 2 - 1, 10);
  });
});

/** Expected Gram matrix of the centred points of a walk with momentum, per dimension, by its definition. */
function expectedGram(steps: number, momentum: number): Float64Array {
  const n = steps + 1;
  // x_t = sum of noises 1..t, each with the weight 1 + mu + ... + mu^(t - i).
  const weights = Array.from({ length: n }, (_, t) =>
    Array.from({ length: steps }, (_, i) =>
      i < t ? (1 - momentum ** (t - i)) / (1 - momentum) : 0,
    ),
  );
  const means = weights[0]!.map((_, i) => weights.reduce((sum, row) => sum + row[i]!, 0) / n);
  const centred = weights.map((row) => row.map((value, i) => value - means[i]!));
  return Float64Array.from({ length: n * n }, (_, k) =>
    centred[Math.floor(k / n)]!.reduce((sum, value, i) => sum + value * centred[k % n]![i]!, 0),
  );
}

describe('momentum', () => {
  const [steps, P, momentum] = [30, 4000, 0.8];

  it('gives the shares of the expected Gram matrix, more of the variance to the first component', () => {
    const truth = jacobiEigen(expectedGram(steps, momentum), steps + 1);
    const total = truth.reduce((sum, { value }) => sum + value, 0);
    const points = randomWalk(steps, P, 3, { momentum });
    const { explainedVariance } = principalComponents(points, steps + 1, P, 2);
    for (const k of [0, 1, 2])
      // As above, dot products of noises fluctuate by 1.6%.
      expect(Math.abs(explainedVariance[k]! - truth[k]!.value / total)).toBeLessThan(0.015);
    expect(explainedVariance[0]! - randomWalkShare(steps, 1)).toBeGreaterThan(0.03);
  });

  it('of 0 has the closed form for expected Gram matrix', () => {
    const truth = jacobiEigen(expectedGram(12, 0), 13);
    const total = truth.reduce((sum, { value }) => sum + value, 0);
    for (const k of [1, 2, 5, 12])
      expect(truth[k - 1]!.value / total).toBeCloseTo(randomWalkShare(12, k), 11);
  });

  it('is in the steps: each is mu times the one before, plus noise of variance 1', () => {
    const points = randomWalk(steps, P, 4, { momentum });
    const stepAt = (t: number) =>
      Float64Array.from({ length: P }, (_, p) => points[t * P + p]! - points[(t - 1) * P + p]!);
    for (const t of [2, 9, 30]) {
      const [now, before] = [stepAt(t), stepAt(t - 1)];
      const noise = now.map((value, p) => value - momentum * before[p]!);
      const [variance, overlap] = [noise, before].map(
        (other) => noise.reduce((sum, value, p) => sum + value * other[p]!, 0) / P,
      );
      // Standard deviations over 4,000 coordinates: sqrt(2 / 4000) = 0.022; with the step's own, 0.026.
      expect(Math.abs(variance! - 1)).toBeLessThan(0.09);
      expect(Math.abs(overlap!)).toBeLessThan(0.1);
    }
  });
});

test('a walk starts at the origin, is the same for the same seed, and longer walks start alike', () => {
  const walk = randomWalk(5, 7, 42);
  expect(walk).toHaveLength(6 * 7);
  expect(walk.subarray(0, 7)).toEqual(new Float32Array(7));
  expect(randomWalk(5, 7, 42)).toEqual(walk);
  expect(randomWalk(9, 7, 42).subarray(0, 42)).toEqual(walk);
  expect(randomWalk(5, 7, 43)).not.toEqual(walk);
});

test('bad sizes are refused in a sentence', () => {
  expect(() => randomWalk(0, 3, 1)).toThrow('steps is 0: a random walk needs a whole number');
  expect(() => randomWalk(3, 1.5, 1)).toThrow('dimensions is 1.5');
  expect(() => randomWalk(3, 3, 1, { momentum: 1 })).toThrow(
    'momentum is 1: a random walk needs one from 0 up to, but not including, 1',
  );
  expect(() => randomWalkShare(5, 6)).toThrow(
    'component is 6: a walk of 5 steps has components 1 to 5',
  );
  expect(() => randomWalkCoordinates(5, 0)).toThrow('component is 0');
});
