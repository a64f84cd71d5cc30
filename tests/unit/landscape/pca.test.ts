// Truth: Jacobi eigen-decomposition of the covariance; closed forms and measured floors where there is nothing to find.
import { expect, test } from 'vitest';
import { principalComponents } from '../../../src/landscape/pca.ts';
import { randomStream } from '../../../src/learning/random.ts';
import { jacobiEigen } from './symmetric-matrix.ts';

/** K points whose coordinate p has standard deviation `spread(p)`, mixed so that no axis is special. */
function cloud(K: number, P: number, spread: (p: number) => number, seed = 1): Float32Array {
  const random = randomStream(seed, 'pca test');
  const points = new Float32Array(K * P);
  const tilt = Array.from({ length: P }, () => random.normal());
  for (let k = 0; k < K; k++) {
    const along = 3 * random.normal();
    for (let p = 0; p < P; p++)
      points[k * P + p] = 5 + spread(p) * random.normal() + along * tilt[p]!;
  }
  return points;
}

/** Covariance `[P, P]` straight from its definition. */
function covariance(points: Float32Array, K: number, P: number): Float64Array {
  const mean = Array.from({ length: P }, (_, p) => {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += points[k * P + p]!;
    return sum / K;
  });
  const result = new Float64Array(P * P);
  for (let i = 0; i < P; i++)
    for (let j = 0; j < P; j++)
      for (let k = 0; k < K; k++)
        result[i * P + j]! +=
          ((points[k * P + i]! - mean[i]!) * (points[k * P + j]! - mean[j]!)) / (K - 1);
  return result;
}

const alignment = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Mean share of variance of the top two components over repeated draws. */
function meanTopTwo(draws: number, K: number, P: number, draw: (seed: number) => Float32Array) {
  let sum = 0;
  for (let seed = 0; seed < draws; seed++) {
    const { explainedVariance } = principalComponents(draw(seed), K, P, 2);
    sum += explainedVariance[0]! + explainedVariance[1]!;
  }
  return sum / draws;
}

test.each([
  { K: 40, P: 12, method: 'covariance' },
  { K: 9, P: 30, method: 'gram' },
] as const)(
  'agrees with Jacobi eigen-decomposition of the covariance: $method',
  ({ K, P, method }) => {
    const points = cloud(K, P, (p) => 1 / (1 + p));
    const components = principalComponents(points, K, P, 3);
    const truth = jacobiEigen(covariance(points, K, P), P);
    const total = truth.reduce((sum, { value }) => sum + value, 0);

    expect(components.method).toBe(method);
    expect(components.explainedVariance).toHaveLength(Math.min(10, P, K - 1));
    for (const [i, share] of components.explainedVariance.entries())
      expect(share).toBeCloseTo(truth[i]!.value / total, 10);
    for (let i = 0; i < 3; i++) {
      const direction = components.directions.subarray(i * P, (i + 1) * P);
      expect(Math.abs(alignment(direction, truth[i]!.vector))).toBeCloseTo(1, 9);
    }
  },
);

test.each([
  { K: 60, P: 21 },
  { K: 21, P: 60 },
  { K: 150, P: 131 },
])(
  'covariance and Gram matrix give the same components of $K points in $P dimensions',
  ({ K, P }) => {
    const points = cloud(K, P, (p) => 1 / (1 + p));
    const byCovariance = principalComponents(points, K, P, 2, 'covariance');
    const byGram = principalComponents(points, K, P, 2, 'gram');
    for (const [i, share] of byGram.explainedVariance.entries())
      expect(share).toBeCloseTo(byCovariance.explainedVariance[i]!, 10);
    for (const [i, value] of byGram.directions.entries())
      expect(value).toBeCloseTo(byCovariance.directions[i]!, 8);
    expect(byGram.mean).toEqual(byCovariance.mean);
  },
);

