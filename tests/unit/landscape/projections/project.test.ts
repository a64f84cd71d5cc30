// Truth: classical scaling of Euclidean distances is PCA; what the parts give by themselves.
import { expect, test } from 'vitest';
import { distanceMatrix } from '../../../../src/landscape/projections/distances.ts';
import {
  projectDistances,
  projectionSpecSchema,
  projectPoints,
} from '../../../../src/landscape/projections/project.ts';
import { stress, trustworthiness } from '../../../../src/landscape/projections/quality.ts';
import { blobs, strangers } from './blobs.ts';

const [groups, size, D] = [3, 12, 20];
const K = groups * size;
const points = blobs(groups, size, D);

test('settings have defaults, and what does not belong to a method is refused', () => {
  expect(projectionSpecSchema.parse({ method: 'tsne' })).toEqual({
    method: 'tsne',
    perplexity: 15,
    iterations: 500,
    qualityNeighbours: 10,
  });
  expect(projectionSpecSchema.safeParse({ method: 'pca', perplexity: 5 }).success).toBe(false);
  expect(projectionSpecSchema.safeParse({ method: 'isomap' }).success).toBe(false);
});

test('PCA of points and classical scaling of their distances are one picture, each axis up to its sign', () => {
  const byPoints = projectPoints(projectionSpecSchema.parse({ method: 'pca' }), points, K, 1);
  const byDistances = projectDistances(
    projectionSpecSchema.parse({ method: 'classical-scaling' }),
    distanceMatrix(points, K),
    1,
  );
  for (const axis of [0, 1]) {
    const [a, b] = [byPoints, byDistances].map(({ coordinates }) =>
      coordinates.filter((_, i) => i % 2 === axis),
    ) as [Float32Array, Float32Array];
    const sign = Math.sign(a[0]! * b[0]!);
    for (const [i, value] of a.entries()) expect(value).toBeCloseTo(sign * b[i]!, 4);
    expect(byPoints.explained![axis]).toBeCloseTo(byDistances.explained![axis]!, 9);
  }
  expect(byPoints.quality.stress).toBeCloseTo(byDistances.quality.stress, 5);
  expect(byDistances.negativeShare).toBeLessThan(1e-12);
});

test.each([
  { method: 'tsne', perplexity: 8, iterations: 250 },
  { method: 'umap', neighbours: 8 },
] as const)('$method separates blobs and reports what its own distances give', (written) => {
  const spec = projectionSpecSchema.parse({ ...written, qualityNeighbours: 8 });
  const { coordinates, quality, explained } = projectPoints(spec, points, K, 7);
  expect(strangers(coordinates, size)).toBe(0);
  const [before, after] = [distanceMatrix(points, K), distanceMatrix(coordinates, K)];
  expect(quality.trustworthiness).toBe(trustworthiness(before, after, 8));
  expect(quality.stress).toBe(stress(before, after, 'fitted'));
  // Blobs kept together are far better than chance.
  expect(quality.trustworthiness).toBeGreaterThan(quality.chance.trustworthiness + 0.2);
  expect(explained).toBeNull();
});

test('bad input is told in a sentence', () => {
  expect(() =>
    projectDistances(projectionSpecSchema.parse({ method: 'pca' }), new Float64Array(4), 1),
  ).toThrow('principal components need points');
  expect(() =>
    projectPoints(projectionSpecSchema.parse({ method: 'pca' }), points.subarray(0, 10 * D), 10, 1),
  ).toThrow('over 10 neighbours: expected a whole number from 1 to below K / 2 = 5');
});
