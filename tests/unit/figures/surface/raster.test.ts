// Filling triangles: the nearest is seen, whatever the order, and values run evenly between the corners.
import { expect, it } from 'vitest';
import {
  fillTriangles,
  raster,
  type RasterPoints,
} from '../../../../src/figures/surface/raster.ts';

/** A square over the whole raster at a depth, its value running from 0 at the left to 10 at the right. */
const square = (depth: number): RasterPoints => ({
  places: Float64Array.of(0, 0, depth, 10, 0, depth, 10, 10, depth, 0, 10, depth),
  values: Float32Array.of(0, 10, 10, 0),
  count: 1,
});
const whole = [0, 1, 2, 0, 2, 3];

it('covers every pixel once, with its value', () => {
  const pixels = raster(10, 10);
  const painted = new Map<number, number>();
  fillTriangles(pixels, square(1), whole, (pixel, [value]) => {
    painted.set(pixel, value!);
    return true;
  });
  expect(painted.size).toBe(100);
  for (const [pixel, value] of painted) expect(value).toBeCloseTo((pixel % 10) + 0.5, 5);
});

it.each([
  [1, 2],
  [2, 1],
])('shows the nearest (%f, then %f)', (first, second) => {
  const pixels = raster(10, 10);
  const seen = new Float64Array(100);
  for (const depth of [first, second])
    fillTriangles(pixels, square(depth), whole, (pixel) => {
      seen[pixel] = depth;
      return true;
    });
  expect(new Set(seen)).toEqual(new Set([1]));
  expect(new Set(pixels.depths)).toEqual(new Set([1]));
});

it('leaves alone what the painter refuses, and what lies outside', () => {
  const pixels = raster(10, 10);
  fillTriangles(pixels, square(1), whole, (_, [value]) => value! < 5);
  expect(pixels.depths.filter((depth) => depth === 1)).toHaveLength(50);
  const beyond = {
    ...square(1),
    places: square(1).places.map((v, k) => (k % 3 === 2 ? v : v + 50)),
  };
  let count = 0;
  fillTriangles(pixels, beyond, whole, () => (count += 1) > 0);
  expect(count).toBe(0);
});