test.each(['covariance', 'gram'] as const)(
  'directions are orthonormal and their largest entry is positive: %s',
  (method) => {
    const [K, P] = [30, 25];
    const { directions } = principalComponents(
      cloud(K, P, () => 1),
      K,
      P,
      4,
      method,
    );
    const rows = [0, 1, 2, 3].map((i) => directions.subarray(i * P, (i + 1) * P));
    for (const [i, row] of rows.entries()) {
      for (const [j, other] of rows.entries())
        expect(alignment(row, other)).toBeCloseTo(i === j ? 1 : 0, 12);
      const largest = row.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      expect(largest).toBeGreaterThan(0);
    }
  },
);

test('mirrored points have the same directions: signs do not depend on the data', () => {
  const [K, P] = [20, 6];
  const points = cloud(K, P, (p) => 1 / (1 + p));
  const here = principalComponents(points, K, P, 2).directions;
  const mirrored = principalComponents(
    points.map((value) => -value),
    K,
    P,
    2,
  ).directions;
  for (const [i, value] of here.entries()) expect(mirrored[i]).toBeCloseTo(value, 10);
});

test.each(['covariance', 'gram'] as const)(
  'points on a line: one component explains all, the second direction is completed: %s',
  (method) => {
    const points = Float32Array.from(
      { length: 5 * 3 },
      (_, i) => Math.floor(i / 3) * [1, 2, 2][i % 3]!,
    );
    const { directions, explainedVariance } = principalComponents(points, 5, 3, 2, method);
    expect(explainedVariance[0]).toBeCloseTo(1, 12);
    expect(explainedVariance[1]).toBeCloseTo(0, 12);
    for (const [i, value] of [1 / 3, 2 / 3, 2 / 3].entries())
      expect(directions[i]).toBeCloseTo(value, 10);
    const [first, second] = [directions.subarray(0, 3), directions.subarray(3)];
    expect(alignment(first, second)).toBeCloseTo(0, 12);
    expect(alignment(second, second)).toBeCloseTo(1, 12);
  },
);

test('points that do not vary explain nothing and still span a plane', () => {
  const { directions, explainedVariance } = principalComponents(
    new Float32Array(4 * 3).fill(2),
    4,
    3,
    2,
  );
  expect(explainedVariance).toEqual([]);
  expect([...directions]).toEqual([1, 0, 0, 0, 1, 0]);
});

// Floors measured independently (FACTS.md): what two components "explain" where there is nothing to find.
test.each([
  { K: 10, floor: 0.349 },
  { K: 30, floor: 0.169 },
  { K: 50, floor: 0.128 },
])('$K unrelated random points in 65 dimensions: top two explain $floor', ({ K, floor }) => {
  const share = meanTopTwo(40, K, 65, (seed) => {
    const random = randomStream(seed, 'floor', K);
    return Float32Array.from({ length: K * 65 }, () => random.normal());
  });
  expect(Math.abs(share - floor)).toBeLessThan(0.01);
});

test('a random walk looks like learning: top two of 100 steps explain 76%', () => {
  // In the limit of many dimensions (6 / pi^2) (1 + 1/4) = 0.760 (Antognini and Sohl-Dickstein 2018, section 3).
  const K = 101;
  const P = 1000;
  const share = meanTopTwo(3, K, P, (seed) => {
    const random = randomStream(seed, 'walk');
    const points = new Float32Array(K * P);
    for (let i = P; i < K * P; i++) points[i] = points[i - P]! + random.normal();
    return points;
  });
  expect(Math.abs(share - (6 / Math.PI ** 2) * 1.25)).toBeLessThan(0.015);
});

test('bad input is told in a sentence', () => {
  expect(() => principalComponents(new Float32Array(3), 3, 1, 2)).toThrow(
    '2 principal components of points with 1 coordinates: there are at most 1',
  );
  expect(() => principalComponents(new Float32Array(0), 0, 3, 2)).toThrow('at least one is needed');
  expect(() => principalComponents(Float32Array.of(1, 2, 3, NaN), 2, 2, 2)).toThrow(
    'point 1 has NaN at coordinate 1',
  );
  expect(() => principalComponents(new Float32Array(5), 2, 2, 2)).toThrow('need 4 numbers, got 5');
});
