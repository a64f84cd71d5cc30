// Truth: points built at known coordinates and distance; orthogonality.
import { expect, test } from 'vitest';
import {
  footPoints,
  gridOver,
  planeOfTwoWeights,
  projectOntoPlane,
  squareGridOver,
} from '../../../src/landscape/plane.ts';

/** A tilted plane in four dimensions, with the unit normal n of one of its complements. */
const plane = {
  origin: Float32Array.of(1, -1, 2, 0),
  directions: Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, -0.5, 0.5, -0.5),
};
const normal = [0.5, 0.5, -0.5, -0.5];

const pointAt = (a: number, b: number, off: number) =>
  Float32Array.from(
    plane.origin,
    (value, p) =>
      value + a * plane.directions[p]! + b * plane.directions[4 + p]! + off * normal[p]!,
  );

test('a point built at (a, b) and distance d is found at (a, b) and distance d', () => {
  const { coordinates, offPlane } = projectOntoPlane(
    plane,
    Float32Array.of(...pointAt(3, -2, 0.75), ...pointAt(-1, 4, 0)),
  );
  expect([...coordinates]).toEqual([3, -2, -1, 4]);
  expect([...offPlane]).toEqual([0.75, 0]);
});

test('a small distance far out on the plane does not cancel', () => {
  // |point - origin|^2 is 10^8: subtracting squares in single precision could not see 10^-2 squared.
  const { offPlane } = projectOntoPlane(plane, pointAt(8192, 4096, 0.015625));
  expect(offPlane[0]).toBeCloseTo(0.015625, 4);
});

test('the foot of a point is on the plane, and the line to it is orthogonal to both directions', () => {
  const point = pointAt(1.5, 2.5, 4);
  const { coordinates } = projectOntoPlane(plane, point);
  const foot = footPoints(plane, coordinates);
  expect(projectOntoPlane(plane, foot).offPlane[0]).toBeCloseTo(0, 6);
  for (const row of [0, 1]) {
    let dot = 0;
    for (let p = 0; p < 4; p++) dot += (point[p]! - foot[p]!) * plane.directions[row * 4 + p]!;
    expect(dot).toBeCloseTo(0, 5);
  }
});

test('on the plane of two weights, coordinates are the weights and nothing is off it', () => {
  const weights = Float32Array.of(0.1, -7, 1e20, 3);
  const { coordinates, offPlane } = projectOntoPlane(planeOfTwoWeights(2), weights);
  expect(coordinates).toEqual(weights);
  expect([...offPlane]).toEqual([0, 0]);
  expect(footPoints(planeOfTwoWeights(2), coordinates)).toEqual(weights);
  expect(() => planeOfTwoWeights(322)).toThrow('the network has 322 weights');
});

test('points that are not finite get NaN', () => {
  const { coordinates, offPlane } = projectOntoPlane(plane, Float32Array.of(1, NaN, 0, 0));
  expect([...coordinates, ...offPlane]).toEqual([NaN, NaN, NaN]);
});

test('the grid covers the coordinates and its margin, evenly', () => {
  const { xs, ys } = gridOver(Float32Array.of(0, 10, 8, 30, NaN, NaN), 5, 0.25);
  expect([...xs]).toEqual([-2, 1, 4, 7, 10]);
  expect([...ys]).toEqual([5, 12.5, 20, 27.5, 35]);
});

test('on the plane of the two weights the grid is a square about the origin that holds every point', () => {
  const { xs, ys } = squareGridOver(Float32Array.of(1, -4, 2, 3, NaN, Infinity), 5, 0.25);
  expect([...xs]).toEqual([-5, -2.5, 0, 2.5, 5]);
  expect(ys).toEqual(xs);
  expect([...squareGridOver(new Float32Array(0), 3, 0).xs]).toEqual([-1, 0, 1]);
});

test('paths along a line, a single point and no point still get a grid', () => {
  expect([...gridOver(Float32Array.of(0, 3, 8, 3), 3, 0).ys]).toEqual([-1, 3, 7]);
  expect([...gridOver(Float32Array.of(5, 3), 3, 0.15).xs]).toEqual([4, 5, 6]);
  expect([...gridOver(new Float32Array(0), 3, 0.15).xs]).toEqual([-1, 0, 1]);
});
