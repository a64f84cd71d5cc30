// Truth: the maximum over the box in closed form and by all corners, the symmetry of ReLU networks, and the full Hessian.
import { expect, test } from 'vitest';
import {
  createDerivatives,
  type Derivatives,
} from '../../../../src/landscape/curvature/derivatives.ts';
import { hessianEigenpairs } from '../../../../src/landscape/curvature/extreme-eigenpairs.ts';
import { fullHessian } from '../../../../src/landscape/curvature/full-hessian.ts';
import {
  epsilonSharpness,
  filterNormalisedCurvature,
  largestAdaptiveSharpness,
} from '../../../../src/landscape/curvature/sharpness.ts';
import { scaledTrace, type TraceOptions } from '../../../../src/landscape/curvature/trace.ts';
import type { LossOptions } from '../../../../src/learning/evaluator.ts';
import { layerLayouts } from '../../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import { jacobiEigen } from '../symmetric-matrix.ts';
import {
  dotOf,
  linearRegression,
  networkOf,
  randomNetworks,
  randomVector,
  twoWeights,
} from './small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

/** The largest eigenvalue and the trace of |w_i| H_ij |w_j|. */
async function adaptiveSharpness(
  derivatives: Derivatives,
  weights: Float32Array,
  options: TraceOptions & { readonly tolerance?: number },
) {
  const largest = await largestAdaptiveSharpness(derivatives, weights, options);
  const trace = await scaledTrace(derivatives, weights, options, (i) => Math.abs(weights[i]!));
  return { ...largest, trace };
}

/** L(w) = (w - target)^2. */
const parabola = (target: number): LossOptions => ({
  executor,
  network: networkOf([1, 1], 'linear', false),
  loss: 'mean-squared-error',
  samples: {
    count: 1,
    inputs: Float32Array.of(1),
    targets: Float32Array.of(target),
    labels: null,
  },
});

test('of a parabola: ((|w - c| + r)^2 - (w - c)^2) / (1 + (w - c)^2) with r = epsilon (|w| + 1), in per cent', async () => {
  const derivatives = await createDerivatives(parabola(2));
  const weights = [2, 2.5, -1, 0];
  for (const epsilon of [1e-3, 0.1]) {
    const found = await epsilonSharpness(derivatives, Float32Array.from(weights), {
      epsilon,
      steps: 10,
      starts: 3,
      seed: 1,
    });
    for (const [m, weight] of weights.entries()) {
      const [away, radius] = [Math.abs(weight - 2), epsilon * (Math.abs(weight) + 1)];
      const highest = (away + radius) ** 2;
      expect(found.loss[m]).toBeCloseTo(away ** 2, 5);
      expect(found.highest[m]).toBeCloseTo(highest, 5);
      const truth = (100 * (highest - away ** 2)) / (1 + away ** 2);
      // The rise is a difference of losses of up to 9 in float32.
      expect(Math.abs(found.sharpness[m]! - truth)).toBeLessThan(1e-4 + 1e-4 * truth);
    }
    // At the minimum itself there is no slope to climb: the drawn starts find what the first cannot.
    expect(found.byStart[0]).toBe(0);
    expect(found.byStart[1]).toBeGreaterThan(0);
  }
  derivatives.dispose();
});

test('of linear regression the best corner of all 256 is found, and never more', async () => {
  const options = linearRegression(executor);
  const derivatives = await createDerivatives(options);
  const epsilon = 0.05;
  const networks = 4;
  const weights = randomVector(8 * networks, 9);
  const { sharpness, byStart, loss } = await epsilonSharpness(derivatives, weights, {
    epsilon,
    steps: 20,
    starts: 6,
    seed: 2,
  });
  for (let m = 0; m < networks; m++) {
    const own = weights.subarray(8 * m, 8 * m + 8);
    const corners = new Float32Array(256 * 8);
    for (let corner = 0; corner < 256; corner++)
      for (let p = 0; p < 8; p++)
        corners[8 * corner + p] =
          own[p]! + (corner & (1 << p) ? 1 : -1) * epsilon * (Math.abs(own[p]!) + 1);
    // The loss is convex: its maximum over a box lies in a corner.
    const { loss: cornerLoss } = await derivatives.gradient(corners);
    const truth = (100 * (Math.max(...cornerLoss) - loss[m]!)) / (1 + loss[m]!);
    expect(sharpness[m]! / truth).toBeCloseTo(1, 3);
    expect(Math.max(...byStart.subarray(6 * m, 6 * m + 6))).toBe(sharpness[m]);
    expect(byStart[6 * m]).toBeGreaterThanOrEqual(0);
  }
  derivatives.dispose();
});

