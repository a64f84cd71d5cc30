// Truth: the definition in float64, pair by pair; closed forms.
import { expect, test } from 'vitest';
import {
  checkDistances,
  cosineMatrix,
  distanceMatrix,
} from '../../../../src/landscape/projections/distances.ts';
import { cloud } from './blobs.ts';

test('distances are the root of the sum of squared differences, wherever the points lie', () => {
  const [K, D] = [13, 150];
  // Far from the origin and near to one another: products about the origin would lose every digit.
  const points = cloud(K, D).map((value) => 1000 + value);
  const distances = distanceMatrix(points, K);
  for (let i = 0; i < K; i++)
    for (let j = 0; j < K; j++) {
      let squares = 0;
      for (let d = 0; d < D; d++) squares += (points[i * D + d]! - points[j * D + d]!) ** 2;
      expect(distances[i * K + j]).toBeCloseTo(Math.sqrt(squares), 10);
      expect(distances[i * K + j]).toBe(distances[j * K + i]);
    }
});

test('close pairs keep their digits, and equal points are 0 apart', () => {
  // Two pairs 200 apart; within a pair 1e-6 and 0.
  const points = Float64Array.of(-100, 0, -100, 1e-6, 100, 0.3, 100, 0.3);
  const distances = distanceMatrix(points, 4);
  expect(distances[1]! / 1e-6).toBeCloseTo(1, 9);
  expect(distances[2 * 4 + 3]).toBe(0);
  expect(distances[2]).toBeCloseTo(Math.hypot(200, 0.3), 10);
});

test('cosines of known angles', () => {
  const cosines = cosineMatrix(Float32Array.of(2, 0, 3, 3, -5, 0, 0, 0.5), 4);
  const truth = [
    [1, Math.SQRT1_2, -1, 0],
    [Math.SQRT1_2, 1, -Math.SQRT1_2, Math.SQRT1_2],
    [-1, -Math.SQRT1_2, 1, 0],
    [0, Math.SQRT1_2, 0, 1],
  ].flat();
  for (const [i, value] of truth.entries()) expect(cosines[i]).toBeCloseTo(value, 12);
});

test('bad input is told in a sentence', () => {
  expect(() => distanceMatrix(Float32Array.of(1, 2, 3, NaN), 2)).toThrow(
    'point 1 has NaN at coordinate 1: leave points that are not finite out of the distances',
  );
  expect(() => distanceMatrix(new Float32Array(5), 2)).toThrow('5 numbers are not 2 points');
  expect(() => cosineMatrix(Float32Array.of(1, 2, 0, 0), 2)).toThrow(
    'point 1 is the origin, which has no direction',
  );
  expect(() => checkDistances(new Float64Array(5), 'a test')).toThrow(
    '5 numbers are no distance matrix for a test',
  );
  expect(() => checkDistances(Float64Array.of(0, 1, 2, 0), 'a test')).toThrow(
    'the distances of 1 to 0 and back are 2 and 1',
  );
  expect(() => checkDistances(Float64Array.of(0, NaN, NaN, 0), 'a test')).toThrow(
    'are NaN and NaN',
  );
  expect(() => checkDistances(Float64Array.of(0, 1, 1, 3), 'a test')).toThrow(
    'expected 0 of a point to itself',
  );
  expect(checkDistances(Float64Array.of(0, 1, 1, 0), 'a test')).toBe(2);
});
