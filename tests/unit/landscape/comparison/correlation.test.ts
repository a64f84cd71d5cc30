// Truth: closed forms by hand, exact lines and curves, the correlation that normals are drawn with.
import { expect, test } from 'vitest';
import {
  averageRanks,
  correlation,
  pearson,
  spearman,
} from '../../../../src/landscape/comparison/correlation.ts';
import { trend } from '../../../../src/landscape/comparison/trend.ts';
import { randomStream } from '../../../../src/learning/random.ts';

test('Pearson by hand', () => {
  // Deviations -1, 0, 1 and -1, 1, 0: 1 / sqrt(2 * 2).
  expect(pearson([1, 2, 3], [1, 3, 2])).toBeCloseTo(1 / 2, 12);
  expect(pearson([1, 2, 4], [-1, -3, -7])).toBeCloseTo(-1, 12);
  // 0.1 three times does not sum to three times 0.1.
  expect(pearson([0.1, 0.1, 0.1], [1, 2, 4])).toBeNaN();
});

test('Spearman sees the order alone; equal values share a rank', () => {
  expect([...averageRanks([5, 1, 5, 0, 5, 1])]).toEqual([5, 2.5, 5, 1, 5, 2.5]);
  expect(spearman([1, 2, 3, 4], [1, 10, 100, 1e6])).toBeCloseTo(1, 12);
  // Without ties 1 - 6 sum d^2 / (n (n^2 - 1)): ranks differ by 0, 2, 1, 1, 2 of five.
  expect(spearman([1, 2, 3, 4, 5], [1, 4, 2, 5, 3])).toBeCloseTo(1 - (6 * 10) / (5 * 24), 12);
});

test('finds the correlation that normals are drawn with, within an interval of the known width', () => {
  const [n, rho] = [300, 0.6];
  const random = randomStream(4, 'correlated');
  const x = Float64Array.from({ length: n }, () => random.normal());
  const y = x.map((value) => rho * value + Math.sqrt(1 - rho ** 2) * random.normal());
  const found = correlation(x, y, 2);
  expect(found.count).toBe(n);
  for (const { interval, truth } of [
    { ...found.pearson, truth: rho },
    // Of a bivariate normal, Spearman's is 6 / pi asin(rho / 2) (Pearson 1907).
    { ...found.spearman, truth: (6 / Math.PI) * Math.asin(rho / 2) },
  ]) {
    expect(interval[0]).toBeLessThan(truth);
    expect(interval[1]).toBeGreaterThan(truth);
  }
  // Pearson's has a standard deviation of (1 - rho^2) / sqrt(n).
  const width = (2 * 1.96 * (1 - rho ** 2)) / Math.sqrt(n);
  const [low, high] = found.pearson.interval;
  expect(Math.abs((high - low) / width - 1)).toBeLessThan(0.2);
});

test('pairs that are not finite are left out and counted', () => {
  const found = correlation([1, 2, NaN, 4], [2, 4, 6, Infinity], 1);
  expect(found).toMatchObject({ count: 2, missing: 2 });
  expect(found.pearson.value).toBeCloseTo(1, 12);
});

test('a trend over conditions: by hand, and no more than ties allow', () => {
  // Places 0 0 1 1 have ranks 1.5 1.5 3.5 3.5; values in order have 1 2 3 4: 4 / sqrt(4 * 5).
  const rising = trend(
    [
      [1, 2],
      [5, 9],
    ],
    1,
  );
  expect(rising.spearman.value).toBeCloseTo(4 / Math.sqrt(20), 12);
  expect(rising.most).toBeCloseTo(4 / Math.sqrt(20), 12);
  expect(rising).toMatchObject({ conditions: 2, count: 4, missing: 0 });
  expect(
    trend(
      [
        [9, 5],
        [2, 1],
      ],
      1,
    ).spearman.value,
  ).toBeCloseTo(-rising.most, 12);
});

test('the interval of a trend holds 0 where there is none, and lies above it where there is one', () => {
  const random = randomStream(1, 'trend test');
  const conditions = (slope: number) =>
    Array.from({ length: 5 }, (_, place) =>
      Float64Array.from({ length: 20 }, () => slope * place + random.normal()),
    );
  const [none, some] = [trend(conditions(0), 1), trend(conditions(0.5), 1)];
  expect(none.spearman.interval[0]).toBeLessThan(0);
  expect(none.spearman.interval[1]).toBeGreaterThan(0);
  expect(some.spearman.interval[0]).toBeGreaterThan(0.2);
  expect(trend([[1, NaN], [2]], 1)).toMatchObject({ count: 2, missing: 1 });
});

test('bad input is told in a sentence', () => {
  expect(() => correlation([1, 2], [1], 1)).toThrow('a correlation of 2 values with 1');
  expect(() => trend([[1, 2]], 1)).toThrow('a trend over 1 conditions: expected at least two');
  expect(() => trend([[1], [NaN]], 1)).toThrow('condition 1 of a trend has no finite values');
});
