// Truth: a planar configuration's own distances; principal components; the eigenvalues of a distance that is not Euclidean.
import { expect, test } from 'vitest';
import { principalComponents } from '../../../../src/landscape/pca.ts';
import { classicalScaling } from '../../../../src/landscape/projections/classical-scaling.ts';
import { distanceMatrix } from '../../../../src/landscape/projections/distances.ts';
import { cloud } from './blobs.ts';

test('recovers the distances of a planar configuration that lies askew in 7 dimensions', () => {
  const K = 15;
  const flat = cloud(K, 2);
  const axes = cloud(2, 7, 2);
  const points = Float64Array.from({ length: K * 7 }, (_, i) => {
    const [k, d] = [Math.floor(i / 7), i % 7];
    return flat[2 * k]! * axes[d]! + flat[2 * k + 1]! * axes[7 + d]! + d;
  });
  const distances = distanceMatrix(points, K);
  const { coordinates, explained, negativeShare } = classicalScaling(distances, 2);
  for (const [i, d] of distanceMatrix(coordinates, K).entries())
    expect(d).toBeCloseTo(distances[i]!, 9);
  expect(explained[0]! + explained[1]!).toBeCloseTo(1, 12);
  expect(negativeShare).toBeLessThan(1e-12);
});

test('of Euclidean distances, shares are those of the principal components', () => {
  const [K, P] = [20, 6];
  const points = cloud(K, P);
  const { explained } = classicalScaling(distanceMatrix(points, K), 3);
  const { explainedVariance } = principalComponents(points, K, P, 3);
  for (const [i, share] of explained.entries()) expect(share).toBeCloseTo(explainedVariance[i]!, 9);
});

test('a distance that is not Euclidean shows in negative eigenvalues', () => {
  // Path lengths round a square: sides 1, diagonals 2. D^2 is circulant with first row 0, 1, 4, 1, whose
  // eigenvalues are 6, -4, 2, -4; centring takes the 6 of (1, 1, 1, 1) away and -1/2 gives 0, 2, -1, 2.
  const square = Float64Array.of(0, 1, 2, 1, 1, 0, 1, 2, 2, 1, 0, 1, 1, 2, 1, 0);
  const { eigenvalues, negativeShare, explained } = classicalScaling(square, 4);
  for (const [i, value] of [2, 2, 0, -1].entries()) expect(eigenvalues[i]).toBeCloseTo(value, 12);
  expect(negativeShare).toBeCloseTo(1 / 5, 12);
  expect(explained[0]).toBeCloseTo(2 / 5, 12);
  expect(explained[3]).toBe(0);
});

test('coordinates are centred and their signs do not depend on the solver', () => {
  const { coordinates } = classicalScaling(distanceMatrix(cloud(9, 3), 9), 2);
  for (const axis of [0, 1]) {
    const own = coordinates.filter((_, i) => i % 2 === axis);
    expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(own.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))).toBeGreaterThan(0);
  }
});

test('bad input is told in a sentence', () => {
  expect(() => classicalScaling(new Float64Array(4), 3)).toThrow(
    'classical scaling of 2 points into 3 dimensions: expected a whole number from 1 to 2',
  );
});
