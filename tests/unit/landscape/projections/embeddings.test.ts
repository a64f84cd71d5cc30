// Truth: blobs far apart must stay apart; the seed alone decides; the perplexity of t-SNE's own definition.
import { afterEach, expect, test, vi } from 'vitest';
import { distanceMatrix } from '../../../../src/landscape/projections/distances.ts';
import { tsne } from '../../../../src/landscape/projections/tsne.ts';
import { umap } from '../../../../src/landscape/projections/umap.ts';
import { blobs, cloud, strangers } from './blobs.ts';

const [groups, size] = [4, 12];
const K = groups * size;
const distances = distanceMatrix(blobs(groups, size, 20), K);

const methods = {
  't-SNE': (of: Float64Array, seed: number) => tsne(of, { perplexity: 8, iterations: 300, seed }),
  UMAP: (of: Float64Array, seed: number) => umap(of, { neighbours: 8, minDistance: 0.1, seed }),
};

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(Object.entries(methods))(
  '%s keeps blobs apart: nearest neighbours share their blob',
  (_, project) => {
    expect(strangers(project(distances, 3), size)).toBe(0);
    // The measure can fail: dealt out at random, three in four have a stranger for their nearest.
    expect(strangers(cloud(K, 2), size)).toBeGreaterThan(K / 2);
  },
);

test.each(Object.entries(methods))('%s depends on the seed and on nothing else', (_, project) => {
  const first = project(distances, 3);
  const fails = vi.spyOn(Math, 'random').mockImplementation(() => {
    throw new Error('not seeded');
  });
  expect(project(distances, 3)).toEqual(first);
  expect(project(distances, 4)).not.toEqual(first);
  expect(fails).not.toHaveBeenCalled();
});

test('t-SNE does not see the unit of the distances', () => {
  // By a power of two, so that nothing rounds.
  const options = { perplexity: 8, iterations: 50, seed: 1 };
  const scaled = distances.map((d) => 2 ** 20 * d);
  expect(tsne(scaled, options)).toEqual(tsne(distances, options));
});

test('t-SNE takes distances, not their squares: the same points as by its own distances', async () => {
  const { TSNE } = await import('@keckelt/tsne');
  const points = cloud(30, 4);
  const spy = vi.spyOn(TSNE.prototype, 'initDataDist');
  tsne(distanceMatrix(points, 30), { perplexity: 5, iterations: 1, seed: 1 });
  const ours = (spy.mock.contexts[0] as unknown as { P: Float64Array }).P;
  const raw = new TSNE({ perplexity: 5 });
  raw.initDataRaw(Array.from({ length: 30 }, (_, i) => [...points.subarray(4 * i, 4 * i + 4)]));
  const theirs = (raw as unknown as { P: Float64Array }).P;
  // The library searches each width until the entropy is within 1e-4.
  for (const [i, p] of theirs.entries()) expect(Math.abs(ours[i]! - p)).toBeLessThan(1e-5);
});

test("UMAP's neighbours are the exact nearest, each point first among its own", async () => {
  const { UMAP } = await import('umap-js');
  const spy = vi.spyOn(UMAP.prototype, 'setPrecomputedKNN');
  umap(distances, { neighbours: 5, minDistance: 0.1, epochs: 1, seed: 1 });
  const [indices, lengths] = spy.mock.calls[0]!;
  for (const [i, own] of indices.entries()) {
    const sorted = [...distances.subarray(i * K, (i + 1) * K)].sort((a, b) => a - b);
    expect(own[0]).toBe(i);
    expect(lengths[i]).toEqual(sorted.slice(0, 5));
    expect(own.map((j) => distances[i * K + j])).toEqual(lengths[i]);
  }
});

test('UMAP keeps groups of copies apart, in which every distance is 0', () => {
  const copies = Float64Array.from({ length: K * K }, (_, i) =>
    Math.floor(Math.floor(i / K) / size) === Math.floor((i % K) / size) ? 0 : 5,
  );
  expect(strangers(umap(copies, { neighbours: 8, minDistance: 0.1, seed: 1 }), size)).toBe(0);
});

test('bad input is told in a sentence', () => {
  const options = { perplexity: 16, iterations: 5, seed: 1 };
  expect(() => tsne(distances, options)).toThrow(
    "t-SNE's perplexity is 16 for 48 points: expected more than 1 and at most (K - 1) / 3 = 15.7; set another perplexity",
  );
  expect(() => tsne(new Float64Array(16), { ...options, perplexity: 1 })).toThrow(
    'use at least 5 points',
  );
  expect(() => tsne(distances, { ...options, perplexity: 8, iterations: 0 })).toThrow(
    "t-SNE's iterations are 0",
  );
  expect(() => tsne(new Float64Array(100), { ...options, perplexity: 2 })).toThrow(
    'all 10 points coincide',
  );
  expect(() => umap(distances, { neighbours: 48, minDistance: 0.1, seed: 1 })).toThrow(
    "UMAP's neighbours are 48 for 48 points: expected a whole number from 2 to K - 1 = 47",
  );
  expect(() => umap(distances, { neighbours: 8, minDistance: 2, seed: 1 })).toThrow(
    "UMAP's minimum distance is 2: expected a number from 0 to 1",
  );
  expect(() => umap(distances, { neighbours: 8, minDistance: 0, epochs: 0, seed: 1 })).toThrow(
    "UMAP's epochs are 0",
  );
});
