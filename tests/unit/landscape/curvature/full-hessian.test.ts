// Truth: the Hessian of linear regression, PyTorch's eigenvalues, and the two-weight network in closed form.
import { describe, expect, it, test } from 'vitest';
import { createDerivatives } from '../../../../src/landscape/curvature/derivatives.ts';
import {
  fullHessian,
  hessianSpectrum,
  mostParameters,
} from '../../../../src/landscape/curvature/full-hessian.ts';
import { twoWeightHessian } from '../../../../src/landscape/two-weights.ts';
import type { WeightPair } from '../../../../src/landscape/two-weights.ts';
import { jacobiEigen } from '../symmetric-matrix.ts';
import {
  linearRegression,
  networkOf,
  randomSamples,
  randomVector,
  readReference,
  referenceFiles,
  regressionHessian,
  relativeError,
  twoWeights,
} from './small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

test("of linear regression it is 2/(nC) X'X for each output, wherever the weights are", async () => {
  const options = linearRegression(executor);
  const derivatives = await createDerivatives(options);
  const truth = regressionHessian(options);
  for (const seed of [1, 2]) {
    const hessian = await fullHessian(derivatives, randomVector(8, seed));
    expect(relativeError(hessian, truth)).toBeLessThan(1e-6);
  }
  const spectrum = await hessianSpectrum(derivatives, randomVector(8, 1));
  const expected = jacobiEigen(truth, 8).map(({ value }) => value);
  expect(relativeError(spectrum, expected)).toBeLessThan(1e-6);
  derivatives.dispose();
});

describe.each(referenceFiles)('%s', (file) => {
  it('has the eigenvalues and the trace of PyTorch', async () => {
    const { reference, options, weights } = readReference(file, executor);
    const derivatives = await createDerivatives(options);
    const spectrum = await hessianSpectrum(derivatives, weights);
    const { hessianTopEigenvalues: top, hessianBottomEigenvalue: bottom } = reference;
    const trace = spectrum.reduce((sum, value) => sum + value, 0);
    expect(spectrum).toHaveLength(weights.length);
    expect(
      relativeError([...spectrum.subarray(0, top.length), spectrum.at(-1)!], [...top, bottom]),
    ).toBeLessThan(1e-5);
    expect(trace / reference.hessianTrace).toBeCloseTo(1, 4);
    derivatives.dispose();
  });
});

test('of two weights: the closed form; 0 and a^2 + b^2 at minima, 1 and -1 at the saddle', async () => {
  const derivatives = await createDerivatives(twoWeights(executor));
  for (const point of [
    [0.3, -1.2],
    [2, 1.5],
  ] as const satisfies WeightPair[]) {
    const hessian = await fullHessian(derivatives, Float32Array.from(point));
    expect(relativeError(hessian, twoWeightHessian(point).flat())).toBeLessThan(1e-6);
  }
  for (const a of [0.5, 1, -4]) {
    const spectrum = await hessianSpectrum(derivatives, Float32Array.of(a, 1 / a));
    expect(relativeError(spectrum, [a * a + 1 / (a * a), 0])).toBeLessThan(1e-6);
  }
  const saddle = await hessianSpectrum(derivatives, new Float32Array(2));
  expect(relativeError(saddle, [1, -1])).toBeLessThan(1e-6);
  derivatives.dispose();
});

test('what cannot be done is told in a sentence', async () => {
  const network = networkOf([60, 50, 2]);
  const samples = randomSamples(4, 60, 2);
  const large = await createDerivatives({ executor, network, samples, loss: 'cross-entropy' });
  expect(large.parameters).toBeGreaterThan(mostParameters);
  await expect(fullHessian(large, new Float32Array(large.parameters))).rejects.toThrow(
    `the network has ${large.parameters} parameters, and at most 3000 are taken: use hessianEigenpairs`,
  );
  const derivatives = await createDerivatives(linearRegression(executor));
  await expect(fullHessian(derivatives, new Float32Array(16))).rejects.toThrow(
    'the weights of one network has 16 numbers: expected 8',
  );
  const { options, weights } = readReference('tanh-ce.json', executor);
  const tanh = await createDerivatives(options);
  await expect(hessianSpectrum(tanh, weights.fill(NaN, 0, 1))).rejects.toThrow(
    'the Hessian is not finite at these weights',
  );
  for (const each of [large, derivatives, tanh]) each.dispose();
});
