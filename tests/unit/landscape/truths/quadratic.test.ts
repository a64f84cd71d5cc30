// Theorem: descent in a quadratic bowl, w_k = w* + (I - eta A)^k (w_0 - w*), by the trainer on linear networks.
import { describe, expect, it } from 'vitest';
import {
  criticalStepSize,
  growthFactor,
  linearRegression,
  modesOf,
  quadraticDescent,
  quadraticLoss,
} from './quadratic.ts';
import type { Quadratic } from './quadratic.ts';
import { jacobiEigen } from '../symmetric-matrix.ts';
import {
  hessian,
  largestDifference,
  lossesAndGradients,
  normals,
  regression,
  trainFrom,
} from './on-the-engine.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor(1);

const [count, features, outputs] = [12, 3, 2];
const P = (features + 1) * outputs;
/** Features of different spread, so that the curvatures differ. */
const samples = regression(
  count,
  normals(count * features, 'inputs').map((x, i) => x * [2, 1, 0.5][i % 3]! + 0.3),
  normals(count * outputs, 'targets'),
);
const bowl = linearRegression(samples, { bias: true });
const networks = 3;
const starts = normals(networks * P, 'starts');
const problem = () => ({
  executor,
  samples,
  loss: 'mean-squared-error' as const,
  network: { sizes: [features, outputs], activation: 'tanh', residual: false, bias: true } as const,
});
const largest = bowl.eigenvalues[0]!;

const train = (stepSize: number, steps: number, momentum = 0, start = starts) =>
  trainFrom(executor, start, samples, {
    hiddenSizes: [],
    bias: true,
    optimiser: momentum === 0 ? { kind: 'sgd' } : { kind: 'momentum', momentum },
    learningRate: stepSize,
    initialisations: start.length / P,
    steps,
  });

describe('the bowl itself', () => {
  it("has the engine's loss everywhere", async () => {
    const { loss } = await lossesAndGradients(problem(), starts);
    for (let n = 0; n < networks; n++) {
      const truth = quadraticLoss(bowl, starts.subarray(n * P, (n + 1) * P));
      // Rounding of a float32 mean over 24 numbers: a few units of 6e-8.
      expect(Math.abs(loss[n]! / truth - 1)).toBeLessThan(1e-6);
    }
    const [atMinimum] = (await lossesAndGradients(problem(), Float32Array.from(bowl.minimum))).loss;
    expect(Math.abs(atMinimum! / bowl.minimumLoss - 1)).toBeLessThan(1e-6);
  });

  it("has the engine's Hessian: the curvature, once for each output, and its eigenvalues as often", async () => {
    const engine = await hessian(problem(), starts.subarray(0, P));
    const truth = Float64Array.from({ length: P * P }, (_, i) => {
      const [p, q] = [Math.floor(i / P), i % P];
      const [row, column] = [Math.floor(p / outputs), Math.floor(q / outputs)];
      return p % outputs === q % outputs ? bowl.curvature[row * (features + 1) + column]! : 0;
    });
    expect(largestDifference(engine, truth)).toBeLessThan(2e-6 * largest);
    jacobiEigen(engine, P).forEach(({ value }, i) => {
      const eigenvalue = bowl.eigenvalues[Math.floor(i / outputs)]!;
      expect(Math.abs(value - eigenvalue)).toBeLessThan(2e-6 * largest);
    });
  });

  it('has a gradient of zero at its minimum', async () => {
    const { gradient } = await lossesAndGradients(problem(), Float32Array.from(bowl.minimum));
    // The minimum is rounded to float32: 6e-8 of it, times the curvature, remains.
    expect(largestDifference(gradient, new Float32Array(P))).toBeLessThan(1e-6 * largest);
  });
});

describe.each([
  ['plain descent, well below the threshold', 0.5, 0],
  ['plain descent, oscillating', 0.95, 0],
  ['plain descent, diverging', 1.02, 0],
  ['momentum 0.9', 0.5, 0.9],
  ['momentum 0.5, diverging', 1.01, 0.5],
])('%s', (_, share, momentum) => {
  it("is the trainer's path in every step", async () => {
    // The step size that the engine sees: near the threshold a float32 of it decides in the fifth digit of step 100.
    const stepSize = Math.fround(share * criticalStepSize(largest, momentum));
    const steps = 100;
    const { snapshots, snapshotSteps } = await train(stepSize, steps, momentum);
    expect([...snapshotSteps]).toEqual(Array.from({ length: steps + 1 }, (_, k) => k));
    for (let n = 0; n < networks; n++) {
      const start = starts.subarray(n * P, (n + 1) * P);
      const truth = quadraticDescent(bowl, start, { stepSize, momentum }, steps);
      for (let k = 0; k <= steps; k++) {
        const engine = snapshots.subarray((k * networks + n) * P, (k * networks + n + 1) * P);
        const expected = truth.subarray(k * P, (k + 1) * P);
        // Each float32 step adds rounding of about 1e-7 of the weights, and the next ones keep most of it.
        const size = Math.max(1, ...expected.map(Math.abs));
        expect(largestDifference(engine, expected)).toBeLessThan(2e-5 * size);
      }
    }
  });
});

