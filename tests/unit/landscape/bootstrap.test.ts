// Truth: coverage of known means, all resamples of small samples by hand, the intervals that statistics.ts gave before.
import { expect, test } from 'vitest';
import {
  bootstrapInterval,
  bootstrapIntervals,
  meanOf,
  quantileOf,
} from '../../../src/landscape/bootstrap.ts';
import { summarise } from '../../../src/landscape/statistics.ts';
import { randomStream } from '../../../src/learning/random.ts';

test('the interval of a normal mean covers the truth about 95% of the time', () => {
  const [trials, n] = [400, 40];
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const random = randomStream(1, 'coverage', trial);
    const sample = Float64Array.from({ length: n }, () => 3 + 2 * random.normal());
    const [low, high] = bootstrapInterval(sample, meanOf, trial);
    if (low <= 3 && 3 <= high) covered++;
  }
  // The percentile interval is narrower than Student's by sqrt(39/40) and 1.96 to 2.02: it covers 93.9%. Of 400
  // trials 375.6 are expected, with a standard deviation of 4.8: three either way.
  expect(Math.abs(covered - 0.939 * trials)).toBeLessThan(3 * 4.8);
});

test('one statistic of one sample, by all 27 resamples of three values', () => {
  // Maxima of resamples of 0, 0, 9: 0 in 8 of 27, else 9. Minima: 9 in 1 of 27 = 3.7%, else 0.
  expect(bootstrapInterval([0, 0, 9], (drawn) => Math.max(...drawn), 1)).toEqual([0, 9]);
  expect(bootstrapInterval([0, 0, 9], (drawn) => Math.min(...drawn), 1)).toEqual([0, 9]);
  // Of a constant sample, no resample differs.
  expect(bootstrapInterval([4, 4, 4], meanOf, 1)).toEqual([4, 4]);
});

test('two samples are drawn independently: the difference of means has the sum of the variances', () => {
  const random = randomStream(2, 'two samples');
  const [a, b] = [60, 90].map((n) => Float64Array.from({ length: n }, () => random.normal()));
  const [[low, high]] = bootstrapIntervals([a!, b!], ([x, y]) => [meanOf(y!) - meanOf(x!)], 5) as [
    readonly [number, number],
  ];
  const variance = (x: Float64Array) =>
    x.reduce((sum, value) => sum + (value - meanOf(x)) ** 2, 0) / x.length ** 2;
  const width = 2 * 1.96 * Math.sqrt(variance(a!) + variance(b!));
  expect(Math.abs((high - low) / width - 1)).toBeLessThan(0.08);
});

test('resamples without a finite statistic are left out; without any there is no interval', () => {
  // Of two values, half of all resamples hold one twice: their reciprocal range is infinite.
  const reciprocalRange = (x: Float64Array) => 1 / (Math.max(...x) - Math.min(...x));
  expect(bootstrapInterval([1, 3], reciprocalRange, 1)).toEqual([0.5, 0.5]);
  expect(bootstrapInterval([3, 3], reciprocalRange, 1)).toEqual([NaN, NaN]);
  expect(bootstrapInterval([], meanOf, 1)).toEqual([NaN, NaN]);
});

test('summaries have the very intervals of the general bootstrap', () => {
  const values = [0.31, 0.12, 0.45, 0.29, 0.77, 0.05, 0.61].sort();
  const { meanInterval, medianInterval } = summarise(values, 42);
  expect(bootstrapInterval(values, meanOf, 42)).toEqual(meanInterval);
  expect(bootstrapInterval(values, (drawn) => quantileOf(drawn.sort(), 0.5), 42)).toEqual(
    medianInterval,
  );
});
