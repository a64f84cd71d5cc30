// Truth: surfaces with second derivatives in closed form.
import { expect, test } from 'vitest';
import { evenlySpaced } from '../../../../src/landscape/plane.ts';
import { scaledFrame } from '../../../../src/landscape/slices/frame.ts';
import { gridConvexity } from '../../../../src/landscape/slices/grid-convexity.ts';
import { lineCurvature } from './line-curvature.ts';
import { gridCoordinates } from '../../../../src/landscape/slices/slice.ts';
import type { Slice } from '../../../../src/landscape/slices/slice.ts';

/** The function f of the two weights themselves, seen along two directions. */
function planeOf(
  f: (a: number, b: number) => number,
  basis = Float32Array.of(1, 0, 0, 1),
  size = 21,
): Slice {
  const axes = [evenlySpaced(-1, 1, size), evenlySpaced(-1, 1, size)];
  const coordinates = gridCoordinates(axes);
  const loss = Float32Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [coordinates[2 * i]!, coordinates[2 * i + 1]!];
    return f(x * basis[0]! + y * basis[2]!, x * basis[1]! + y * basis[3]!);
  });
  const frame = scaledFrame(new Float32Array(2), basis, ['x', 'y']);
  return { frame, axes, loss, testLoss: null, accuracy: null };
}

test.each([
  ['a bowl', (a: number, b: number) => 3 * a * a + b * b, [2, 6], 0],
  ['a saddle', (a: number, b: number) => 3 * a * a - b * b, [-2, 6], 1],
  ['a twisted saddle', (a: number, b: number) => 5 + 4 * a * b, [-4, 4], 1],
  ['a hill', (a: number, b: number) => 9 - a * a - 2 * b * b, [-4, -2], 1],
] as const)('%s, along right-angled and slanted directions', (_, f, curvatures, share) => {
  for (const basis of [Float32Array.of(1, 0, 0, 1), Float32Array.of(0.5, 0.2, 1, -0.7)]) {
    const { smallest, largest, ratio, negativeShare } = gridConvexity(planeOf(f, basis));
    for (const [i, value] of smallest.entries()) {
      expect(value).toBeCloseTo(curvatures[0], 2);
      expect(largest[i]).toBeCloseTo(curvatures[1], 2);
      expect(ratio[i]).toBeCloseTo(Math.abs(curvatures[0] / curvatures[1]), 2);
    }
    expect(negativeShare).toBe(share);
  }
});

test('a double well is not convex just where its second derivative is negative', () => {
  // f = a^4 - a^2 / 2 + b^2 bends down where 12 a^2 < 1, |a| < 0.2887: 5 of 19 columns at steps of 0.1.
  const { negativeShare, shape, counted, ratio } = gridConvexity(
    planeOf((a, b) => a ** 4 - a ** 2 / 2 + b ** 2),
  );
  expect(shape).toEqual([19, 19]);
  expect(counted).toBe(361);
  expect(negativeShare).toBeCloseTo(5 / 19, 12);
  // In the middle: f_aa = -1 + 2 h^2 by central differences of a^4, f_bb = 2.
  expect(ratio[9 * 19 + 9]).toBeCloseTo((1 - 2 * 0.1 ** 2) / 2, 3);
});

test('rounding on a slope is not taken for curvature, unless the tolerance is taken away', () => {
  // Slopes are flat: what curvature there is comes from single precision.
  const slope = planeOf((a, b) => 700 + 0.3 * a + 0.1 * b, Float32Array.of(1, 0, 0.9, 0.2), 51);
  const { negativeShare, tolerance, smallest } = gridConvexity(slope);
  expect(negativeShare).toBe(0);
  expect(Math.min(...smallest)).toBeGreaterThan(-tolerance);
  expect(gridConvexity(slope, 0).negativeShare).toBeGreaterThan(0.3);
});

test('the tolerance, like the curvature, is per unit of weights', () => {
  // A grid a tenth as wide feigns a hundred times the curvature from the same rounding.
  const tolerance = (length: number) =>
    gridConvexity(planeOf(() => 700, Float32Array.of(length, 0, 0, length))).tolerance;
  expect(tolerance(0.1) / tolerance(1)).toBeCloseTo(100, 3);
});

test('points beside a loss that is not finite count in nothing', () => {
  const slice = planeOf((a, b) => a * a + b * b);
  slice.loss[10 * 21 + 10] = Infinity;
  const { counted, smallest, negativeShare } = gridConvexity(slice);
  expect(counted).toBe(361 - 9);
  expect(smallest.filter(Number.isNaN)).toHaveLength(9);
  expect(negativeShare).toBe(0);
});

function lineOf(f: (w: number) => number, direction: number): Slice {
  const axes = [evenlySpaced(-1, 1, 41)];
  return {
    frame: scaledFrame(Float32Array.of(0, 0), Float32Array.of(direction, 0), ['w']),
    axes,
    loss: axes[0]!.map((t) => f(t * direction)),
    testLoss: null,
    accuracy: null,
  };
}

test.each([1, 0.5, 4])(
  'curvature is per unit of weights, along a direction of length %d',
  (length) => {
    expect(
      lineCurvature(
        lineOf((w) => 3 * w * w, length),
        7,
      ),
    ).toBeCloseTo(6, 2);
  },
);

test('the curvature of a quartic is its second derivative and h^2 / 12 times its fourth', () => {
  // w^4 at w = 0.5, h = 0.05: 12 / 4 + 24 h^2 / 12.
  expect(
    lineCurvature(
      lineOf((w) => w ** 4, 1),
      30,
    ),
  ).toBeCloseTo(3 + 2 * 0.05 ** 2, 3);
});

test('what has no curvature is refused in a sentence', () => {
  const line = lineOf((w) => w, 1);
  const plane = planeOf((a) => a);
  expect(() => lineCurvature(plane, 3)).toThrow(
    'the curvature of a line was asked of a slice of 2 dimensions: use gridConvexity for a plane',
  );
  expect(() => lineCurvature(line, 0)).toThrow('expected 1 to 39');
  expect(() => lineCurvature(line, 40)).toThrow('needs a neighbour on either side');
  expect(() => gridConvexity(line)).toThrow('a slice of 1 dimensions: expected a plane');
  expect(() => gridConvexity(planeOf((a) => a, undefined, 2))).toThrow(
    'a grid of 2 by 2 points: expected at least 3 a side',
  );
});
