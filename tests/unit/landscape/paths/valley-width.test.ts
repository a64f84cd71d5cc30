// Truth: valleys with straight sides, whose width is exact between sample points.
import { expect, it } from 'vitest';
import { valleyWidth } from '../../../../src/landscape/paths/valley-width.ts';

const alphas = Array.from({ length: 201 }, (_, t) => -0.5 + t / 100);

it.each([0, 1])('of slopes |a - %d| is exact between sample points', (centre) => {
  const steep = alphas.map((a) => 0.2 + (a < centre ? 4 : 2) * Math.abs(a - centre));
  // 0.0725 / 4 to the left, 0.0725 / 2 to the right: neither is a sample point.
  expect(valleyWidth(steep, alphas, centre, 0.0725)).toBeCloseTo(0.0725 * 0.75, 12);
});

it('of two valleys on one line is the width of the one that is asked for', () => {
  // Double well: sharp about 0, flat about 1, with slopes 10 and 1 and a ridge between.
  const loss = alphas.map((a) => Math.min(10 * Math.abs(a), Math.abs(a - 1)));
  expect(valleyWidth(loss, alphas, 0, 0.2)).toBeCloseTo(0.04, 12);
  expect(valleyWidth(loss, alphas, 1, 0.2)).toBeCloseTo(0.4, 12);
});

it('stops at the first point that is not finite', () => {
  expect(valleyWidth([Infinity, 0, 0, 0, NaN], [-1, -0.5, 0, 0.5, 1], 0, 1)).toBe(1);
});

it('is null where the loss has not risen enough before the line ends, on either side', () => {
  const rising = alphas.map((a) => Math.max(0, a));
  const falling = alphas.map((a) => Math.max(0, -a));
  expect(valleyWidth(rising, alphas, 0, 0.1)).toBeNull();
  expect(valleyWidth(falling, alphas, 0, 0.1)).toBeNull();
});

it('refuses a centre that is not among the points in a sentence', () => {
  expect(() => valleyWidth([1, 0, 1], [0, 0.4, 1], 0.5, 0.1)).toThrow(
    'a valley around 0.5 on a line sampled from 0 to 1: expected 0.5 among its points',
  );
});

it('is null about a point that is not finite itself', () => {
  expect(valleyWidth([2, NaN, 2], [-1, 0, 1], 0, 1)).toBeNull();
  expect(valleyWidth([2, Infinity, 2], [-1, 0, 1], 0, 1)).toBeNull();
});

it.each([
  ['fewer losses than points', [1, 0], 0.1],
  ['more losses than points', [1, 0, 1, 2], 0.1],
  ['no rise', [1, 0, 1], 0],
  ['a rise that is no number', [1, 0, 1], NaN],
])('refuses %s in a sentence', (_, losses, rise) => {
  expect(() => valleyWidth(losses, [-1, 0, 1], 0, rise)).toThrow(
    `a valley of ${losses.length} losses at 3 points, up to a rise of ${rise}: expected a loss at each point, and a rise above 0`,
  );
});
