// Theorem: Saxe, McClelland and Ganguli 2014, arXiv:1312.6120: a balanced linear network learns each mode by itself.
import { Matrix, QrDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  modeStrength,
  modeTimeConstant,
} from '../../../../src/landscape/closed-forms/deep-linear.ts';
import { modeHalfTime, modeRate } from './deep-linear-modes.ts';
import { largestDifference, normals, regression, trainFrom } from './on-the-engine.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor(1);

const [features, outputs, modes] = [4, 3, 3];
const targets = [3, 2, 1];

/** `[rows, columns]` with orthonormal columns. */
const orthonormal = (rows: number, columns: number, purpose: string): Matrix =>
  new QrDecomposition(
    Matrix.from1DArray(rows, columns, normals(rows * columns, purpose)),
  ).orthogonalMatrix.subMatrix(0, rows - 1, 0, columns - 1);

const left = orthonormal(features, modes, 'U');
const right = orthonormal(outputs, modes, 'V');
const target = left.mmul(Matrix.diag(targets)).mmul(right.transpose());

// A Hadamard matrix: X'X / 4 is the unit matrix, without rounding.
const inputs = new Matrix([
  [1, 1, 1, 1],
  [1, -1, 1, -1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
]);
const samples = regression(4, inputs.to1DArray(), inputs.mmul(target).to1DArray());

/** Balanced weights `[P]` of a network whose modes have strengths `u`: every layer has u^(1/layers) of each. */
function balanced(u: readonly number[], layers: number): number[] {
  const share = Matrix.diag(u.map((strength) => strength ** (1 / layers)));
  // Hidden units are turned at random between the layers: no unit is a mode.
  const turns = Array.from({ length: layers - 1 }, (_, k) => orthonormal(modes, modes, `R${k}`));
  return Array.from({ length: layers }, (_, layer) => {
    const before = turns[layer - 1] ?? left;
    const after = turns[layer] ?? right;
    return before.mmul(share).mmul(after.transpose()).to1DArray();
  }).flat();
}

/** U' W_1 ... W_L V of flat weights: strengths of the modes on its diagonal. */
function strengths(weights: Float32Array, layers: number): Matrix {
  const sizes = [features, ...Array.from({ length: layers - 1 }, () => modes), outputs];
  let product = left.transpose();
  let offset = 0;
  for (let layer = 0; layer < layers; layer++) {
    const [rows, columns] = [sizes[layer]!, sizes[layer + 1]!];
    const values = weights.subarray(offset, offset + rows * columns);
    product = product.mmul(Matrix.from1DArray(rows, columns, values));
    offset += rows * columns;
  }
  return product.mmul(right);
}

const startStrength = 0.05;
const duration = 4.5;

interface Learned {
  readonly stepSize: number;
  /** Of the 21 snapshots. */
  readonly steps: readonly number[];
  /** `[21, modes]`. */
  readonly strengths: readonly number[];
  /** The largest part of one mode in another. */
  readonly mixed: number;
}

/** Trains a balanced network to `duration` in so many steps. */
async function learn(layers: number, steps: number): Promise<Learned> {
  const stepSize = Math.fround(duration / steps);
  const start = balanced(
    targets.map(() => startStrength),
    layers,
  );
  const { snapshots, snapshotSteps } = await trainFrom(executor, start, samples, {
    hiddenSizes: Array.from({ length: layers - 1 }, () => modes),
    learningRate: stepSize,
    initialisations: 1,
    steps,
    recordEvery: steps,
    snapshots: 21,
  });
  const P = snapshots.length / snapshotSteps.length;
  const products = Array.from(snapshotSteps, (_, k) =>
    strengths(snapshots.subarray(k * P, (k + 1) * P), layers),
  );
  const others = products.map((own) => own.clone().sub(Matrix.diag(own.diagonal())));
  return {
    stepSize,
    steps: [...snapshotSteps],
    strengths: products.flatMap((own) => own.diagonal()),
    mixed: Math.max(...others.map((own) => Math.max(-own.min(), own.max()))),
  };
}

/** `truth(mode, time)` where `learn` measures. */
const sampled = ({ steps, stepSize }: Learned, truth: (mode: number, time: number) => number) =>
  steps.flatMap((step) => targets.map((_, mode) => truth(mode, step * stepSize)));

/**
 * Descent's own strengths where `learn` measures: a step keeps the balance, and changes each layer's share a of a mode
 * by `stepSize 2/C (s - a^layers) a^(layers - 1)`.
 */
const stepped = ({ steps, stepSize }: Learned, layers: number): number[] =>
  steps.flatMap((step) =>
    targets.map((s) => {
      let a = startStrength ** (1 / layers);
      for (let k = 0; k < step; k++)
        a += ((stepSize * 2) / outputs) * (s - a ** layers) * a ** (layers - 1);
      return a ** layers;
    }),
  );

/** Holds a depth to descent's own strengths, and to what they tend to as the step size goes to 0. */
async function expectTruth(
  layers: number,
  truth: (mode: number, time: number) => number,
  { perStepSize }: { readonly perStepSize: number },
) {
  const [coarse, fine] = [await learn(layers, 500), await learn(layers, 1000)];
  for (const learned of [coarse, fine]) {
    // Exact but for float32's rounding, 6e-8 of each weight, grown by the rise of each mode.
    expect(largestDifference(learned.strengths, stepped(learned, layers))).toBeLessThan(5e-6);
    // Decoupled: what lies off the diagonal is the same rounding.
    expect(learned.mixed).toBeLessThan(2e-6);
  }
  const errors = [coarse, fine].map((learned) =>
    largestDifference(learned.strengths, sampled(learned, truth)),
  );
  // Euler's method is of first order: the error is the step size times a constant (measured), half of it for half.
  expect(errors[1]! / fine.stepSize).toBeLessThan(perStepSize);
  expect(Math.abs(errors[0]! / errors[1]! - 2)).toBeLessThan(0.1);
  // The two runs extrapolated to a step size of 0 leave an error of second order: a few per cent of the first.
  const extrapolated = fine.strengths.map((strength, i) => 2 * strength - coarse.strengths[i]!);
  expect(largestDifference(extrapolated, sampled(fine, truth))).toBeLessThan(0.03 * errors[0]!);
}

const modeOf = (mode: number) => ({ start: startStrength, target: targets[mode]!, outputs });

describe('two layers', () => {
  const truth = (mode: number, time: number) => modeStrength(modeOf(mode), time);

  it('learn every mode along its sigmoid, and no mode into another; half the step, half the error', async () => {
    await expectTruth(2, truth, { perStepSize: 1.7 });
    // The run went all the way: each mode is learned at its end, and the weakest was not at its middle.
    targets.forEach((s, mode) => expect(truth(mode, duration) / s).toBeGreaterThan(0.9));
    expect(truth(2, duration / 3)).toBeLessThan(0.5);
  });

  it('the sigmoid solves tau du/dt = 2 u (s - u), from its start', () => {
    for (const mode of [0, 1, 2]) {
      expect(truth(mode, 0)).toBeCloseTo(startStrength, 14);
      for (const time of [0.1, 0.7, 1.9]) {
        const h = 1e-5;
        const slope = (truth(mode, time + h) - truth(mode, time - h)) / (2 * h);
        const u = truth(mode, time);
        const s = targets[mode]!;
        expect(slope * modeTimeConstant(outputs)).toBeCloseTo(2 * u * (s - u), 7);
        // The law of any depth is this one for two layers.
        expect(modeRate(u, modeOf(mode), 2)).toBeCloseTo(slope, 7);
      }
    }
  });

  it('a mode is half learned at its half time, and long after at its target', () => {
    for (const mode of [0, 1, 2]) {
      const s = targets[mode]!;
      expect(truth(mode, modeHalfTime(modeOf(mode)))).toBeCloseTo(s / 2, 12);
      expect(truth(mode, 1e6)).toBe(s);
    }
    const [first, second, third] = [0, 1, 2].map((mode) => modeHalfTime(modeOf(mode)));
    expect(first).toBeLessThan(second!);
    expect(second).toBeLessThan(third!);
  });
});

/** Fourth-order Runge-Kutta (Kutta 1901) of du/dt = rate(u), `steps` steps to `time`. */
function rungeKutta(rate: (u: number) => number, start: number, time: number, steps: number) {
  const h = time / steps;
  let u = start;
  for (let k = 0; k < steps; k++) {
    const k1 = rate(u);
    const k2 = rate(u + (h / 2) * k1);
    const k3 = rate(u + (h / 2) * k2);
    const k4 = rate(u + h * k3);
    u += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return u;
}

describe('more layers', () => {
  it.each([3, 4])(
    '%d layers learn every mode by du/dt = layers 2/C u^(2 - 2/layers) (s - u); half the step, half the error',
    async (layers) => {
      const truth = (mode: number, time: number) =>
        rungeKutta((u) => modeRate(u, modeOf(mode), layers), startStrength, time, 400);
      // 400 steps are enough: twice as many agree.
      expect(truth(0, duration)).toBeCloseTo(
        rungeKutta((u) => modeRate(u, modeOf(0), layers), startStrength, duration, 800),
        6,
      );
      await expectTruth(layers, truth, { perStepSize: layers === 3 ? 4 : 5.5 });
    },
  );

  it('one layer learns every mode at the same rate, by du/dt = 2/C (s - u)', async () => {
    const truth = (mode: number, time: number) => {
      const s = targets[mode]!;
      return s + (startStrength - s) * Math.exp((-2 * time) / outputs);
    };
    expect(modeRate(0.3, modeOf(0), 1)).toBeCloseTo((2 / outputs) * (3 - 0.3), 14);
    await expectTruth(1, truth, { perStepSize: 0.4 });
  });
});

it('refuses modes that cannot learn in a sentence', () => {
  expect(() => modeStrength({ start: 0, target: 1, outputs: 1 }, 1)).toThrow(
    'a mode starts at 0 with target 1: expected both above 0',
  );
  expect(() => modeHalfTime({ start: 2, target: 1, outputs: 1 })).toThrow(
    'expected a start below the target',
  );
  expect(() => modeRate(-1, { target: 1, outputs: 1 }, 2)).toThrow('a mode of strength -1 in 2');
  expect(() => modeRate(1, { target: 1, outputs: 1 }, 1.5)).toThrow('a whole number of layers');
});
