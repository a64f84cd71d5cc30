// Truth: a triangle with sides 3, 4 and 5, and distances in weight space.
import { expect, test } from 'vitest';
import {
  lineThroughTwo,
  planeThroughThree,
} from '../../../../src/landscape/directions/solution-planes.ts';
import { projectOntoFrame } from '../../../../src/landscape/slices/project.ts';
import { norm, randomHistory, snapshot } from './histories.ts';

test('a right-angled triangle in seven dimensions lies at (0, 0), (3, 0) and (0, 4)', () => {
  const corner = Float32Array.of(1, 2, 3, 4, 5, 6, 7);
  const [second, third] = [corner.slice(), corner.slice()];
  second[1]! += 3;
  third[4]! -= 4;
  const frame = planeThroughThree(corner, second, third);
  const { coordinates, off } = projectOntoFrame(
    frame,
    Float32Array.of(...corner, ...second, ...third),
  );
  expect([...coordinates].map((value) => value + 0)).toEqual([0, 0, 3, 0, 0, 4]);
  expect([...off]).toEqual([0, 0, 0]);
  expect(frame.orthonormal).toBe(true);
});

test('any three points are on their plane, at their own distances', () => {
  const history = randomHistory(1, 3, 200);
  const points = [0, 1, 2].map((n) => snapshot(history, 0, n));
  const frame = planeThroughThree(points[0]!, points[1]!, points[2]!, ['A', 'B', 'C']);
  const { coordinates, off } = projectOntoFrame(frame, history.snapshots);
  for (const distance of off) expect(distance).toBeLessThan(1e-5 * norm(points[0]!));
  for (const [i, j] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const)
    expect(
      Math.hypot(
        coordinates[2 * i]! - coordinates[2 * j]!,
        coordinates[2 * i + 1]! - coordinates[2 * j + 1]!,
      ),
    ).toBeCloseTo(norm(points[i]!.map((value, p) => value - points[j]![p]!)), 4);
  expect(frame.axisNames).toEqual(['from A to B', 'towards C, at a right angle']);
});

test('on a line the first is at 0 and the second at their distance', () => {
  const frame = lineThroughTwo(Float32Array.of(1, 1, 1), Float32Array.of(3, 2, -1));
  const { coordinates, off } = projectOntoFrame(frame, Float32Array.of(1, 1, 1, 3, 2, -1));
  expect(coordinates[0]).toBe(0);
  expect(coordinates[1]).toBeCloseTo(3, 6);
  expect(Math.max(...off)).toBeLessThan(1e-6);
});

test('solutions that span nothing are refused in a sentence', () => {
  const [a, b] = [Float32Array.of(1, 2, 3), Float32Array.of(2, 0, 1)];
  expect(() => lineThroughTwo(a, a.slice())).toThrow(
    'direction 1 (from the first to the second) is zero everywhere: expected a direction to go along',
  );
  const between = a.map((value, p) => 0.3 * value + 0.7 * b[p]!);
  expect(() => planeThroughThree(a, b, between, ['A', 'B', 'C'])).toThrow(
    'direction 2 (towards C, at a right angle) lies within the span of the directions before it',
  );
  expect(() => lineThroughTwo(a, new Float32Array(2))).toThrow(
    'solutions of 3 and 2 weights: expected networks of one shape',
  );
  expect(() => lineThroughTwo(a, Float32Array.of(1, NaN, 0))).toThrow(
    'has NaN at weight 1: a slice needs finite numbers',
  );
});