/** Each hidden unit's incoming weights and bias times its factor, outgoing over it: the same function. */
function rescaled(network: NetworkShape, weights: Float32Array, factors: readonly number[]) {
  const [first, second] = layerLayouts(network) as [
    ReturnType<typeof layerLayouts>[0],
    ReturnType<typeof layerLayouts>[0],
  ];
  const result = weights.slice();
  for (const [unit, factor] of factors.entries()) {
    for (let i = 0; i < first.inputs; i++)
      result[first.weightOffset + i * first.outputs + unit]! *= factor;
    result[first.biasOffset! + unit]! *= factor;
    for (let o = 0; o < second.outputs; o++)
      result[second.weightOffset + unit * second.outputs + o]! /= factor;
  }
  return result;
}

test('a ReLU network rescaled: the loss and adaptive sharpness stay, the other two measures do not', async () => {
  const network = networkOf([2, 6, 2], 'relu');
  const { options, P, weights } = randomNetworks(executor, network, 1);
  const derivatives = await createDerivatives(options);
  const both = new Float32Array(2 * P);
  both.set(weights);
  both.set(rescaled(network, weights, [10, 0.1, 4, 16, 0.25, 3]), P);
  const settings = { probes: 2000, seed: 1, tolerance: 1e-5 };
  const { largest, converged, trace } = await adaptiveSharpness(derivatives, both, settings);
  const { loss } = await derivatives.gradient(both);
  expect(loss[1]! / loss[0]!).toBeCloseTo(1, 5);
  expect([...converged]).toEqual([1, 1]);
  expect(largest[1]! / largest[0]!).toBeCloseTo(1, 5);
  const apart = Math.abs(trace.trace[1]! - trace.trace[0]!);
  expect(apart).toBeLessThan(3 * Math.hypot(...trace.standardError));

  const { top } = await hessianEigenpairs(derivatives, both, { top: 1, bottom: 0, seed: 1 });
  expect(Math.abs(Math.log(top.values[1]! / top.values[0]!))).toBeGreaterThan(0.5);
  const box = { epsilon: 1e-2, steps: 10, starts: 3, seed: 1 };
  const { sharpness } = await epsilonSharpness(derivatives, both, box);
  expect(Math.abs(Math.log(sharpness[1]! / sharpness[0]!))).toBeGreaterThan(0.2);
  derivatives.dispose();
});

test('adaptive sharpness is the largest eigenvalue and the trace of |w_i| H_ij |w_j|', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 5, 2]), 2);
  const derivatives = await createDerivatives(options);
  const { largest, eigenpairs, trace } = await adaptiveSharpness(derivatives, weights, {
    probes: 300,
    seed: 2,
  });
  for (let m = 0; m < 2; m++) {
    const own = weights.subarray(m * P, (m + 1) * P);
    const hessian = await fullHessian(derivatives, own);
    const scaled = hessian.map(
      (value, i) => value * Math.abs(own[Math.floor(i / P)]! * own[i % P]!),
    );
    const truth = jacobiEigen(scaled, P);
    const sum = truth.reduce((total, { value }) => total + value, 0);
    expect(largest[m]! / truth[0]!.value).toBeCloseTo(1, 4);
    const vector = eigenpairs.vectors.subarray(m * P, (m + 1) * P);
    expect(Math.abs(dotOf(vector, truth[0]!.vector))).toBeCloseTo(1, 3);
    expect(Math.abs(trace.trace[m]! - sum)).toBeLessThan(3 * trace.standardError[m]!);
  }
  derivatives.dispose();
});

test('two weights on the curve of minima: adaptive sharpness is 2 everywhere, the largest eigenvalue is not', async () => {
  // D H D = |a b|^2 [[1, 1], [1, 1]] at a b = 1, with eigenvalues 2 and 0.
  const derivatives = await createDerivatives(twoWeights(executor));
  const weights = Float32Array.of(1, 1, 4, 0.25, -0.5, -2);
  const { largest } = await adaptiveSharpness(derivatives, weights, { probes: 2, seed: 1 });
  for (const value of largest) expect(value).toBeCloseTo(2, 5);
  derivatives.dispose();
});

