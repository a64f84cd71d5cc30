// Clouds of nothing: they keep what each coordinate is, and lose what coordinates know of each other.
import { describe, expect, it } from 'vitest';
import { classicalScaling } from '../../../../src/landscape/projections/classical-scaling.ts';
import { distanceMatrix } from '../../../../src/landscape/projections/distances.ts';
import { shuffledPoints } from '../../../../src/landscape/projections/shuffled-points.ts';
import { randomStream } from '../../../../src/learning/random.ts';

const [K, P] = [30, 40];
const gaussian = (seed: number): Float64Array => {
  const random = randomStream(seed, 'test');
  return Float64Array.from({ length: K * P }, () => random.normal());
};
/** All points on one line, and a little noise. */
const line = (): Float64Array =>
  gaussian(1).map((noise, i) => 0.1 * noise + Math.floor(i / P) / K - 0.5);

const column = (points: Float64Array, p: number): number[] =>
  Array.from({ length: K }, (_, k) => points[k * P + p]!).sort((a, b) => a - b);

/** What the best plane holds. */
function shareOfTwo(points: Float64Array): number {
  const { explained } = classicalScaling(distanceMatrix(points, K), 2);
  return explained[0]! + explained[1]!;
}

describe('shuffled points', () => {
  it('keep the values of every coordinate, and the points given', () => {
    const points = line();
    const kept = points.slice();
    const shuffled = shuffledPoints(points, K, 1, 7, 0);
    expect(points).toEqual(kept);
    expect(shuffled).not.toEqual(points);
    for (let p = 0; p < P; p++) expect(column(shuffled, p)).toEqual(column(points, p));
  });

  it('keep blocks together', () => {
    const points = Float64Array.from({ length: K * P }, (_, i) => Math.floor(i / 4));
    const shuffled = shuffledPoints(points, K, 4, 7, 0);
    for (let i = 0; i < shuffled.length; i += 4)
      expect(new Set(shuffled.subarray(i, i + 4)).size).toBe(1);
  });

  it('are other ones for another draw or seed, and the same for the same', () => {
    const points = line();
    expect(shuffledPoints(points, K, 1, 7, 3)).toEqual(shuffledPoints(points, K, 1, 7, 3));
    expect(shuffledPoints(points, K, 1, 7, 4)).not.toEqual(shuffledPoints(points, K, 1, 7, 3));
    expect(shuffledPoints(points, K, 1, 8, 3)).not.toEqual(shuffledPoints(points, K, 1, 7, 3));
  });

  it('show what chance gives: a cloud of nothing among them, a line far beyond', () => {
    const shuffles = (points: Float64Array): number[] =>
      Array.from({ length: 60 }, (_, draw) => shareOfTwo(shuffledPoints(points, K, 1, 7, draw)));
    const [nothing, straight] = [gaussian(2), line()];
    const ofNothing = shuffles(nothing);
    const rank = ofNothing.filter((share) => share < shareOfTwo(nothing)).length;
    // Exchangeable with its shuffles, it is as likely at one place of their order as at another.
    expect(rank).toBeGreaterThan(1);
    expect(rank).toBeLessThan(59);
    expect(shareOfTwo(straight)).toBeGreaterThan(2 * Math.max(...shuffles(straight)));
  });

  it('refuse blocks that do not fill the points', () => {
    expect(() => shuffledPoints(gaussian(1), K, 7, 1, 0)).toThrow('blocks of 7');
  });
});
