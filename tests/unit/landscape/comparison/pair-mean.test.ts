// Truth: means by hand, every resample of three networks, and how often intervals hold a mean that is known.
import { describe, expect, it } from 'vitest';
import { bootstrapInterval, meanOf } from '../../../../src/landscape/bootstrap.ts';
import { meanOverOthers, pairMean } from '../../../../src/landscape/comparison/pair-mean.ts';
import { randomStream } from '../../../../src/learning/random.ts';

/** Symmetric, from what each pair i < j has; NaN on the diagonal, which nobody may look at. */
const matrixOf = (N: number, pair: (i: number, j: number) => number): Float64Array =>
  Float64Array.from({ length: N * N }, (_, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    return i === j ? NaN : pair(Math.min(i, j), Math.max(i, j));
  });

/** Of networks 0 to 3, the pairs 01, 02, 03, 12, 13, 23. */
const ofFour = (pairs: readonly number[]) => matrixOf(4, (i, j) => pairs[i === 0 ? j - 1 : i + j]!);

const range = (N: number): number[] => Array.from({ length: N }, (_, i) => i);

/** Every network has a value of its own, and a pair the sum of two. */
const sums = (own: readonly number[]) => matrixOf(own.length, (i, j) => own[i]! + own[j]!);

const drawn = (N: number, sample: number): number[] => {
  const stream = randomStream(1, 'sample', sample);
  return range(N).map(() => 3 + stream.normal());
};

describe('pairMean', () => {
  it('is the mean over pairs of two networks, whatever is on the diagonal', () => {
    const matrix = ofFour([4, 8, 1, 6, 3, 2]);
    expect(pairMean(matrix, 4, 1).value).toBeCloseTo(4, 12);
    const zeros = matrix.map((value) => (Number.isNaN(value) ? 0 : value));
    expect(pairMean(zeros, 4, 1)).toEqual(pairMean(matrix, 4, 1));
  });

  it('leaves out pairs that are not finite', () => {
    const { value, interval } = pairMean(ofFour([2, NaN, 6, Infinity, 1, 3]), 4, 1);
    expect(value).toBe(3);
    // In 14 of 256 resamples, a given pair is the only one: more than the 2.5% on either side.
    expect(interval).toEqual([1, 6]);
  });

  it('of networks that differ all alike has an interval without width', () => {
    const { value, interval } = pairMean(
      matrixOf(6, () => 0.25),
      6,
      1,
    );
    expect([value, ...interval]).toEqual([0.25, 0.25, 0.25]);
  });

  it('of three networks mostly draws a single pair: the interval is from the least to the most', () => {
    // Of 27 resamples, 3 are of one network and have no pair, 18 are of two, 6 of all three: of the 24 with pairs, each
    // single pair is a quarter, and so the smallest and the largest hold the quantiles at 2.5% and 97.5%.
    const matrix = matrixOf(3, (i, j) => [7, 1, 2][i + j - 1]!);
    const { value, interval } = pairMean(matrix, 3, 5);
    expect(value).toBeCloseTo(10 / 3, 12);
    expect(interval).toEqual([1, 7]);
  });

  it('knows the standard error of means of sums: twice that of the mean of what is summed', () => {
    const N = 60;
    const own = drawn(N, 0);
    const mean = own.reduce((sum, value) => sum + value, 0) / N;
    const error = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / N;
    const { value, interval } = pairMean(sums(own), N, 1);
    expect(value).toBeCloseTo(2 * mean, 12);
    expect((interval[1] - interval[0]) / (2 * 1.96 * 2 * error)).toBeCloseTo(1, 1);
  });

  it('holds the mean of the population about as often as it says; drawing pairs, it would far less', () => {
    const [N, samples] = [16, 80];
    const share = { networks: 0, pairs: 0 };
    for (let sample = 0; sample < samples; sample++) {
      const own = drawn(N, sample);
      const holds = ([low, high]: readonly [number, number]) => Number(low <= 6 && 6 <= high);
      share.networks += holds(pairMean(sums(own), N, sample).interval) / samples;
      const pairs = range(N).flatMap((i) => range(i).map((j) => own[i]! + own[j]!));
      share.pairs += holds(bootstrapInterval(pairs, meanOf, sample)) / samples;
    }
    // A percentile interval of 16 is somewhat narrow; and a share of 80 has a standard error of 3%.
    expect(share.networks).toBeGreaterThan(0.85);
    expect(share.networks).toBeLessThan(0.99);
    expect(share.pairs).toBeLessThan(0.6);
  });

  it('repeats with its seed', () => {
    const matrix = sums(drawn(9, 3));
    expect(pairMean(matrix, 9, 4)).toEqual(pairMean(matrix, 9, 4));
    expect(pairMean(matrix, 9, 5).interval).not.toEqual(pairMean(matrix, 9, 4).interval);
  });

  it('of one pair has no width, and of a single network is unknown', () => {
    expect(pairMean([0, 3, 3, 0], 2, 1)).toEqual({ value: 3, interval: [3, 3] });
    expect(pairMean([0], 1, 1)).toEqual({ value: NaN, interval: [NaN, NaN] });
  });
});

describe('meanOverOthers', () => {
  it('is the mean of each row without its diagonal', () => {
    expect([...meanOverOthers([9, 1, 2, 1, 9, 6, 2, 6, 9], 3)]).toEqual([1.5, 3.5, 4]);
  });

  it('leaves out pairs that are not finite; of none, it is unknown', () => {
    const matrix = [0, 4, NaN, 4, 0, NaN, NaN, NaN, 0];
    expect([...meanOverOthers(matrix, 3)]).toEqual([4, 4, NaN]);
  });

  it('has the mean over pairs as its own mean', () => {
    const matrix = matrixOf(7, (i, j) => Math.sin(3 * i + j));
    const each = meanOverOthers(matrix, 7);
    const mean = each.reduce((sum, value) => sum + value, 0) / 7;
    expect(mean).toBeCloseTo(pairMean(matrix, 7, 1).value, 12);
  });
});

it.each([pairMean, meanOverOthers])('%o refuses a matrix of another size in a sentence', (of) => {
  expect(() => of(new Float64Array(6), 3, 1)).toThrow(
    'a mean over pairs of 3 networks needs a matrix of 9 numbers, got 6',
  );
});
