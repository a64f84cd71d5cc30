// Truth: invariances (a theorem each), HSIC with explicit kernels and centring matrices, a closed form for chance.
import { expect, test } from 'vitest';
import { linearCkaMatrix } from '../../../../src/landscape/function-space/linear-cka.ts';
import { cloud } from '../projections/blobs.ts';

const [count, units] = [30, 5];

/** CKA as a ratio of HSICs, `tr(K H L H)`, straight from kernels `[count, count]` and `H = I - 1/n`. */
function byKernels(x: Float32Array, y: Float32Array): number {
  const n = count;
  const multiply = (a: number[], b: number[]) =>
    Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * b[k * n + j]!;
      return sum;
    });
  const H = Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0) - 1 / n);
  const centred = (z: Float32Array) => {
    const width = z.length / n;
    const kernel = Array.from({ length: n * n }, (_, at) => {
      let sum = 0;
      for (let u = 0; u < width; u++)
        sum += z[Math.floor(at / n) * width + u]! * z[(at % n) * width + u]!;
      return sum;
    });
    return multiply(kernel, H);
  };
  const hsic = (a: number[], b: number[]) => {
    const product = multiply(a, b);
    let trace = 0;
    for (let i = 0; i < n; i++) trace += product[i * n + i]!;
    return trace;
  };
  const [k, l] = [centred(x), centred(y)];
  return hsic(k, l) / Math.sqrt(hsic(k, k) * hsic(l, l));
}

const x = cloud(count, units, 1).map((value) => value + 3);
/** Part of x, part noise. */
const y = Float32Array.from(cloud(count, units, 2), (noise, i) =>
  i % units < 3 ? x[i]! + 0.5 * noise : noise,
);

/** Of two layers. */
const linearCka = (a: Float32Array, b: Float32Array, n: number): number =>
  linearCkaMatrix(Float32Array.from([...a, ...b]), 2, n)[1]!;

test('equals the ratio of HSICs with linear kernels', () => {
  const value = linearCka(x, y, count);
  expect(value).toBeCloseTo(byKernels(x, y), 10);
  expect(value).toBeGreaterThan(0.2);
  expect(value).toBeLessThan(0.95);
  expect(linearCka(y, x, count)).toBeCloseTo(value, 12);
});

test('a rotated, scaled and shifted copy is the same representation', () => {
  // A rotation by 0.7 in the first two units, an exchange of the next two, all times 4, plus 10.
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const copy = x.slice();
  for (let at = 0; at < copy.length; at += units) {
    const [a, b, d, e] = x.subarray(at, at + 4) as unknown as [number, number, number, number];
    copy.set([c * a - s * b, s * a + c * b, e, d], at);
  }
  expect(
    linearCka(
      x,
      copy.map((value) => 4 * value + 10),
      count,
    ),
  ).toBeCloseTo(1, 10);
  // Stretching one unit is no rotation.
  expect(
    linearCka(
      x,
      x.map((value, i) => (i % units === 0 ? 9 * value : value)),
      count,
    ),
  ).toBeLessThan(0.95);
});

test('unrelated Gaussian units have u / (n + u), not 0', () => {
  // E|Y'X|^2 = u^2 n and E|X'X|^2 = u n^2 + u^2 n + u n; n is one less for the mean.
  const [n, u] = [200, 20];
  const value = linearCka(cloud(n, u, 3), cloud(n, u, 4), n);
  expect(Math.abs(value - u / (n + u))).toBeLessThan(0.015);
});

test.each(['units', 'samples'] as const)('the matrix is all pairs, by %s', (method) => {
  const M = 6;
  const activations = cloud(M, count * units, 5);
  activations.set(x, 0);
  activations.set(
    x.map((value, i) => value + 0.3 * activations[2 * count * units + i]!),
    count * units,
  );
  const matrix = linearCkaMatrix(activations, M, count, method);
  const layer = (m: number) => activations.subarray(m * count * units, (m + 1) * count * units);
  for (let i = 0; i < M; i++)
    for (let j = 0; j < M; j++)
      expect(matrix[i * M + j]).toBeCloseTo(byKernels(layer(i), layer(j)), 10);
  expect(matrix[1]).toBeGreaterThan(0.8);
});

test('a layer that gives the same for every sample has no alignment', () => {
  const activations = Float32Array.from({ length: 2 * 12 }, (_, i) => (i < 12 ? 0.1 : i ** 2));
  for (const method of ['units', 'samples'] as const)
    expect([...linearCkaMatrix(activations, 2, 4, method)]).toEqual([NaN, NaN, NaN, 1]);
});

test('bad input is told in a sentence', () => {
  expect(() => linearCkaMatrix(new Float32Array(13), 2, 3)).toThrow(
    '13 activations are not those of 2 networks',
  );
  expect(() => linearCkaMatrix(new Float32Array(14), 2, 3)).toThrow(
    '7 activations of network 0 are not [3, units]',
  );
  expect(() => linearCkaMatrix(Float32Array.of(1, 2, 3, NaN), 2, 2)).toThrow(
    'unit 0 of network 1 has activations that are not finite',
  );
});
