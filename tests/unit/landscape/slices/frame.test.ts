// Truth: points built at known coordinates and distances from frames whose directions are not at right angles.
import { expect, test } from 'vitest';
import { orthonormalFrame, pointsAt, scaledFrame } from '../../../../src/landscape/slices/frame.ts';
import { projectOntoFrame } from '../../../../src/landscape/slices/project.ts';

const origin = Float32Array.of(1, -1, 2, 0, 3);
/** Lengths 5, sqrt 2 and 2; the last axis is at a right angle to all. */
const basis = Float32Array.of(3, 4, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 2, 0);
const names = ['a', 'b', 'c'];

test.each([1, 2, 3])('least squares finds what was built from %i slanted directions', (D) => {
  const frame = scaledFrame(origin, basis.slice(0, 5 * D), names.slice(0, D));
  expect(frame.orthonormal).toBe(false);
  const coordinates = Float32Array.of(0.5, -2, 3, -1, 0.25, 0).filter((_, i) => i % 3 < D);
  const points = pointsAt(frame, coordinates);
  for (const m of [0, 1]) points[5 * m + 4]! += 0.75;
  const found = projectOntoFrame(frame, points);
  for (const [i, value] of found.coordinates.entries())
    expect(value).toBeCloseTo(coordinates[i]!, 6);
  for (const distance of found.off) expect(distance).toBeCloseTo(0.75, 6);
});

test('the foot of a point is where the line to it is at a right angle to every direction', () => {
  const frame = scaledFrame(origin, basis, names);
  const point = Float32Array.of(4, 2, -3, 1, 5);
  const { coordinates, off } = projectOntoFrame(frame, point);
  const foot = pointsAt(frame, coordinates);
  for (const row of [0, 1, 2]) {
    let product = 0;
    for (let p = 0; p < 5; p++) product += (point[p]! - foot[p]!) * basis[5 * row + p]!;
    expect(product).toBeCloseTo(0, 5);
  }
  expect(Math.hypot(...point.map((value, p) => value - foot[p]!))).toBeCloseTo(off[0]!, 5);
});

test('an orthonormal frame spans the same, the first direction keeping its course', () => {
  const frame = orthonormalFrame(origin, basis, names);
  expect(frame.orthonormal).toBe(true);
  expect(frame.basis[0]).toBeCloseTo(0.6, 6);
  expect(frame.basis[1]).toBeCloseTo(0.8, 6);
  const points = pointsAt(scaledFrame(origin, basis, names), Float32Array.of(1, 2, 3));
  expect(projectOntoFrame(frame, points).off[0]).toBeLessThan(1e-6);
  expect(scaledFrame(origin, frame.basis, names).orthonormal).toBe(true);
});

test('what is not finite has no coordinates', () => {
  const { coordinates, off } = projectOntoFrame(
    scaledFrame(origin, basis, names),
    Float32Array.of(1, 2, Infinity, 0, 0),
  );
  expect([...coordinates, ...off]).toEqual([NaN, NaN, NaN, NaN]);
});

test('directions that span no slice are refused in a sentence', () => {
  const frame = (rows: Float32Array, of = names.slice(0, rows.length / 5)) =>
    scaledFrame(origin, rows, of);
  expect(() => frame(new Float32Array(5))).toThrow('direction 1 (a) is zero everywhere');
  expect(() => frame(Float32Array.of(1, 2, 0, 0, 0, -2, -4, 0, 0, 0))).toThrow(
    'direction 2 (b) lies within the span of the directions before it',
  );
  expect(() => frame(Float32Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3, 4, 0, 0, 0))).toThrow(
    'direction 3 (c) lies within the span',
  );
  expect(() => frame(new Float32Array(7), ['a'])).toThrow(
    '7 numbers are not 1 directions of 5 weights each',
  );
  expect(() => projectOntoFrame(frame(basis.slice(0, 5)), new Float32Array(7))).toThrow(
    '7 numbers are not points of 5 weights each',
  );
});
