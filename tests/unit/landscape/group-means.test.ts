// Averages of weights: of groups of one the networks themselves, of all their mean, and of nothing that is not whole.
import { expect, it } from 'vitest';
import { groupMeans } from '../../../src/landscape/group-means.ts';

const weights = Float32Array.of(1, 10, 3, 20, 5, 60, 7, 70, 100, 1000);

it('averages disjoint groups in the order of the networks, and leaves out a last one that is not whole', () => {
  expect([...groupMeans(weights, 2, 1)]).toEqual([...weights]);
  expect([...groupMeans(weights, 2, 2)]).toEqual([2, 15, 6, 65]);
  expect([...groupMeans(weights, 2, 5)]).toEqual([23.2, 232].map(Math.fround));
  expect(groupMeans(weights, 2, 6)).toHaveLength(0);
});

it('refuses groups of none, and weights that are not whole networks', () => {
  expect(() => groupMeans(weights, 2, 0)).toThrow(/group of 0 networks/);
  expect(() => groupMeans(weights, 3, 1)).toThrow(/10 weights are not whole networks of 3/);
});
