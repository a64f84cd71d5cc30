// Truth: the defining relation A V = V T + rest, and eigenvalues by cyclic Jacobi or by construction.
import { expect, test } from 'vitest';
import { lanczos } from '../../../../src/landscape/curvature/lanczos.ts';
import type { Krylov } from '../../../../src/landscape/curvature/lanczos.ts';
import { tridiagonalEigen } from '../../../../src/landscape/curvature/tridiagonal.ts';
import { jacobiEigen } from '../symmetric-matrix.ts';
import {
  diagonal,
  dotOf,
  multiplyBy,
  randomSymmetric,
  randomVector,
  relativeError,
  symmetricWith,
} from './small-networks.ts';

/** Row k of the basis of operator m. */
const basisRow = ({ basis, capacity, dimension }: Krylov, m: number, k: number) =>
  basis.subarray((m * capacity + k) * dimension, (m * capacity + k + 1) * dimension);

const rowOf = ({ capacity }: Krylov, values: Float64Array, m: number) =>
  values.subarray(m * capacity, (m + 1) * capacity);

/** Eigenvalues of T, largest first. */
const ritzValues = (krylov: Krylov, m: number) =>
  tridiagonalEigen(
    rowOf(krylov, krylov.alpha, m),
    rowOf(krylov, krylov.beta, m),
    krylov.steps,
  ).values.toReversed();

test('three operators side by side: orthonormal bases, A V = V T + what the last beta leaves', async () => {
  const [n, steps] = [20, 8];
  const matrices = [1, 2, 3].map((seed) => randomSymmetric(n, seed));
  const start = randomVector(3 * n, 4);
  const multiply = multiplyBy(n, ...matrices);
  const krylov = await lanczos({ multiply, operators: 3, dimension: n, start, steps, seed: 1 });
  expect(krylov.steps).toBe(steps);
  for (const [m, matrix] of matrices.entries()) {
    const own = start.subarray(m * n, (m + 1) * n);
    const rows = Array.from({ length: steps }, (_, k) => basisRow(krylov, m, k));
    expect(dotOf(own, rows[0]!) / Math.sqrt(dotOf(own, own))).toBeCloseTo(1, 12);
    const [alpha, beta] = [rowOf(krylov, krylov.alpha, m), rowOf(krylov, krylov.beta, m)];
    for (const [k, row] of rows.entries()) {
      for (const [j, other] of rows.entries())
        expect(dotOf(row, other)).toBeCloseTo(k === j ? 1 : 0, 12);
      const rest = Array.from(
        { length: n },
        (_, i) =>
          dotOf(matrix.subarray(i * n, (i + 1) * n), row) -
          alpha[k]! * row[i]! -
          (k > 0 ? beta[k - 1]! * rows[k - 1]![i]! : 0) -
          (k + 1 < steps ? beta[k]! * rows[k + 1]![i]! : 0),
      );
      // Float32 products of a matrix of norm about 9: rounding of about 1e-6.
      expect(Math.sqrt(dotOf(rest, rest))).toBeCloseTo(k + 1 < steps ? 0 : beta[k]!, 4);
    }
  }
});

test('as many steps as dimensions give every eigenvalue', async () => {
  const n = 15;
  const matrices = [5, 6].map((seed) => randomSymmetric(n, seed));
  const krylov = await lanczos({
    multiply: multiplyBy(n, ...matrices),
    operators: 2,
    dimension: n,
    start: randomVector(2 * n, 7),
    steps: 100,
    seed: 1,
  });
  expect(krylov.steps).toBe(n);
  for (const [m, matrix] of matrices.entries()) {
    const truth = jacobiEigen(matrix, n).map(({ value }) => value);
    expect(relativeError(ritzValues(krylov, m), truth)).toBeLessThan(1e-6);
    expect(rowOf(krylov, krylov.beta, m)[n - 1]).toBe(0);
  }
});

