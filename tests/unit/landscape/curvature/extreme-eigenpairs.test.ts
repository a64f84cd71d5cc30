// Truth: eigenvalues by construction, PyTorch's, all eigenvalues of the full Hessian, and each network alone.
import { describe, expect, it, test } from 'vitest';
import { createDerivatives } from '../../../../src/landscape/curvature/derivatives.ts';
import {
  extremeEigenpairs,
  hessianEigenpairs,
} from '../../../../src/landscape/curvature/extreme-eigenpairs.ts';
import { hessianSpectrum } from '../../../../src/landscape/curvature/full-hessian.ts';
import { jacobiEigen } from '../symmetric-matrix.ts';
import {
  diagonal,
  dotOf,
  multiplyBy,
  networkOf,
  randomNetworks,
  randomSymmetric,
  readReference,
  referenceFiles,
  relativeError,
  symmetricWith,
  twoWeights,
} from './small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

const one = (n: number) => ({ networks: 1, parameters: n, seed: 1 });

test('a random matrix: values and vectors of cyclic Jacobi, unit, largest entry positive', async () => {
  const n = 60;
  const matrix = randomSymmetric(n, 1);
  const { top, bottom, converged, steps } = await extremeEigenpairs(multiplyBy(n, matrix), {
    ...one(n),
    top: 3,
    bottom: 2,
  });
  const truth = jacobiEigen(matrix, n);
  const expected = [truth[0]!, truth[1]!, truth[2]!, truth[n - 1]!, truth[n - 2]!];
  const found = [...top.values, ...bottom.values];
  expect(converged[0]).toBe(1);
  expect(steps[0]).toBeLessThan(n + 1);
  for (const [i, { value, vector }] of expected.entries()) {
    expect(found[i]! / value).toBeCloseTo(1, 5);
    const own = i < 3 ? top.vectors.subarray(i * n) : bottom.vectors.subarray((i - 3) * n);
    expect(Math.abs(dotOf(vector, own))).toBeCloseTo(1, 5);
    expect(dotOf(own.subarray(0, n), own)).toBeCloseTo(1, 6);
    const largest = own.subarray(0, n).reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    expect(largest).toBeGreaterThan(0);
  }
});

test('residuals are |A v - lambda v|, and an eigenvalue lies within each', async () => {
  const n = 80;
  const matrix = randomSymmetric(n, 2);
  const truth = jacobiEigen(matrix, n).map(({ value }) => value);
  // Far too few steps: the residuals are large, and say so.
  const { top, converged } = await extremeEigenpairs(multiplyBy(n, matrix), {
    ...one(n),
    top: 2,
    bottom: 0,
    maxSteps: 9,
  });
  expect(converged[0]).toBe(0);
  for (const [i, value] of top.values.entries()) {
    const vector = top.vectors.subarray(i * n, (i + 1) * n);
    const rest = Array.from(
      { length: n },
      (_, row) => dotOf(matrix.subarray(row * n, (row + 1) * n), vector) - value * vector[row]!,
    );
    const residual = top.residuals[i]!;
    expect(residual).toBeGreaterThan(0.1);
    expect(residual).toBeCloseTo(Math.sqrt(dotOf(rest, rest)), 4);
    expect(Math.min(...truth.map((other) => Math.abs(other - value)))).toBeLessThan(residual);
  }
});

const manyOnes = (...others: number[]) => [...others, ...new Array<number>(30).fill(1)];
test.each([
  {
    what: 'a repeated largest eigenvalue',
    values: manyOnes(5, 5, 5, 4, -2, -2),
    top: 4,
    bottom: 3,
  },
  {
    what: 'one that the first space must not stop at',
    values: manyOnes(5, 5, 4),
    top: 2,
    bottom: 1,
  },
  { what: 'rank one', values: [3, ...new Array<number>(40).fill(0)], top: 3, bottom: 2 },
  { what: 'a zero matrix', values: new Array<number>(9).fill(0), top: 2, bottom: 2 },
  { what: 'all of pairs of eigenvalues', values: [3, 3, -1, -1], top: 4, bottom: 4 },
  { what: 'one dimension', values: [-7], top: 1, bottom: 1 },
])('where the Krylov space closes: $what', async ({ values, top, bottom }) => {
  const n = values.length;
  const result = await extremeEigenpairs(multiplyBy(n, symmetricWith(values, 3)), {
    ...one(n),
    top,
    bottom,
  });
  const sorted = values.toSorted((a, b) => b - a);
  const expected = [...sorted.slice(0, top), ...sorted.toReversed().slice(0, bottom)];
  const largest = Math.max(...values.map(Math.abs)) || 1;
  for (const [i, value] of [...result.top.values, ...result.bottom.values].entries())
    expect(Math.abs(value - expected[i]!) / largest).toBeLessThan(2e-6);
  // Eigenvectors of a repeated eigenvalue are orthogonal all the same.
  for (let i = 0; i < top; i++)
    for (let j = 0; j < i; j++) {
      const row = (k: number) => result.top.vectors.subarray(k * n, (k + 1) * n);
      expect(dotOf(row(i), row(j))).toBeCloseTo(0, 5);
    }
  expect(result.converged[0]).toBe(1);
});

test('a matrix of low rank does not take all steps', async () => {
  const values = [9, 4, 1, ...new Array<number>(60).fill(0)];
  const matrix = symmetricWith(values, 5);
  const { steps } = await extremeEigenpairs(multiplyBy(values.length, matrix), {
    ...one(values.length),
    top: 5,
    bottom: 0,
  });
  expect(steps[0]).toBeLessThan(12);
});

