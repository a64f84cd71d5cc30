// The Hessian after rescaling, held against second differences of the loss at weights that are really rescaled.
import { describe, expect, it } from 'vitest';
import {
  layerScale,
  scaledHessian,
  steepestWithin,
  symmetricEigenvalues,
} from '../../../../src/landscape/symmetry/scaled-hessian.ts';

const sizes = { inputs: 2, units: 3, outputs: 2 };
const P = 17;
const weights = Float64Array.from({ length: P }, (_, p) => Math.sin(3 * p + 1));
const points = Array.from(
  { length: 12 },
  (_, i) => [Math.cos(2 * i), Math.sin(5 * i), i % 2] as const,
);

/** Mean cross-entropy in double precision, written down once more. */
function loss(w: Float64Array): number {
  let sum = 0;
  for (const [x, y, label] of points) {
    const outputs = [w[15]!, w[16]!];
    for (let k = 0; k < 3; k++) {
      const hidden = Math.max(0, w[k]! * x + w[3 + k]! * y + w[6 + k]!);
      outputs[0]! += hidden * w[9 + 2 * k]!;
      outputs[1]! += hidden * w[10 + 2 * k]!;
    }
    sum += Math.log(Math.exp(outputs[0]!) + Math.exp(outputs[1]!)) - outputs[label]!;
  }
  return sum / points.length;
}

/** Central second differences with steps that follow the scale of each weight. */
function hessianAt(w: Float64Array, steps: Float64Array): Float64Array {
  const shifted = (i: number, a: number, j: number, b: number): number => {
    const moved = w.slice();
    moved[i]! += a * steps[i]!;
    moved[j]! += b * steps[j]!;
    return loss(moved);
  };
  const hessian = new Float64Array(P * P);
  for (let i = 0; i < P; i++)
    for (let j = 0; j < P; j++)
      hessian[i * P + j] =
        (shifted(i, 1, j, 1) -
          shifted(i, 1, j, -1) -
          shifted(i, -1, j, 1) +
          shifted(i, -1, j, -1)) /
        (4 * steps[i]! * steps[j]!);
  return hessian;
}

const even = new Float64Array(P).fill(1e-4);

describe.each([1 / 8, 0.5, 1, 3, 8])('layers rescaled by %d', (factor) => {
  const scale = layerScale(sizes, factor);
  const moved = weights.map((weight, p) => weight * scale[p]!);

  it('leave the loss as it is', () => {
    expect(loss(moved)).toBeCloseTo(loss(weights), 13);
  });

  it('have the Hessian that second differences find there', () => {
    const predicted = scaledHessian(hessianAt(weights, even), scale);
    const found = hessianAt(
      moved,
      scale.map((value) => 1e-4 * value),
    );
    const largest = Math.max(...predicted.map(Math.abs));
    for (const [at, value] of predicted.entries())
      expect(Math.abs(value - found[at]!)).toBeLessThan(1e-5 * largest);
    const [own, there] = [predicted, found].map((matrix) => symmetricEigenvalues(matrix, P)[0]!);
    expect(own! / there!).toBeCloseTo(1, 4);
  });
});

it('finds the steepest direction of a block', () => {
  const hessian = hessianAt(weights, even);
  const { direction, curvature } = steepestWithin(hessian, P, [9, 15]);
  expect(Math.hypot(...direction)).toBeCloseTo(1, 10);
  expect(direction.filter((value, p) => value !== 0 && (p < 9 || p >= 15))).toHaveLength(0);
  let along = 0;
  for (let i = 0; i < P; i++)
    for (let j = 0; j < P; j++) along += direction[i]! * hessian[i * P + j]! * direction[j]!;
  expect(along).toBeCloseTo(curvature, 10);
  for (let p = 9; p < 15; p++) expect(hessian[p * P + p]!).toBeLessThanOrEqual(curvature + 1e-12);
});