test.each([
  ['of rank one', [3, 0, 0, 0, 0, 0, 0]],
  ['with repeated eigenvalues', [5, 5, 5, 1, 1, -2, -2]],
  ['that is a multiple of the identity', [4, 4, 4, 4, 4, 4, 4]],
  ['that is zero', [0, 0, 0, 0, 0, 0, 0]],
])(
  'a matrix %s: its Krylov space closes early, and every eigenvalue is still found',
  async (_, values) => {
    const n = values.length;
    const different = new Set(values).size;
    const krylov = await lanczos({
      multiply: multiplyBy(n, symmetricWith(values, 11)),
      operators: 1,
      dimension: n,
      start: randomVector(n, 12),
      steps: n,
      seed: 1,
    });
    // A space from one vector holds each different eigenvalue once.
    expect([...krylov.beta].findIndex((value) => value === 0) + 1).toBe(different);
    const largest = Math.max(...values.map(Math.abs)) || 1;
    for (const [i, value] of ritzValues(krylov, 0).entries())
      expect(Math.abs(value - values[i]!) / largest).toBeLessThan(1e-6);
    for (let k = 0; k < n; k++)
      for (let j = 0; j < n; j++)
        expect(dotOf(basisRow(krylov, 0, k), basisRow(krylov, 0, j))).toBeCloseTo(
          Number(k === j),
          12,
        );
  },
);

test('an operator that is not finite has NaN; the one beside it is as if alone', async () => {
  const n = 6;
  const matrix = randomSymmetric(n, 21);
  const broken = Float64Array.from(matrix).fill(NaN, 0, 1);
  const start = randomVector(n, 22);
  const settings = { dimension: n, steps: 5, seed: 1 };
  const [pair, alone] = [
    await lanczos({
      ...settings,
      multiply: multiplyBy(n, broken, matrix),
      operators: 2,
      start: Float32Array.of(...start, ...start),
    }),
    await lanczos({ ...settings, multiply: multiplyBy(n, matrix), operators: 1, start }),
  ];
  expect([...rowOf(pair, pair.alpha, 0)]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  expect(rowOf(pair, pair.alpha, 1)).toEqual(alone.alpha);
  expect(rowOf(pair, pair.beta, 1)).toEqual(alone.beta);
});

test('it stops when enough is enough', async () => {
  const n = 12;
  const krylov = await lanczos({
    multiply: multiplyBy(n, randomSymmetric(n, 31)),
    operators: 1,
    dimension: n,
    start: randomVector(n, 32),
    steps: 10,
    seed: 1,
    isEnough: ({ steps }) => steps === 4,
  });
  expect(krylov).toMatchObject({ steps: 4, capacity: 10 });
  expect([...krylov.alpha].map((value) => value !== 0)).toEqual(
    Array.from({ length: 10 }, (_, k) => k < 4),
  );
});

test('what does not fit is told in a sentence', async () => {
  const settings = {
    multiply: multiplyBy(2, diagonal(1, 2)),
    operators: 1,
    dimension: 2,
    start: Float32Array.of(1, 1),
    steps: 2,
    seed: 1,
  };
  await expect(lanczos({ ...settings, start: new Float32Array(2) })).rejects.toThrow(
    'start 0 has no direction: expected 2 finite numbers, not all 0',
  );
  await expect(lanczos({ ...settings, start: Float32Array.of(NaN, 1) })).rejects.toThrow(
    'start 0 has no direction',
  );
  await expect(lanczos({ ...settings, operators: 2 })).rejects.toThrow(
    'lanczos: start has 2 numbers: expected 4',
  );
  await expect(lanczos({ ...settings, steps: 0 })).rejects.toThrow(
    'lanczos: steps is 0: expected a whole number of at least 1',
  );
  await expect(lanczos({ ...settings, multiply: async () => new Float32Array(3) })).rejects.toThrow(
    'what multiply gave back has 3 numbers: expected 2',
  );
});