describe.each(referenceFiles)('%s', (file) => {
  it('has the largest and the smallest Hessian eigenvalues of PyTorch', async () => {
    const { reference, options, weights } = readReference(file, executor);
    const derivatives = await createDerivatives(options);
    const { top, bottom, converged } = await hessianEigenpairs(derivatives, weights, {
      top: 5,
      bottom: 1,
      seed: 1,
    });
    expect(converged[0]).toBe(1);
    expect(relativeError(top.values, reference.hessianTopEigenvalues)).toBeLessThan(1e-5);
    expect(relativeError(bottom.values, [reference.hessianBottomEigenvalue])).toBeLessThan(1e-4);
    derivatives.dispose();
  });
});

test('several networks: both ends of the full spectrum, in fewer products, each as if alone', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 24, 3]), 3);
  const derivatives = await createDerivatives(options);
  const settings = { top: 4, bottom: 3, seed: 1, tolerance: 1e-4 };
  const all = await hessianEigenpairs(derivatives, weights, settings);
  // Room for one basis: three blocks.
  const cut = await hessianEigenpairs(derivatives, weights, { ...settings, basisBytes: 1 });
  for (let m = 0; m < 3; m++) {
    const own = weights.subarray(m * P, (m + 1) * P);
    const spectrum = await hessianSpectrum(derivatives, own);
    const alone = await hessianEigenpairs(derivatives, own, settings);
    for (const found of [all, cut]) {
      const top = found.top.values.subarray(4 * m, 4 * m + 4);
      const bottom = found.bottom.values.subarray(3 * m, 3 * m + 3);
      expect(relativeError(top, spectrum.subarray(0, 4))).toBeLessThan(1e-5);
      const lowest = spectrum.toReversed().subarray(0, 3);
      for (const [i, value] of bottom.entries())
        expect(Math.abs(value - lowest[i]!)).toBeLessThan(1e-4 * spectrum[0]!);
      expect(found.steps[m]).toBe(alone.steps[0]);
      expect(relativeError(top, alone.top.values)).toBeLessThan(1e-5);
      const vectors = found.top.vectors.subarray(4 * m * P, (4 * m + 1) * P);
      expect(dotOf(vectors, alone.top.vectors)).toBeCloseTo(1, 4);
    }
    expect(all.converged[m]).toBe(1);
    expect(all.steps[m]).toBeLessThan(P);
  }
  derivatives.dispose();
});

test('two weights: a^2 + b^2 along (b, a) and 0 across at a minimum, 1 and -1 at the saddle', async () => {
  const derivatives = await createDerivatives(twoWeights(executor));
  const weights = Float32Array.of(2, 0.5, 0, 0);
  const { top, bottom } = await hessianEigenpairs(derivatives, weights, {
    top: 1,
    bottom: 1,
    seed: 1,
  });
  expect(relativeError(top.values, [4.25, 1])).toBeLessThan(1e-6);
  expect(bottom.values[0]).toBeCloseTo(0, 6);
  expect(bottom.values[1]).toBeCloseTo(-1, 6);
  const length = Math.hypot(2, 0.5);
  expect(relativeError(top.vectors.subarray(0, 2), [0.5 / length, 2 / length])).toBeLessThan(1e-6);
  // Along (1, -1) a b falls, and the loss grows fastest.
  const across = top.vectors.subarray(2);
  expect(across[0]! * across[1]!).toBeCloseTo(-0.5, 6);
  derivatives.dispose();
});

test('a network that diverged has NaN and is not converged; the one beside it is found', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 5, 2]), 2);
  const derivatives = await createDerivatives(options);
  const broken = weights.slice().fill(NaN, 0, 1);
  const settings = { top: 2, bottom: 1, seed: 1 };
  const found = await hessianEigenpairs(derivatives, broken, settings);
  const alone = await hessianEigenpairs(derivatives, weights.subarray(P), settings);
  expect([...found.top.values.subarray(0, 2), found.bottom.values[0]]).toEqual([NaN, NaN, NaN]);
  expect([...found.converged]).toEqual([0, 1]);
  expect(relativeError(found.top.values.subarray(2), alone.top.values)).toBeLessThan(1e-6);
  derivatives.dispose();
});

test('what does not fit is told in a sentence', async () => {
  const multiply = multiplyBy(3, diagonal(1, 2, 3));
  const settings = { ...one(3), top: 1, bottom: 1 };
  const refused = (changed: Partial<Parameters<typeof extremeEigenpairs>[1]>) =>
    expect(extremeEigenpairs(multiply, { ...settings, ...changed })).rejects;
  await refused({ top: 4 }).toThrow('top is 4: expected a whole number from 0 to 3');
  await refused({ bottom: -1 }).toThrow('bottom is -1: expected a whole number from 0 to 3');
  await refused({ top: 0, bottom: 0 }).toThrow(
    'top + bottom, is 0: expected a whole number from 1',
  );
  await refused({ tolerance: 0 }).toThrow('tolerance is 0: expected a number above 0');
  await refused({ maxSteps: 1 }).toThrow('2 eigenvalues need at least as many steps: raise it');
  await refused({ start: Float32Array.of(1) }).toThrow('start has 1 numbers: expected 3');
});
