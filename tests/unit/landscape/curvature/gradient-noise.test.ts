// Truth: gradients of single samples, each computed on a set of one, and a parabola by hand.
import { expect, test } from 'vitest';
import { createDerivatives } from '../../../../src/landscape/curvature/derivatives.ts';
import { createGradientNoise } from '../../../../src/landscape/curvature/gradient-noise.ts';
import type { LossOptions } from '../../../../src/learning/evaluator.ts';
import { linearRegression, networkOf, randomNetworks, randomVector } from './small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

/** tr(Sigma) and |G|^2 from their definitions, one sample after the other. */
async function byHand(options: LossOptions, weights: Float32Array) {
  const { samples, network } = options;
  const [features, outputs] = [network.sizes[0]!, network.sizes.at(-1)!];
  const gradients: Float32Array[] = [];
  for (let i = 0; i < samples.count; i++) {
    const single = {
      count: 1,
      inputs: samples.inputs.slice(i * features, (i + 1) * features),
      targets: samples.targets.slice(i * outputs, (i + 1) * outputs),
      labels: null,
    };
    const derivatives = await createDerivatives({ ...options, samples: single });
    gradients.push((await derivatives.gradient(weights)).gradient);
    derivatives.dispose();
  }
  const n = gradients.length;
  const mean = Array.from(weights, (_, p) => gradients.reduce((sum, g) => sum + g[p]! / n, 0));
  const scatter = gradients.reduce(
    (sum, g) => sum + g.reduce((own, value, p) => own + (value - mean[p]!) ** 2, 0),
    0,
  );
  return {
    covarianceTrace: scatter / (n - 1),
    squaredGradient: mean.reduce((sum, value) => sum + value * value, 0),
  };
}

test.each(['classification', 'regression'])('of two networks: %s', async (task) => {
  const classes = randomNetworks(executor, networkOf([2, 4, 3], 'relu'), 2);
  const options = task === 'regression' ? linearRegression(executor) : classes.options;
  const weights = task === 'regression' ? randomVector(16, 1) : classes.weights;
  const P = weights.length / 2;
  const meter = await createGradientNoise(options);
  // Chunks of one sample on each lane.
  const cut = await createGradientNoise({ ...options, memoryBudget: 1 });
  const derivatives = await createDerivatives(options);
  const found = await meter.measure(weights);
  const again = await cut.measure(weights);
  const { gradient } = await derivatives.gradient(weights);
  expect(found.samples).toBe(options.samples.count);
  for (let m = 0; m < 2; m++) {
    const own = (all: Float32Array) => all.subarray(m * P, (m + 1) * P);
    const truth = await byHand(options, own(weights));
    expect(found.covarianceTrace[m]! / truth.covarianceTrace).toBeCloseTo(1, 5);
    expect(found.squaredGradient[m]! / truth.squaredGradient).toBeCloseTo(1, 4);
    expect(found.noiseScale[m]).toBe(found.covarianceTrace[m]! / found.squaredGradient[m]!);
    expect(again.noiseScale[m]! / found.noiseScale[m]!).toBeCloseTo(1, 4);
    // G is the gradient of the loss over all samples.
    const whole = own(gradient).reduce((sum, value) => sum + value * value, 0);
    expect(found.squaredGradient[m]! / whole).toBeCloseTo(1, 4);
    const alone = await meter.measure(own(weights));
    expect(alone.covarianceTrace[0]).toBe(found.covarianceTrace[m]);
  }
  for (const each of [meter, cut, derivatives]) each.dispose();
});

/** Loss of sample i: (w - c_i)^2. */
const parabolas = (...targets: number[]): LossOptions => ({
  executor,
  network: networkOf([1, 1], 'linear', false),
  loss: 'mean-squared-error',
  samples: {
    count: targets.length,
    inputs: new Float32Array(targets.length).fill(1),
    targets: Float32Array.from(targets),
    labels: null,
  },
});

test('of parabolas about c_i: tr(Sigma) is 4 var(c), G is 2 (w - mean c)', async () => {
  const meter = await createGradientNoise(parabolas(1, 2, 6));
  const { covarianceTrace, squaredGradient, noiseScale } = await meter.measure(
    Float32Array.of(3, 5, NaN),
  );
  // Variance of 1, 2, 6 with n - 1: (4 + 1 + 9) / 2 = 7; their mean is 3.
  expect([...covarianceTrace]).toEqual([28, 28, NaN]);
  expect([...squaredGradient]).toEqual([0, 16, NaN]);
  expect([...noiseScale]).toEqual([Infinity, 28 / 16, NaN]);
  meter.dispose();
});

test('samples that agree have no noise', async () => {
  const meter = await createGradientNoise(parabolas(2, 2, 2, 2));
  const { covarianceTrace, noiseScale } = await meter.measure(Float32Array.of(3));
  expect([covarianceTrace[0], noiseScale[0]]).toEqual([0, 0]);
  meter.dispose();
});

test('what does not fit is told in a sentence', async () => {
  await expect(createGradientNoise(parabolas(1))).rejects.toThrow(
    'gradient noise over 1 samples: a covariance needs at least two',
  );
  const options = parabolas(1, 2);
  const short = { ...options.samples, targets: new Float32Array(1) };
  await expect(createGradientNoise({ ...options, samples: short })).rejects.toThrow(
    'samples.targets has 1 numbers: expected 2',
  );
  const regression = await createGradientNoise(linearRegression(executor));
  await expect(regression.measure(new Float32Array(7))).rejects.toThrow(
    'weights has 7 numbers, but a network has 8',
  );
  regression.dispose();
});
