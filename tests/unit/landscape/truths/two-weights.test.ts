// Theorems on the network of two weights, (ab - 1)^2 / 2, held by the engine's derivatives and by the trainer.
import { describe, expect, it } from 'vitest';
import {
  twoWeightCriticalStepSize,
  twoWeightEigenvalues,
  twoWeightFlowEnd,
  twoWeightHessian,
  twoWeightInvariant,
  type WeightPair,
} from '../../../../src/landscape/two-weights.ts';
import { jacobiEigen } from '../symmetric-matrix.ts';
import { hessian, normals, trainFrom, twoWeightSample } from './on-the-engine.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor(1);

const train = async (starts: readonly WeightPair[], learningRate: number, steps: number) => {
  const networks = starts.length;
  const { snapshots, curves, divergedAt } = await trainFrom(
    executor,
    starts.flat(),
    twoWeightSample,
    { hiddenSizes: [1], learningRate, initialisations: networks, steps, recordEvery: 1 },
  );
  const pointAt = (snapshot: number, network: number): WeightPair => {
    const at = 2 * (snapshot * networks + network);
    return [snapshots[at]!, snapshots[at + 1]!];
  };
  const ends = starts.map((_, n) => pointAt(snapshots.length / (2 * networks) - 1, n));
  return { ends, curves, divergedAt };
};

const hessianAt = (point: WeightPair) =>
  hessian(
    {
      executor,
      loss: 'mean-squared-error',
      samples: twoWeightSample,
      network: { sizes: [1, 1, 1], activation: 'linear', residual: false, bias: false },
    },
    point,
  );

describe("the engine's Hessian", () => {
  it.each<[string, WeightPair, readonly [number, number]]>([
    ['the flattest minimum', [1, 1], [2, 0]],
    ['a minimum', [2, 0.5], [4.25, 0]],
    ['a sharp minimum', [-0.25, -4], [16 + 1 / 16, 0]],
    ['the saddle', [0, 0], [1, -1]],
  ])('at %s %j has the eigenvalues of the theorem', async (_, point, truth) => {
    const matrix = await hessianAt(point);
    const own = jacobiEigen(matrix, 2).map(({ value }) => value);
    // a^2 + b^2 and 0 at minima, +-1 at the saddle; float32 products of sqrt(1/2) leave 1e-7 of the larger.
    own.forEach((value, i) =>
      expect(Math.abs(value - truth[i]!)).toBeLessThan(3e-7 * Math.abs(truth[0])),
    );
  });

  it('is the closed form, with its eigenvalues, away from critical points', async () => {
    const random = normals(10, 'points', 1.5);
    for (let k = 0; k < 5; k++) {
      const point: WeightPair = [random[2 * k]!, random[2 * k + 1]!];
      const matrix = await hessianAt(point);
      const size = Math.abs(twoWeightEigenvalues(point)[0]);
      twoWeightHessian(point)
        .flat()
        .forEach((entry, i) => expect(Math.abs(matrix[i]! - entry)).toBeLessThan(1e-6 * size));
      const own = jacobiEigen(matrix, 2).map(({ value }) => value);
      twoWeightEigenvalues(point).forEach((value, i) =>
        expect(Math.abs(own[i]! - value)).toBeLessThan(1e-6 * size),
      );
    }
  });
});

/**
 * Integral of (ab - 1)^2 over all of gradient flow's time. With p = ab, dp/dt = (1 - p) sqrt(c^2 + 4 p^2), it is
 * the integral of (1 - p) / sqrt(c^2 + 4 p^2) from p to 1.
 */
function flowIntegral(start: WeightPair): number {
  const c = twoWeightInvariant(start);
  const primitive = (p: number) =>
    Math.asinh((2 * p) / Math.abs(c)) / 2 - Math.sqrt(c * c + 4 * p * p) / 4;
  return primitive(1) - primitive(start[0] * start[1]);
}

