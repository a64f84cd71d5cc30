// The noted heights of a figure say its height at every width, bends and jumps included.
import { expect, it } from 'vitest';
import { heightFor } from '../../../src/elements/figure-heights.ts';
import { notedHeights } from '../../../src/site/noted-heights.ts';

it.each<[string, (width: number) => number]>([
  ['a bend', (width) => Math.max(320, Math.min(560, width + 60))],
  ['a jump', (width) => (width < 480 ? width + 34 : Math.min(520, width * 0.78))],
  ['one height', () => 330],
  ['a curve', (width) => (width * width) / 1000],
])('are right within two pixels for %s', (_name, height) => {
  const pairs = notedHeights(height);
  for (let width = 280; width <= 1200; width++)
    expect(Math.abs(heightFor(pairs, width) - height(width)), `at ${width}`).toBeLessThanOrEqual(2);
});

it('are few', () => {
  expect(notedHeights(() => 330)).toBe('280:330 1200:330');
  expect(notedHeights((width) => Math.min(560, width + 60)).split(' ').length).toBeLessThan(5);
});
