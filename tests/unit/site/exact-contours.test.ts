// The ornament is mathematics: every joint of every contour has the loss that it is drawn for.
import { expect, test } from 'vitest';
import { exactContour } from '../../../src/site/exact-contours.ts';

const window = { left: -2, right: 3, bottom: -1.5, top: 2.5 };
const [width, height] = [5000, 4000];

/** The end points of all segments, as weights (a, b). */
function joints(path: string): [number, number][] {
  return path
    .split(/[MC]/)
    .filter(Boolean)
    .map((numbers) => numbers.trim().split(' ').map(Number).slice(-2) as [number, number])
    .map(([x, y]) => [
      window.left + (x / width) * (window.right - window.left),
      window.top - (y / height) * (window.top - window.bottom),
    ]);
}

test.each([0, 0.02, 0.125, 0.4, 1.6, 4])('the contour of loss %f has that loss', (level) => {
  const points = joints(exactContour(level, window, width, height));
  expect(points.length).toBeGreaterThan(5);
  for (const [a, b] of points) expect(0.5 * (a * b - 1) ** 2).toBeCloseTo(level, 2);
});

test('a window without the contour gives an empty path', () => {
  expect(exactContour(0, { left: 1, right: 2, bottom: -2, top: -1 }, 10, 10)).toBe('');
});