describe('the invariant a^2 - b^2', () => {
  const starts: WeightPair[] = [
    [2, 0.1],
    [0.4, 1.8],
    [-1.5, -0.1],
    [1.6, -0.9],
  ];

  it('is multiplied by 1 - eta^2 (ab - 1)^2 in each step: over a run, by the product over its recorded losses', async () => {
    const [learningRate, steps] = [0.1, 100];
    const { ends, curves } = await train(starts, learningRate, steps);
    starts.forEach((start, n) => {
      let product = 1;
      // (ab - 1)^2 is twice the loss; the last record is of the end, from which no step goes.
      for (let k = 0; k < steps; k++)
        product *= 1 - 2 * learningRate ** 2 * curves.trainLoss[k * starts.length + n]!;
      expect(product).toBeLessThan(0.999);
      // Rounding of a and b, 6e-8 of each in each of the steps that still move.
      expect(twoWeightInvariant(ends[n]!) / twoWeightInvariant(start) / product).toBeCloseTo(1, 5);
    });
  });

  it('drifts in first order of the step size, by exp(-eta integral of (ab - 1)^2): half the step, half the drift', async () => {
    const drifts = await Promise.all(
      [0.04, 0.02].map(async (learningRate) => {
        const { ends } = await train(starts, learningRate, Math.round(16 / learningRate));
        return starts.map(
          (start, n) => -Math.log(twoWeightInvariant(ends[n]!) / twoWeightInvariant(start)),
        );
      }),
    );
    starts.forEach((start, n) => {
      const [coarse, fine] = [drifts[0]![n]!, drifts[1]![n]!];
      // The sum over steps exceeds the integral by the share eta (a^2 + b^2) / 2, here by at most 0.09 and 0.045.
      expect(Math.abs(coarse / fine / 2 - 1)).toBeLessThan(0.05);
      // The two runs extrapolated to eta = 0 leave an error of order eta^2, and float32's.
      const extrapolated = 2 * (fine / 0.02) - coarse / 0.04;
      expect(Math.abs(extrapolated / flowIntegral(start) - 1)).toBeLessThan(0.005);
    });
  });

  it('decides where descent ends: at the end of gradient flow, in first order of the step size', async () => {
    const distances = await Promise.all(
      [0.02, 0.01].map(async (learningRate) => {
        const { ends } = await train(starts, learningRate, Math.round(16 / learningRate));
        return starts.map((start, n) => {
          const end = twoWeightFlowEnd(start);
          return Math.hypot(ends[n]![0] - end[0], ends[n]![1] - end[1]);
        });
      }),
    );
    starts.forEach((_, n) => {
      expect(distances[1]![n]!).toBeLessThan(0.02);
      // First order, up to the second: within 4% of a half.
      expect(Math.abs(distances[0]![n]! / distances[1]![n]! / 2 - 1)).toBeLessThan(0.04);
    });
  });
});

describe('at the edge of stability', () => {
  const learningRate = 0.4;
  /** Minima (a, 1/a) and (1/a, a) of sharpness a^2 + 1/a^2 above 2 / 0.4 = 5, and a nudge off them. */
  const starts: WeightPair[] = Array.from({ length: 40 }, (_, k) => {
    const a = (k % 4 < 2 ? 1 : -1) * (2.25 + 0.03 * Math.floor(k / 2));
    const nudged = 1 / a + 1e-3;
    return k % 2 === 0 ? [a, nudged] : [nudged, a];
  });
  const sharpness = ([a, b]: WeightPair) => a * a + b * b;

  it('a minimum sharper than 2 / eta is left for a flatter one, of sharpness below 2 / eta', async () => {
    for (const start of starts) expect(twoWeightCriticalStepSize(start)).toBeLessThan(learningRate);
    const { ends, curves, divergedAt } = await train(starts, learningRate, 400);
    starts.forEach((start, n) => {
      expect(divergedAt[n]).toBe(-1);
      // It has settled: the loss is rounding.
      expect(curves.trainLoss.at(-starts.length + n)).toBeLessThan(1e-10);
      expect(twoWeightCriticalStepSize(ends[n]!)).toBeGreaterThan(learningRate);
      // Below 5 and not only by rounding at the threshold itself: growth there overshoots.
      expect(sharpness(ends[n]!)).toBeLessThan(5);
      expect(sharpness(start) - sharpness(ends[n]!)).toBeGreaterThan(0.1);
    });
  });

  it('with a step below its own threshold no such minimum is left', async () => {
    const small = 0.9 * Math.min(...starts.map(twoWeightCriticalStepSize));
    const { ends, curves } = await train(starts, small, 400);
    starts.forEach((start, n) => {
      expect(curves.trainLoss.at(-starts.length + n)).toBeLessThan(1e-10);
      // From a nudge of 0.001 it is less than that to the minimum that it was nudged from.
      expect(Math.hypot(ends[n]![0] - start[0], ends[n]![1] - start[1])).toBeLessThan(2e-3);
    });
  });

  it('from random starts none settles where the sharpness is above 2 / eta', async () => {
    const random = normals(400, 'anywhere', 1.5);
    const anywhere = Array.from({ length: 200 }, (_, k): WeightPair => [
      random[2 * k]!,
      random[2 * k + 1]!,
    ]);
    const { ends, curves, divergedAt } = await train(anywhere, learningRate, 500);
    let settled = 0;
    let wouldHaveBeenSharper = 0;
    anywhere.forEach((start, n) => {
      if (divergedAt[n]! >= 0 || !(curves.trainLoss.at(-200 + n)! < 1e-10)) return;
      settled++;
      expect(sharpness(ends[n]!)).toBeLessThan(5);
      // Gradient flow itself ends anywhere.
      if (sharpness(twoWeightFlowEnd(start)) > 5) wouldHaveBeenSharper++;
    });
    expect(settled).toBeGreaterThan(150);
    expect(wouldHaveBeenSharper).toBeGreaterThan(5);
  });
});