/** Growth of the steepest mode per step, measured over the second half of a run from that mode alone. */
async function measuredGrowth(stepSize: number, momentum: number): Promise<number> {
  const steps = 100;
  const steepest = Float32Array.from(
    bowl.minimum,
    (value, p) =>
      value + (p % outputs === 0 ? 10 * bowl.eigenvectors[Math.floor(p / outputs)]! : 0),
  );
  const { snapshots } = await train(stepSize, steps, momentum, steepest);
  const modeAt = (k: number) => modesOf(bowl, snapshots.subarray(k * P, (k + 1) * P))[0]!;
  return Math.abs(modeAt(steps) / modeAt(steps / 2)) ** (2 / steps);
}

describe('the threshold', () => {
  it.each([0, 0.3])(
    'is 2 (1 + mu) / lambda_max, mu = %d: just below it the steepest mode shrinks, just above it grows, as predicted',
    async (momentum) => {
      for (const share of [0.99, 1.01]) {
        const stepSize = Math.fround(share * criticalStepSize(largest, momentum));
        const predicted = growthFactor(largest, { stepSize, momentum });
        expect(predicted < 1).toBe(share < 1);
        const measured = await measuredGrowth(stepSize, momentum);
        // 1e-6 of the mode's size is rounding; its 50th root leaves less than that.
        expect(Math.abs(measured - predicted)).toBeLessThan(2e-6);
      }
    },
  );

  it('without momentum is |1 - eta lambda|: 0.98 and 1.02 one per cent to either side', () => {
    for (const [share, factor] of [
      [0.99, 0.98],
      [1.01, 1.02],
    ] as const)
      expect(growthFactor(largest, { stepSize: share * criticalStepSize(largest) })).toBeCloseTo(
        factor,
        12,
      );
  });

  it('with momentum is where the characteristic polynomial of the update has the root -1', () => {
    // The update of (w - w*, v) is [[1 - eta lambda, -eta mu], [lambda, mu]]; its determinant with -1 taken off.
    for (const momentum of [0, 0.3, 0.9]) {
      const eta = criticalStepSize(3, momentum);
      expect((2 - eta * 3) * (momentum + 1) + eta * momentum * 3).toBeCloseTo(0, 12);
      expect(growthFactor(3, { stepSize: eta, momentum })).toBeCloseTo(1, 12);
    }
  });

  it('with momentum, between the thresholds of real roots every mode shrinks by sqrt(mu)', () => {
    // (1 - sqrt(mu))^2 < eta lambda < (1 + sqrt(mu))^2 (Polyak 1964).
    for (const scaled of [(1 - Math.sqrt(0.64)) ** 2 + 0.01, 1, 3.2])
      expect(growthFactor(2, { stepSize: scaled / 2, momentum: 0.64 })).toBeCloseTo(0.8, 12);
  });
});

describe('a bowl that is flat in some directions', () => {
  const flatSamples = regression(2, [1, 2, 0, 2, 4, 0], [3, 6]);
  const flatBowl: Quadratic = linearRegression(flatSamples, { bias: false });

  it('has the minimum of least norm, and zero curvatures', () => {
    // Both samples say w . (1, 2, 0) = 3: the shortest solution is 3/5 (1, 2, 0).
    expect(largestDifference(flatBowl.minimum, [0.6, 1.2, 0])).toBeLessThan(1e-12);
    expect(flatBowl.minimumLoss).toBeCloseTo(0, 12);
    // A = x x' (1 + 4) / 2 * 2 with |x|^2 = 5.
    expect(flatBowl.eigenvalues[0]).toBeCloseTo(25, 10);
    expect(flatBowl.eigenvalues[1]).toBeCloseTo(0, 12);
  });

  it('keeps what a start has along them: descent from 0 ends in the minimum of least norm', async () => {
    const settings = { hiddenSizes: [], learningRate: 0.02, initialisations: 2, steps: 60 };
    const from = [0, 0, 0, 2, -1, 0.5];
    const { snapshots } = await trainFrom(executor, from, flatSamples, settings);
    // (2, -1, 0.5) is orthogonal to (1, 2, 0).
    const ends = [0.6, 1.2, 0, 2.6, 0.2, 0.5];
    expect(largestDifference(snapshots.subarray(-6), ends)).toBeLessThan(1e-5);
  });
});

it('refuses samples and weights of another size in a sentence', () => {
  const none = new Float32Array(0);
  expect(() => linearRegression({ count: 0, inputs: none, targets: none }, { bias: true })).toThrow(
    'linear regression on 0 samples with 0 inputs and 0 targets: expected at least one sample',
  );
  expect(() =>
    linearRegression(
      { count: 2, inputs: new Float32Array(3), targets: new Float32Array(2) },
      { bias: true },
    ),
  ).toThrow('2 samples with 3 inputs');
  expect(() => quadraticLoss(bowl, [1, 2])).toThrow(
    '2 weights in a quadratic of 4 x 2: expected 8, row by row',
  );
  expect(() => quadraticDescent(bowl, [1], { stepSize: 1 }, 1)).toThrow('expected 8');
});