test('curvature along random unit directions is trace / P on average, and u.Hu along each', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 5, 2]), 2);
  const derivatives = await createDerivatives(options);
  const K = 400;
  const directions = randomVector(2 * K * P, 3);
  for (let row = 0; row < 2 * K; row++) {
    const own = directions.subarray(row * P, (row + 1) * P);
    const length = Math.sqrt(dotOf(own, own));
    own.forEach((value, p) => (own[p] = value / length));
  }
  const found = await filterNormalisedCurvature(derivatives, weights, directions);
  for (let m = 0; m < 2; m++) {
    const hessian = await fullHessian(derivatives, weights.subarray(m * P, (m + 1) * P));
    const trace = hessian.reduce((sum, value, i) => sum + (i % (P + 1) === 0 ? value : 0), 0);
    expect(Math.abs(found.mean[m]! - trace / P)).toBeLessThan(3 * found.standardError[m]!);
    // For u even on the sphere: variance 2 (sum lambda^2 - trace^2 / P) / (P (P + 2)).
    const squares = hessian.reduce((sum, value) => sum + value * value, 0);
    const variance = (2 * (squares - trace ** 2 / P)) / (P * (P + 2));
    expect(found.standardError[m]! / Math.sqrt(variance / K)).toBeCloseTo(1, 0);
    for (const k of [0, 7]) {
      const u = directions.subarray((m * K + k) * P, (m * K + k + 1) * P);
      const form = Array.from(u).reduce(
        (sum, value, i) => sum + value * dotOf(hessian.subarray(i * P, (i + 1) * P), u),
        0,
      );
      expect(found.curvatures[m * K + k]).toBeCloseTo(form, 5);
    }
  }
  derivatives.dispose();
});

test('networks together are each alone; one that diverged has NaN', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 5, 2]), 3);
  const derivatives = await createDerivatives(options);
  const box = { epsilon: 1e-2, steps: 6, starts: 2, seed: 4 };
  const broken = weights.slice().fill(NaN, 0, 1);
  const boxed = await epsilonSharpness(derivatives, broken, box);
  const adaptive = await adaptiveSharpness(derivatives, broken, { probes: 4, seed: 4 });
  expect([boxed.sharpness[0], adaptive.largest[0], adaptive.trace.trace[0]]).toEqual([
    NaN,
    NaN,
    NaN,
  ]);
  expect(adaptive.converged[0]).toBe(0);
  for (const m of [1, 2]) {
    const own = weights.subarray(m * P, (m + 1) * P);
    const alone = await epsilonSharpness(derivatives, own, box);
    const settings = { probes: 4, seed: 4, first: m };
    const { largest, trace } = await adaptiveSharpness(derivatives, own, settings);
    expect(boxed.sharpness[m]! / alone.sharpness[0]!).toBeCloseTo(1, 3);
    expect(adaptive.largest[m]! / largest[0]!).toBeCloseTo(1, 4);
    expect(adaptive.trace.trace[m]! / trace.trace[0]!).toBeCloseTo(1, 4);
  }
  derivatives.dispose();
});

test('what does not fit is told in a sentence', async () => {
  const derivatives = await createDerivatives(parabola(1));
  const weights = new Float32Array(2);
  const box = { epsilon: 1e-3, steps: 2, starts: 1, seed: 1 };
  const refused = (changed: Partial<typeof box>) =>
    expect(epsilonSharpness(derivatives, weights, { ...box, ...changed })).rejects;
  await refused({ epsilon: 0 }).toThrow('epsilon is 0: expected a number above 0');
  await refused({ steps: 0 }).toThrow('steps is 0');
  await refused({ starts: 0.5 }).toThrow('starts is 0.5');
  await expect(
    filterNormalisedCurvature(derivatives, weights, new Float32Array(3)),
  ).rejects.toThrow('directions of 2 networks with 1 parameters, [M, K, P], has 3 numbers');
  await expect(
    filterNormalisedCurvature(derivatives, weights, new Float32Array(0)),
  ).rejects.toThrow('has 0 numbers: expected 2');
  derivatives.dispose();
});
