import { expect, test } from 'vitest';
import { MapWindow } from '../../../../src/worker/run/map-window.ts';

test('a window around walkers is a square with room on every side', () => {
  const { xs, ys } = MapWindow.around(Float32Array.of(0, 0, 4, 1, 2, -1));
  expect(xs[1] - xs[0]).toBeCloseTo(ys[1] - ys[0]);
  expect(xs[0]).toBeLessThan(0);
  expect(xs[1]).toBeGreaterThan(4);
  expect((ys[0] + ys[1]) / 2).toBeCloseTo(0);
});

test('it stays while walkers are inside, and grows past one that leaves', () => {
  const window = new MapWindow([0, 1], [0, 1]);
  expect(window.include(Float32Array.of(0.5, 0.5))).toBe(false);
  expect(window.include(Float32Array.of(1.2, 0.5))).toBe(true);
  expect(window.xs[0]).toBe(0);
  expect(window.xs[1]).toBeGreaterThan(1.2);
  expect(window.ys).toEqual([0, 1]);
});

test('walkers on their way to infinity, and those that are not numbers, do not stretch it', () => {
  const window = new MapWindow([0, 1], [0, 1]);
  expect(window.include(Float32Array.of(1e6, NaN, NaN, -1e6, Infinity, 0.5))).toBe(false);
});

test('a walker that stands still everywhere leaves a window of some size', () => {
  const { xs } = MapWindow.around(Float32Array.of(3, 3));
  expect(xs[1]).toBeGreaterThan(xs[0]);
});
