// Truth: blobs that are known to be distinct, copies, a chain cut by hand.
import { expect, test } from 'vitest';
import {
  distinctSolutions,
  largestGap,
  samePredictions,
  sameWeights,
} from '../../../../src/landscape/comparison/distinct-solutions.ts';
import { distanceMatrix } from '../../../../src/landscape/projections/distances.ts';
import { blobs } from '../projections/blobs.ts';

const by = (threshold: number) => ({ threshold, criterion: 'of a test' });

test.each([1, 3, 5])('%i blobs far apart are as many solutions', (groups) => {
  const size = 6;
  const distances = distanceMatrix(blobs(groups, size, 8), groups * size);
  // Within a blob distances are about sqrt(2 * 8) = 4, between blobs about 28.
  const found = distinctSolutions(distances, by(14));
  expect(found.count).toBe(groups);
  expect([...found.labels]).toEqual(
    Array.from({ length: groups * size }, (_, i) => Math.floor(i / size)),
  );
  expect(found.sizes).toEqual(new Array(groups).fill(size));
  expect(found.mergeHeights).toHaveLength(groups * size - 1);
  if (groups > 1) expect(distinctSolutions(distances, largestGap(distances)).count).toBe(groups);
});

test('copies are one solution, at any threshold', () => {
  const none = new Float64Array(25);
  expect(distinctSolutions(none, by(0))).toMatchObject({ count: 1, sizes: [5] });
  expect(distinctSolutions(none, largestGap(none)).count).toBe(1);
  expect(distinctSolutions(new Float64Array(1), by(0))).toMatchObject({ count: 1, sizes: [1] });
});

test('complete linkage cuts a chain: no two of a solution are farther apart than the threshold', () => {
  // 0, 1, 2.1, 3.3 on a line merge as {0, 1} at 1, {2.1, 3.3} at 1.2, all at 3.3.
  const line = distanceMatrix(Float64Array.of(0, 1, 2.1, 3.3), 4);
  for (const [i, height] of [1, 1.2, 3.3].entries())
    expect(distinctSolutions(line, by(0)).mergeHeights[i]).toBeCloseTo(height, 12);
  const found = distinctSolutions(line, by(2.5));
  expect([...found.labels]).toEqual([0, 0, 1, 1]);
  expect(distinctSolutions(line, by(1.1)).sizes).toEqual([2, 1, 1]);
  expect(distinctSolutions(line, by(3.4)).count).toBe(1);
});

test('labels are numbered by first occurrence, whatever the order of merging', () => {
  const points = distanceMatrix(Float64Array.of(10, 0, 10.3, 0.1, 20), 5);
  expect([...distinctSolutions(points, by(1)).labels]).toEqual([0, 1, 0, 1, 2]);
});

test('equally far apart, all are distinct by the widest gap', () => {
  const equal = Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 0 : 3));
  expect(largestGap(equal).threshold).toBeCloseTo(1.5, 12);
  expect(distinctSolutions(equal, largestGap(equal)).count).toBe(4);
});

test('criteria say in words what they cut at', () => {
  expect(samePredictions(0.05)).toEqual({
    threshold: 0.05,
    criterion:
      'two networks are the same solution if they choose different classes on at most 5% of the samples',
  });
  // Lengths 5, 10 and 2: the median is 5.
  const weights = sameWeights(Float32Array.of(3, 4, 6, 8, 0, 2), 3, 0.1);
  expect(weights.threshold).toBeCloseTo(0.5, 12);
  expect(weights.criterion).toContain('at most 10% of the median length');
  // Exactly at the threshold is the same; the words say so.
  const two = Float64Array.of(0, 0.05, 0.05, 0);
  expect(distinctSolutions(two, samePredictions(0.05))).toMatchObject({
    count: 1,
    ...samePredictions(0.05),
  });
  expect(distinctSolutions(two, samePredictions(0.049)).count).toBe(2);
});

test('bad input is told in a sentence', () => {
  expect(() => distinctSolutions(new Float64Array(4), by(-1))).toThrow(
    'the threshold of distinct solutions is -1: expected a finite distance of 0 or more',
  );
  expect(() => distinctSolutions(Float64Array.of(0, NaN, NaN, 0), by(1))).toThrow(
    'are NaN and NaN',
  );
  expect(() => samePredictions(1)).toThrow('a share of 1 of the samples: expected 0 to below 1');
  expect(() => sameWeights(new Float32Array(5), 2, 0.1)).toThrow(
    '5 weights are not those of 2 networks',
  );
  expect(() => sameWeights(new Float32Array(4), 2, NaN)).toThrow('a share of NaN');
});
