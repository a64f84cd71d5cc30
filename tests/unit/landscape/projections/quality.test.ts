// Truth: rank counts straight from the definition; the expectation over all deals; isometries.
import { expect, test } from 'vitest';
import { distanceMatrix } from '../../../../src/landscape/projections/distances.ts';
import {
  continuity,
  projectionQuality,
  stress,
  trustworthiness,
} from '../../../../src/landscape/projections/quality.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { cloud } from './blobs.ts';

const K = 24;
const points = cloud(K, 5);
const original = distanceMatrix(points, K);
/** The first two of five coordinates: a projection that keeps some and loses some. */
const projected = distanceMatrix(
  points.filter((_, i) => i % 5 < 2),
  K,
);

/** Rank of j by distance from i: how many others are nearer, and 1. */
function rank(distances: Float64Array, i: number, j: number): number {
  let nearer = 1;
  for (let other = 0; other < K; other++)
    if (other !== i && distances[i * K + other]! < distances[i * K + j]!) nearer++;
  return nearer;
}

/** Venna and Kaski's sum, by brute force. */
function byDefinition(ranked: Float64Array, chosen: Float64Array, k: number): number {
  let sum = 0;
  for (let i = 0; i < K; i++)
    for (let j = 0; j < K; j++)
      if (i !== j && rank(chosen, i, j) <= k && rank(ranked, i, j) > k)
        sum += rank(ranked, i, j) - k;
  return 1 - (2 / (K * k * (2 * K - 3 * k - 1))) * sum;
}

test.each([1, 5, 11])('trustworthiness and continuity are the definition, k = %i', (k) => {
  const [trust, kept] = [
    trustworthiness(original, projected, k),
    continuity(original, projected, k),
  ];
  expect(trust).toBeCloseTo(byDefinition(original, projected, k), 12);
  expect(kept).toBeCloseTo(byDefinition(projected, original, k), 12);
  expect(trust).toBeLessThan(0.99);
  expect(trust).not.toBeCloseTo(kept, 4);
});

test('a projection onto itself keeps every neighbour', () => {
  expect(trustworthiness(original, original, 7)).toBe(1);
  expect(continuity(original, original, 7)).toBe(1);
});

test('the least trustworthy has 0: the farthest become the nearest', () => {
  // Every point's order is turned round by taking its distances from more than the greatest.
  const most = Math.max(...original);
  const opposite = original.map((d, i) => (Math.floor(i / K) === i % K ? 0 : most * 1.1 - d));
  // Intruders have ranks K - 1, ..., K - k: their excesses sum to k (2K - 3k - 1) / 2, the formula's norm.
  expect(trustworthiness(original, opposite, 6)).toBeCloseTo(0, 12);
});

test('dealt out at random, neighbours are kept as chance has it', () => {
  // An intruder's rank r is uniform on 1 .. K - 1: E max(0, r - k) = (K - 1 - k)(K - k) / (2 (K - 1)).
  const [n, k] = [120, 10];
  const own = distanceMatrix(cloud(n, 8), n);
  const { chance, ...quality } = projectionQuality(own, own, {
    neighbours: k,
    scale: 'own',
    seed: 1,
  });
  const expected = 1 - ((n - 1 - k) * (n - k)) / ((n - 1) * (2 * n - 3 * k - 1));
  expect(Math.abs(chance.trustworthiness - expected)).toBeLessThan(0.02);
  expect(Math.abs(chance.continuity - expected)).toBeLessThan(0.02);
  expect(chance.stress).toBeGreaterThan(0.1);
  expect(quality).toEqual({
    trustworthiness: 1,
    continuity: 1,
    stress: 0,
    neighbours: k,
    scale: 'own',
  });
});

test('chance is the mean of each part over the same five deals', () => {
  const { chance } = projectionQuality(original, projected, {
    neighbours: 5,
    scale: 'fitted',
    seed: 9,
  });
  const dealt = Array.from({ length: 5 }, (_, index) => {
    const random = randomStream(9, 'projection-chance', index);
    const place = random.shuffle(Array.from({ length: K }, (_, i) => i));
    return projected.map((_, at) => projected[place[Math.floor(at / K)]! * K + place[at % K]!]!);
  });
  const mean = (measure: (deal: Float64Array) => number) =>
    dealt.reduce((sum, deal) => sum + measure(deal), 0) / 5;
  expect(chance.trustworthiness).toBeCloseTo(
    mean((deal) => trustworthiness(original, deal, 5)),
    12,
  );
  expect(chance.continuity).toBeCloseTo(
    mean((deal) => continuity(original, deal, 5)),
    12,
  );
  expect(chance.stress).toBeCloseTo(
    mean((deal) => stress(original, deal, 'fitted')),
    12,
  );
});

test('the whole quality is its parts', () => {
  const quality = projectionQuality(original, projected, {
    neighbours: 5,
    scale: 'fitted',
    seed: 1,
  });
  expect(quality.trustworthiness).toBe(trustworthiness(original, projected, 5));
  expect(quality.continuity).toBe(continuity(original, projected, 5));
  expect(quality.stress).toBe(stress(original, projected, 'fitted'));
});

test('stress of a copy of twice the size: 0 where only ratios count, else a half', () => {
  const doubled = original.map((d) => 2 * d);
  expect(stress(original, doubled, 'fitted')).toBeCloseTo(0, 12);
  // sqrt(sum (2 d - d)^2 / sum (2 d)^2).
  expect(stress(original, doubled, 'own')).toBeCloseTo(1 / 2, 12);
  expect(stress(original, original, 'own')).toBe(0);
});

test('fitted stress is the least over all units, and does not change with either', () => {
  const least = stress(original, projected, 'fitted');
  for (const unit of [0.3, 0.6, 0.9, 1, 1.5])
    expect(
      stress(
        original.map((d) => unit * d),
        projected,
        'own',
      ),
    ).toBeGreaterThanOrEqual(least);
  // By the closed form sqrt(1 - (sum d delta)^2 / (sum d^2 sum delta^2)).
  const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const cosine2 =
    inner(projected, original) ** 2 / (inner(projected, projected) * inner(original, original));
  expect(least).toBeCloseTo(Math.sqrt(1 - cosine2), 12);
  expect(
    stress(
      original.map((d) => 7 * d),
      projected.map((d) => d / 3),
      'fitted',
    ),
  ).toBeCloseTo(least, 12);
});

test('bad input is told in a sentence', () => {
  expect(() => trustworthiness(original, projected, 12)).toThrow(
    'the quality of a projection of 24 points over 12 neighbours: expected a whole number from 1 to below K / 2 = 12',
  );
  expect(() => stress(original, Float64Array.of(0, 1, 1, 0), 'own')).toThrow(
    'a projection has 2 points, its originals 24',
  );
  expect(() => stress(original, new Float64Array(K * K), 'own')).toThrow(
    'all 24 projected points coincide',
  );
});
