// Truth: finite differences, conserved quantities, the linearisation at a minimum.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  twoWeightCriticalStepSize,
  twoWeightDescend,
  twoWeightEigenvalues,
  twoWeightFlowEnd,
  twoWeightGradient,
  twoWeightHessian,
  twoWeightInvariant,
  twoWeightLoss,
  type WeightPair,
} from '../../../src/landscape/two-weights.ts';

const weight = fc.double({ min: -3, max: 3, noNaN: true });
const anywhere = fc.tuple(weight, weight);
const check = (property: (point: WeightPair) => void) =>
  fc.assert(fc.property(anywhere, property), { seed: 1, numRuns: 200 });

test('gradient agrees with a central difference of the loss', () => {
  const h = 1e-5;
  check(([a, b]) => {
    const [da, db] = twoWeightGradient([a, b]);
    expect((twoWeightLoss([a + h, b]) - twoWeightLoss([a - h, b])) / (2 * h)).toBeCloseTo(da, 6);
    expect((twoWeightLoss([a, b + h]) - twoWeightLoss([a, b - h])) / (2 * h)).toBeCloseTo(db, 6);
  });
});

test('Hessian agrees with a central difference of the gradient', () => {
  const h = 1e-5;
  check(([a, b]) => {
    const rows = [0, 1].map((row) => {
      const along = (s: number) => twoWeightGradient([a + s * (1 - row), b + s * row]);
      return [0, 1].map((k) => (along(h)[k]! - along(-h)[k]!) / (2 * h));
    });
    const hessian = twoWeightHessian([a, b]);
    for (const i of [0, 1])
      for (const j of [0, 1]) expect(rows[i]![j]).toBeCloseTo(hessian[i]![j]!, 6);
  });
});

test('eigenvalues have the trace and the determinant of the Hessian, larger first', () => {
  check((point) => {
    const [[p, q], [r, s]] = twoWeightHessian(point);
    const [larger, smaller] = twoWeightEigenvalues(point);
    expect(larger).toBeGreaterThanOrEqual(smaller);
    expect(larger + smaller).toBeCloseTo(p + s, 8);
    expect(larger * smaller).toBeCloseTo(p * s - q * r, 8);
  });
});

test('at a minimum the eigenvalues are a^2 + b^2 and 0; at the saddle 1 and -1', () => {
  for (const a of [0.25, 0.5, 1, 2, -4]) {
    const [larger, smaller] = twoWeightEigenvalues([a, 1 / a]);
    expect(larger).toBeCloseTo(a * a + 1 / (a * a), 12);
    expect(smaller).toBe(0);
  }
  expect(twoWeightEigenvalues([0, 0])).toEqual([1, -1]);
});

test('a descent step multiplies a^2 - b^2 by 1 - s^2 (ab - 1)^2', () => {
  check((start) => {
    const step = 0.1;
    const [, next] = twoWeightDescend(start, step, 1).points;
    const residual = start[0] * start[1] - 1;
    expect(twoWeightInvariant(next!)).toBeCloseTo(
      twoWeightInvariant(start) * (1 - (step * residual) ** 2),
      8,
    );
  });
});

test('descent with tiny steps ends where gradient flow does', () => {
  for (const start of [
    [2, 0.1],
    [0.3, -0.2],
    [-1.5, 0.5],
    [-0.1, -2],
    [1.2, 1.2],
  ] as const) {
    const { points, diverged } = twoWeightDescend(start, 1e-3, 40_000);
    const end = twoWeightFlowEnd(start);
    expect(diverged).toBe(false);
    expect(points.at(-1)![0]).toBeCloseTo(end[0], 2);
    expect(points.at(-1)![1]).toBeCloseTo(end[1], 2);
  }
});

test('the flow ends at a minimum with the invariant of its start', () => {
  check((start) => {
    fc.pre(start[0] + start[1] !== 0);
    const end = twoWeightFlowEnd(start);
    expect(end[0] * end[1]).toBeCloseTo(1, 12);
    expect(twoWeightInvariant(end)).toBeCloseTo(twoWeightInvariant(start), 10);
    expect(Math.sign(end[0])).toBe(Math.sign(start[0] + start[1]));
  });
});

test('from the diagonal a + b = 0 flow and descent end in the saddle', () => {
  expect(twoWeightFlowEnd([0.7, -0.7])).toEqual([0, 0]);
  const end = twoWeightDescend([0.7, -0.7], 0.05, 2000).points.at(-1)!;
  expect(Math.hypot(...end)).toBeLessThan(1e-12);
  expect(twoWeightLoss([0, 0])).toBe(0.5);
});

test('just below the critical step size descent settles at a minimum, just above it leaves', () => {
  const minimum = [2, 0.5] as const;
  const critical = twoWeightCriticalStepSize(minimum);
  expect(critical).toBeCloseTo(2 / 4.25, 12);
  // Off the minimum along the steepest direction, (b, a) / |(a, b)|.
  const start = [2 + 0.5e-3, 0.5 + 2e-3] as const;
  const distance = (factor: number) =>
    Math.sqrt(2 * twoWeightLoss(twoWeightDescend(start, factor * critical, 60).points.at(-1)!));
  const before = Math.sqrt(2 * twoWeightLoss(start));
  expect(distance(0.95)).toBeLessThan(before / 100);
  expect(distance(1.05)).toBeGreaterThan(5 * before);
});

test('a walk that diverges is told and ends, with finite points only', () => {
  const { points, losses, diverged } = twoWeightDescend([3, 3], 1, 1000);
  expect(diverged).toBe(true);
  expect(points.length).toBeLessThan(20);
  expect(losses).toHaveLength(points.length);
  expect([...points.flat(), ...losses].every(Number.isFinite)).toBe(true);
});
