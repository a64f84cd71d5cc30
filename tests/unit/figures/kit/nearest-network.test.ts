// Picking by pointer: the nearest mark within reach, and nothing else.
import { expect, test } from 'vitest';
import { nearestNetwork } from '../../../../src/figures/kit/nearest-network.ts';

const marks = [
  [3, [0, 0]],
  [5, [10, 0]],
  [7, [NaN, 0]],
  [3, [0, 40]],
] as const;

test('the network of the nearest of its marks is picked', () => {
  expect(nearestNetwork(marks, [6, 0], 24)).toBe(5);
  expect(nearestNetwork(marks, [4, 0], 24)).toBe(3);
  expect(nearestNetwork(marks, [0, 38], 24)).toBe(3);
});

test('nothing is picked out of reach, at its very edge, or among no marks', () => {
  expect(nearestNetwork(marks, [100, 100], 24)).toBeNull();
  expect(nearestNetwork(marks, [10, -24], 24)).toBeNull();
  expect(nearestNetwork([], [0, 0], 24)).toBeNull();
});
