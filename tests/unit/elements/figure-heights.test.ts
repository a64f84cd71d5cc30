// The height kept for a picture before it comes.
import { expect, test } from 'vitest';
import { fitWithin, heightFor, widthWithin } from '../../../src/elements/figure-heights.ts';

const pairs = '300:200 600:400 900:500';

test('heights between the noted widths are interpolated, beyond them held', () => {
  expect(heightFor(pairs, 300)).toBe(200);
  expect(heightFor(pairs, 450)).toBe(300);
  expect(heightFor(pairs, 100)).toBe(200);
  expect(heightFor(pairs, 2000)).toBe(500);
  expect(heightFor(undefined, 500)).toBe(0);
});

test('a picture is narrowed until it fits, but never below the least width', () => {
  expect(heightFor(pairs, widthWithin(pairs, 800, 400))).toBeLessThanOrEqual(400);
  expect(widthWithin(pairs, 800, 1000)).toBe(800);
  expect(widthWithin(pairs, 800, 10, 320)).toBe(320);
  expect(widthWithin(pairs, 290, 10, 320)).toBe(290);
  // Its parts stand below each other on a narrow screen: narrowing makes it taller.
  expect(widthWithin('320:600 440:700 560:436 900:436', 786, 424)).toBe(786);
});

test('beside its text a tall picture is drawn narrower, in its own proportions', () => {
  const fit = fitWithin(pairs, 800, 400, false);
  expect(fit.height).toBe(heightFor(pairs, fit.width));
  expect(fit.shown).toBeLessThanOrEqual(400);
  expect(fit.width).toBeLessThan(800);
});

test('beside its text a picture is not narrowed to that of a phone', () => {
  expect(fitWithin('280:397 440:502 560:436 960:436', 640, 424, false).width).toBe(640);
  expect(fitWithin(pairs, 800, 200, false).width).toBeGreaterThanOrEqual(0.7 * 800);
});

test('above its text a tall picture is drawn flatter first, then shown smaller, both within reason', () => {
  expect(fitWithin(pairs, 600, 500, true)).toEqual({ width: 600, height: 400, shown: 400 });
  expect(fitWithin(pairs, 600, 360, true)).toEqual({ width: 600, height: 360, shown: 360 });
  expect(fitWithin(pairs, 600, 300, true)).toEqual({ width: 600, height: 340, shown: 300 });
  expect(fitWithin(pairs, 600, 100, true)).toEqual({ width: 600, height: 340, shown: 255 });
});
