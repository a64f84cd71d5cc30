// Truth: closed forms by hand, the known effect of shifted normals, brute force over all pairs.
import { expect, test } from 'vitest';
import {
  cliffsDelta,
  compare,
  comparePaired,
  hedgesG,
} from '../../../../src/landscape/comparison/effect-size.ts';
import { randomStream } from '../../../../src/learning/random.ts';

const normals = (n: number, mean: number, seed: number) => {
  const random = randomStream(seed, 'effect size test');
  return Float64Array.from({ length: n }, () => mean + random.normal());
};

test("Hedges' g by hand", () => {
  // Means 3 and 6; squares about them 8 and 2; m = 4, s^2 = 10 / 4; J = 1 - 3 / 15 = 0.8.
  expect(hedgesG(Float64Array.of(1, 3, 5), Float64Array.of(5, 6, 7))).toBeCloseTo(
    (0.8 * 3) / Math.sqrt(2.5),
    12,
  );
  expect(hedgesG(Float64Array.of(1, 1), Float64Array.of(1, 1))).toBeNaN();
  expect(hedgesG(Float64Array.of(1), Float64Array.of(2))).toBeNaN();
});

test("Hedges' g is free of bias: over many small samples its mean is the true shift", () => {
  // Without J, samples of 5 and 5 would give 0.8 / 0.9027 on average.
  let sum = 0;
  const trials = 4000;
  for (let t = 0; t < trials; t++) sum += hedgesG(normals(5, 0, 2 * t), normals(5, 0.8, 2 * t + 1));
  // g has a standard deviation of about 0.72 there; four of its mean's.
  expect(Math.abs(sum / trials - 0.8)).toBeLessThan((4 * 0.72) / Math.sqrt(trials));
});

test("Cliff's delta by hand and by brute force", () => {
  // Of nine pairs 4 have b > a, 3 have b < a, 2 are equal.
  expect(cliffsDelta([1, 3, 5], [3, 5, 2])).toBeCloseTo((4 - 3) / 9, 12);
  expect(cliffsDelta([1, 2], [3, 4])).toBe(1);
  expect(cliffsDelta([3, 4], [1, 2])).toBe(-1);
  // Whole numbers, so that there are ties.
  const [a, b] = [0, 0.7].map((mean, i) => normals(37, mean, 5 + i).map((x) => Math.round(2 * x)));
  let sum = 0;
  for (const x of a!) for (const y of b!) sum += Math.sign(y - x);
  expect(cliffsDelta(a!, b!)).toBeCloseTo(sum / 37 ** 2, 12);
});

test('normals one standard deviation apart: every measure finds its known value within its interval', () => {
  const { a, b, ...measures } = compare(normals(200, 4, 1), normals(150, 5, 2), 3);
  expect([a.count, b.count]).toEqual([200, 150]);
  const truths = {
    meanDifference: 1,
    medianDifference: 1,
    hedgesG: 1,
    // 2 P(b > a) - 1 = 2 Phi(1 / sqrt(2)) - 1 = erf(1 / 2).
    cliffsDelta: 0.5205,
  };
  for (const [name, truth] of Object.entries(truths)) {
    const { value, interval } = measures[name as keyof typeof truths];
    expect(interval[0], name).toBeLessThan(truth);
    expect(interval[1], name).toBeGreaterThan(truth);
    expect(interval[0], name).toBeLessThan(value);
    expect(interval[1], name).toBeGreaterThan(value);
  }
  // The difference of means has a variance of 1/200 + 1/150.
  const [low, high] = measures.meanDifference.interval;
  expect(Math.abs((high - low) / (2 * 1.96 * Math.sqrt(1 / 200 + 1 / 150)) - 1)).toBeLessThan(0.15);
});

test('values and groups of a small comparison, by hand', () => {
  const comparison = compare([1, NaN, 3, 5], [7, 5, 6, Infinity], 1);
  expect(comparison.a).toEqual({ count: 3, missing: 1, mean: 3, median: 3 });
  expect(comparison.b).toEqual({ count: 3, missing: 1, mean: 6, median: 6 });
  expect(comparison.meanDifference.value).toBe(3);
  expect(comparison.medianDifference.value).toBe(3);
  expect(comparison.hedgesG.value).toBeCloseTo(2.4 / Math.sqrt(2.5), 12);
  // Eight pairs of nine, and one equal.
  expect(comparison.cliffsDelta.value).toBeCloseTo(8 / 9, 12);
});

test('exchanging the samples turns every sign round; the same seed gives the same intervals', () => {
  const [x, y] = [normals(12, 0, 1), normals(9, 1, 2)];
  const [there, back] = [compare(x, y, 5), compare(y, x, 5)];
  for (const name of ['meanDifference', 'medianDifference', 'hedgesG', 'cliffsDelta'] as const)
    expect(back[name].value).toBeCloseTo(-there[name].value, 12);
  expect(compare(x, y, 5)).toEqual(there);
  expect(compare(x, y, 6)).not.toEqual(there);
});

test('a sample without finite values has no comparison', () => {
  const { a, meanDifference, cliffsDelta: delta } = compare([NaN], [1, 2], 1);
  expect(a).toEqual({ count: 0, missing: 1, mean: NaN, median: NaN });
  expect(meanDifference).toEqual({ value: NaN, interval: [NaN, NaN] });
  expect(delta.value).toBeNaN();
});

test('pairs see a small shift that the spread of the samples hides', () => {
  const a = normals(40, 0, 1);
  const b = a.map((value, i) => value + 0.2 + 0.05 * Math.sin(i));
  const paired = comparePaired(a, b, 1);
  const mean = b.reduce((sum, value, i) => sum + value - a[i]!, 0) / 40;
  expect(paired.meanDifference.value).toBeCloseTo(mean, 12);
  expect(paired.meanDifference.interval[0]).toBeGreaterThan(0.15);
  expect(compare(a, b, 1).meanDifference.interval[0]).toBeLessThan(0);
  expect(paired.shareLarger).toEqual({ value: 1, interval: [1, 1] });
});

test('pairs by hand: b larger in one, smaller in one, equal in one, one missing', () => {
  const paired = comparePaired([1, 5, 2, NaN], [4, 4, 2, 1], 1);
  expect(paired).toMatchObject({ count: 3, missing: 1 });
  expect(paired.meanDifference.value).toBeCloseTo(2 / 3, 12);
  expect(paired.medianDifference.value).toBe(0);
  expect(paired.shareLarger.value).toBe(0.5);
});

test('bad input is told in a sentence', () => {
  expect(() => comparePaired([1, 2], [1], 1)).toThrow('a paired comparison of 2 values with 1');
});
