// When a run records, keeps its weights, and how many steps it takes at once.
import { expect, test } from 'vitest';
import { cadenceOf } from '../../../src/learning/cadence.ts';

const cadence = (stepsPerEpoch: number, recordEvery = 1) =>
  cadenceOf({ totalSteps: 10 * stepsPerEpoch, stepsPerEpoch, recordEvery, snapshots: 3 });

test('after the one at the start, records stand every so many epochs, and at the end', () => {
  const { nextRecord } = cadence(4, 3);
  expect([0, 11, 12, 35, 36, 39].map(nextRecord)).toEqual([12, 12, 24, 36, 40, 40]);
});

test('snapshots are evenly spaced, first and last included, and never twice the same step', () => {
  expect(cadence(4).snapshots).toEqual([0, 20, 40]);
  expect(
    cadenceOf({ totalSteps: 1, stepsPerEpoch: 1, recordEvery: 1, snapshots: 5 }).snapshots,
  ).toEqual([0, 1]);
});

test.each([
  [1, 1],
  [3, 3],
  [10, 5],
  [12, 4],
  [7, 5],
])('with %i steps to a record, %i go into a call', (steps, unroll) => {
  expect(cadence(steps).unroll).toBe(unroll);
});
