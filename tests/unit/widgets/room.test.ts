// The room kept for a picture before it comes.
import { expect, test } from 'vitest';
import { roomFor, widthWithin } from '../../../src/widgets/room.ts';

const pairs = '300:200 600:400 900:500';

test('heights between the noted widths are interpolated, beyond them held', () => {
  expect(roomFor(pairs, 300)).toBe(200);
  expect(roomFor(pairs, 450)).toBe(300);
  expect(roomFor(pairs, 100)).toBe(200);
  expect(roomFor(pairs, 2000)).toBe(500);
  expect(roomFor(undefined, 500)).toBe(0);
});

test('a picture is narrowed until it fits, but never below the least width', () => {
  expect(roomFor(pairs, widthWithin(pairs, 800, 400))).toBeLessThanOrEqual(400);
  expect(widthWithin(pairs, 800, 1000)).toBe(800);
  expect(widthWithin(pairs, 800, 10, 320)).toBe(320);
  expect(widthWithin(pairs, 290, 10, 320)).toBe(290);
});
