// Theorem: the largest eigenvalue of noise lies at the Marchenko-Pastur edge, its mean a Tracy-Widom step inside it.
import { expect, test } from 'vitest';
import { independentPointsEdge, independentPointsLargestShare } from './independent-points.ts';
import { principalComponents } from '../../../../src/landscape/pca.ts';
import { randomStream } from '../../../../src/learning/random.ts';

/** Mean share of the first component over seeded draws of K Gaussian points in P dimensions. */
function meanShare(K: number, P: number, draws: number): number {
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    const random = randomStream(draw, `noise ${K} ${P}`);
    const points = Float32Array.from({ length: K * P }, () => random.normal());
    sum += principalComponents(points, K, P, 1).explainedVariance[0]!;
  }
  return sum / draws;
}

// One draw is off by 4% (40 points) to 11% (10); three standard errors of the mean, and the formula's own 1% for ten
// points, which falls as K^(-2/3).
test.each([
  { K: 10, P: 20, draws: 3000, within: 0.015 },
  { K: 20, P: 80, draws: 800, within: 0.01 },
  { K: 40, P: 160, draws: 80, within: 0.015 },
  { K: 50, P: 65, draws: 80, within: 0.015 },
  { K: 80, P: 30, draws: 150, within: 0.015 },
])(
  '$K points in $P dimensions: the first share is the Tracy-Widom mean on average',
  ({ K, P, draws, within }) => {
    const [own, truth] = [meanShare(K, P, draws), independentPointsLargestShare(K, P)];
    expect(Math.abs(own / truth - 1)).toBeLessThan(within);
    // The mean lies inside the edge, by more than that.
    expect(own).toBeLessThan(0.97 * independentPointsEdge(K, P));
  },
);

test('the share comes to the edge from inside as K and P grow, as K^(-2/3)', () => {
  const gap = (K: number, draws: number) =>
    1 - meanShare(K, 2 * K, draws) / independentPointsEdge(K, 2 * K);
  const [few, many] = [gap(20, 200), gap(80, 40)];
  expect(many).toBeGreaterThan(0);
  // The means are known to 0.5%, which is a tenth of the smaller gap.
  expect(Math.abs(many / few - 4 ** (-2 / 3))).toBeLessThan(0.1);
});

test('the edge is (1 + sqrt(P / (K - 1)))^2 / P, and no distance from it in the limit', () => {
  expect(independentPointsEdge(101, 100)).toBeCloseTo(4 / 100, 12);
  expect(independentPointsEdge(101, 400)).toBeCloseTo(9 / 400, 12);
  const ratio = (n: number) =>
    independentPointsLargestShare(n, 2 * n) / independentPointsEdge(n, 2 * n);
  expect(ratio(1e9)).toBeCloseTo(1, 5);
  // K^(-2/3), up to a share K^(-1/3) of it.
  expect((1 - ratio(8e6)) / (1 - ratio(1e6))).toBeCloseTo(1 / 4, 2);
});

test('too few points are refused in a sentence', () => {
  expect(() => independentPointsEdge(1, 5)).toThrow(
    '1 independent points in 5 dimensions: expected at least 2 points and 1 dimension',
  );
  expect(() => independentPointsLargestShare(5, 0)).toThrow('5 independent points in 0 dimensions');
});
