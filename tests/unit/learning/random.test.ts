// Truth: the moments of the uniform and the normal distribution, within five standard errors; recorded numbers.
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/learning/random.ts';

const draw = (n: number, next: () => number) => Array.from({ length: n }, next);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: number[]) => {
  const centre = mean(values);
  return mean(values.map((v) => (v - centre) ** 2));
};

describe('randomStream', () => {
  it('gives the same numbers for the same seed, purpose and index', () => {
    const [a, b] = [randomStream(42, 'x', 3), randomStream(42, 'x', 3)];
    expect(draw(100, a.uniform)).toEqual(draw(100, b.uniform));
    expect(draw(100, a.normal)).toEqual(draw(100, b.normal));
  });

  it('gives the numbers it always gave', () => {
    const stream = randomStream(42, 'recorded', 7);
    expect([stream.uniform(), stream.uniform(), stream.integer(1000), stream.normal()]).toEqual([
      0.01657212205134484, 0.8743877456667316, 506, 0.5779048420637591,
    ]);
  });

  it('gives other numbers when seed, purpose or index differ, however they are joined', () => {
    const first = [
      randomStream(1, 'a', 0),
      randomStream(2, 'a', 0),
      randomStream(1, 'b', 0),
      randomStream(1, 'a', 1),
      randomStream(11, 'a', 0),
      randomStream(1, 'a', 10),
      randomStream(4_294_967_295, 'a', 0),
    ].map((stream) => stream.uniform());
    expect(new Set(first).size).toBe(first.length);
  });

  it('draws uniforms in [0, 1) with mean 1/2 and variance 1/12', () => {
    const n = 40_000;
    const values = draw(n, randomStream(1, 'uniform').uniform);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    // The variance of (u - 1/2)^2 is 1/180.
    expect(Math.abs(variance(values) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
  });

  it('draws normals with moments 0, 1, 0 and 3', () => {
    const n = 40_000;
    const values = draw(n, randomStream(1, 'normal').normal);
    const moment = (power: number) => mean(values.map((v) => v ** power));
    // Var(z^k) = E z^2k - (E z^k)^2: 1, 2, 15, 96.
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });

  it('draws streams of neighbouring indices that do not correlate', () => {
    const n = 2_000;
    for (let index = 0; index < 20; index++) {
      const a = draw(n, randomStream(42, 'initial-weights', index).normal);
      const b = draw(n, randomStream(42, 'initial-weights', index + 1).normal);
      const correlation = mean(a.map((value, i) => value * (b[i] as number)));
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(n));
    }
  });

  it('draws every whole number below n equally often', () => {
    const n = 6_000;
    const stream = randomStream(3, 'integer');
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) (counts[stream.integer(6)] as number)++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 6) ** 2 / (n / 6), 0);
    // The 99.99th percentile of chi-square with 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(25.74);
  });

  it('shuffles in place, with all orders equally likely', () => {
    const stream = randomStream(4, 'shuffle');
    const counts = new Map<string, number>();
    const n = 6_000;
    for (let i = 0; i < n; i++) {
      const array = [1, 2, 3];
      expect(stream.shuffle(array)).toBe(array);
      counts.set(array.join(), (counts.get(array.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - n / 6) ** 2 / (n / 6),
      0,
    );
    expect(chiSquare).toBeLessThan(25.74);
  });
});
