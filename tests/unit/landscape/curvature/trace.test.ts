// Truth: the trace of the full Hessian, and the variance of a probe in closed form.
import { expect, test } from 'vitest';
import { createDerivatives } from '../../../../src/landscape/curvature/derivatives.ts';
import { fullHessian } from '../../../../src/landscape/curvature/full-hessian.ts';
import { hessianTrace } from '../../../../src/landscape/curvature/trace.ts';
import { networkOf, randomNetworks, readReference, twoWeights } from './small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

test.each(['tanh-ce.json', 'relu-mse-residual.json'])(
  'within three standard errors of the trace of PyTorch: %s',
  async (file) => {
    const { reference, options, weights } = readReference(file, executor);
    const derivatives = await createDerivatives(options);
    const { trace, standardError } = await hessianTrace(derivatives, weights, {
      probes: 200,
      seed: 1,
    });
    expect(Math.abs(trace[0]! - reference.hessianTrace)).toBeLessThan(3 * standardError[0]!);
    derivatives.dispose();
  },
);

test('the variance of a probe is 2 sum H_ij^2 off the diagonal; the error falls as the root of probes', async () => {
  const { options, weights } = randomNetworks(executor, networkOf([2, 6, 2]), 1);
  const derivatives = await createDerivatives(options);
  const P = derivatives.parameters;
  const hessian = await fullHessian(derivatives, weights);
  const variance = hessian.reduce(
    (sum, value, i) => sum + (i % (P + 1) === 0 ? 0 : 2 * value * value),
    0,
  );
  for (const probes of [100, 400, 1600]) {
    const { standardError } = await hessianTrace(derivatives, weights, { probes, seed: 2 });
    // An estimated deviation is off by about 1/sqrt(2 probes), more for heavy tails: allow 4 times that.
    const bound = 4 / Math.sqrt(2 * probes);
    expect(Math.abs(standardError[0]! / Math.sqrt(variance / probes) - 1)).toBeLessThan(bound);
  }
  derivatives.dispose();
});

test('errors are as large as they say: 3 in 10 of 60 networks lie beyond one standard error', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 6, 2]), 60);
  const derivatives = await createDerivatives(options);
  const { trace, standardError } = await hessianTrace(derivatives, weights, {
    probes: 30,
    seed: 3,
  });
  let beyond = 0;
  for (let m = 0; m < 60; m++) {
    const hessian = await fullHessian(derivatives, weights.subarray(m * P, (m + 1) * P));
    const truth = hessian.reduce((sum, value, i) => sum + (i % (P + 1) === 0 ? value : 0), 0);
    if (Math.abs(trace[m]! - truth) > standardError[m]!) beyond++;
  }
  // Student's t with 29 degrees: 0.325 of 60, give or take 3 binomial deviations.
  expect(Math.abs(beyond / 60 - 0.325)).toBeLessThan(3 * Math.sqrt((0.325 * 0.675) / 60));
  derivatives.dispose();
});

test("two weights: z'Hz is a^2 + b^2 plus or minus 2 (2ab - 1), the trace their mean", async () => {
  const derivatives = await createDerivatives(twoWeights(executor));
  const probes = 64;
  const { trace, standardError } = await hessianTrace(derivatives, Float32Array.of(2, 0.5), {
    probes,
    seed: 4,
  });
  // h of the probes have equal signs: mean 4.25 + 2 (2h - n)/n, deviation by the same count.
  const excess = (trace[0]! - 4.25) / 2;
  const equal = ((1 + excess) * probes) / 2;
  expect(equal).toBeCloseTo(Math.round(equal), 4);
  expect(Math.abs(excess)).toBeLessThan(3 / Math.sqrt(probes));
  expect(standardError[0]).toBeCloseTo(2 * Math.sqrt((1 - excess ** 2) / (probes - 1)), 5);
  derivatives.dispose();
});

test('a network has the same estimate alone, by its index, as among others', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 6, 2]), 3);
  const derivatives = await createDerivatives(options);
  const together = await hessianTrace(derivatives, weights, { probes: 8, seed: 5 });
  for (let m = 0; m < 3; m++) {
    const own = weights.subarray(m * P, (m + 1) * P);
    const alone = await hessianTrace(derivatives, own, { probes: 8, seed: 5, first: m });
    expect(alone.trace[0]! / together.trace[m]!).toBeCloseTo(1, 4);
    expect(alone.standardError[0]! / together.standardError[m]!).toBeCloseTo(1, 4);
  }
  // The same network three times over has three different estimates: its probes are its own.
  const copies = new Float32Array(3 * P);
  for (let m = 0; m < 3; m++) copies.set(weights.subarray(0, P), m * P);
  const { trace } = await hessianTrace(derivatives, copies, { probes: 8, seed: 5 });
  expect(new Set([...trace].map((value) => value.toFixed(3))).size).toBe(3);
  derivatives.dispose();
});

test('what does not fit is told in a sentence', async () => {
  const derivatives = await createDerivatives(twoWeights(executor));
  const weights = new Float32Array(2);
  await expect(hessianTrace(derivatives, weights, { probes: 1, seed: 1 })).rejects.toThrow(
    'probes is 1: expected a whole number of at least 2',
  );
  await expect(
    hessianTrace(derivatives, weights, { probes: 2, seed: 1, first: -1 }),
  ).rejects.toThrow('first is -1');
  await expect(
    hessianTrace(derivatives, new Float32Array(3), { probes: 2, seed: 1 }),
  ).rejects.toThrow('weights has 3 numbers, but a network has 2');
  derivatives.dispose();
});
