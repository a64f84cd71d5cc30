// Truth: PyTorch's numbers in float64, a central difference, and each network alone.
import { describe, expect, it } from 'vitest';
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import { createDerivatives, stoppable } from '../../../../src/landscape/curvature/derivatives.ts';
import {
  dotOf,
  linearRegression,
  networkOf,
  randomNetworks,
  randomVector,
  readReference,
  referenceFiles,
  relativeError,
} from './small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

describe.each(referenceFiles)('%s', (file) => {
  it('has the loss, gradient and Hessian-vector product of PyTorch', async () => {
    const { reference, options, weights } = readReference(file, executor);
    const derivatives = await createDerivatives(options);
    const { loss, gradient } = await derivatives.gradient(weights);
    const vector = Float32Array.from(reference.vector);
    const product = await derivatives.hessianVectorProduct(weights, vector);
    expect(derivatives.parameters).toBe(reference.weights.length);
    expect(relativeError(loss, [reference.lossValue])).toBeLessThan(1e-5);
    expect(relativeError(gradient, reference.gradient)).toBeLessThan(1e-5);
    expect(relativeError(product, reference.hessianVectorProduct)).toBeLessThan(1e-5);
    derivatives.dispose();
  });
});

it('a product with the Hessian is the central difference of the gradient', async () => {
  const { options, weights } = randomNetworks(executor, networkOf([2, 6, 3]), 4);
  const derivatives = await createDerivatives(options);
  const vectors = randomVector(weights.length, 1);
  // Rounding 1e-7 / h and truncation h^2 are about equal at h = 5e-3.
  const h = 5e-3;
  const along = (step: number) => weights.map((weight, i) => weight + step * vectors[i]!);
  const [ahead, behind] = [
    await derivatives.gradient(along(h)),
    await derivatives.gradient(along(-h)),
  ];
  const difference = ahead.gradient.map((value, i) => (value - behind.gradient[i]!) / (2 * h));
  const product = await derivatives.hessianVectorProduct(weights, vectors);
  expect(relativeError(product, difference)).toBeLessThan(2e-3);
  derivatives.dispose();
});

it('many networks at once are each network alone, in chunks of any size', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 6, 3], 'relu'), 7);
  const vectors = randomVector(weights.length, 2);
  const [whole, cut] = [
    await createDerivatives(options),
    // Room for one network on each lane: seven chunks.
    await createDerivatives({ ...options, memoryBudget: 1 }),
  ];
  const [gradients, products] = [
    await whole.gradient(weights),
    await whole.hessianVectorProduct(weights, vectors),
  ];
  expect(relativeError((await cut.gradient(weights)).gradient, gradients.gradient)).toBeLessThan(
    1e-6,
  );
  expect(relativeError(await cut.hessianVectorProduct(weights, vectors), products)).toBeLessThan(
    1e-6,
  );
  for (let m = 0; m < 7; m++) {
    const own = (all: Float32Array) => all.subarray(m * P, (m + 1) * P);
    const alone = await whole.gradient(own(weights));
    expect(alone.loss[0]).toBeCloseTo(gradients.loss[m]!, 6);
    expect(relativeError(own(gradients.gradient), alone.gradient)).toBeLessThan(1e-5);
    const product = await whole.hessianVectorProduct(own(weights), own(vectors));
    expect(relativeError(own(products), product)).toBeLessThan(1e-5);
  }
  whole.dispose();
  cut.dispose();
});

it('a graph is compiled when it is first asked for, once for each size of chunk', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 6, 3]), 4);
  let compiled = 0;
  const compile: Executor['compile'] = (model) => {
    compiled++;
    return executor.compile(model);
  };
  const counting = { ...executor, compile };
  const derivatives = await createDerivatives({ ...options, executor: counting });
  expect(compiled).toBe(0);
  await derivatives.gradient(weights);
  await derivatives.gradient(weights);
  expect(compiled).toBe(1);
  await Promise.all([
    derivatives.hessianVectorProduct(weights, weights),
    derivatives.hessianVectorProduct(weights, weights),
  ]);
  expect(compiled).toBe(2);
  await derivatives.gradient(weights.subarray(0, P));
  expect(compiled).toBe(3);
  derivatives.dispose();
});

it('the Hessian is symmetric: u.Hv = v.Hu', async () => {
  const { options, weights } = randomNetworks(executor, networkOf([2, 5, 4, 2], 'gelu'), 1);
  const derivatives = await createDerivatives(options);
  const [u, v] = [randomVector(weights.length, 3), randomVector(weights.length, 4)];
  const [left, right] = [
    dotOf(u, await derivatives.hessianVectorProduct(weights, v)),
    dotOf(v, await derivatives.hessianVectorProduct(weights, u)),
  ];
  expect(Math.abs(left)).toBeGreaterThan(1e-2);
  expect(left / right).toBeCloseTo(1, 4);
  derivatives.dispose();
});

it('a network that diverged has NaN and leaves the one beside it as it is', async () => {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 6, 3]), 2);
  const derivatives = await createDerivatives(options);
  const vectors = randomVector(2 * P, 5);
  const before = await derivatives.hessianVectorProduct(weights, vectors);
  const broken = weights.slice();
  broken[3] = NaN;
  const after = await derivatives.hessianVectorProduct(broken, vectors);
  expect(after[3]).toBeNaN();
  expect(relativeError(after.subarray(P), before.subarray(P))).toBeLessThan(1e-6);
  derivatives.dispose();
});

it('what does not fit is told in a sentence', async () => {
  const options = linearRegression(executor);
  const derivatives = await createDerivatives(options);
  await expect(derivatives.gradient(new Float32Array(9))).rejects.toThrow(
    'weights has 9 numbers, but a network has 8: expected [M, 8]',
  );
  await expect(derivatives.gradient(new Float32Array(0))).rejects.toThrow('at least one network');
  await expect(
    derivatives.hessianVectorProduct(new Float32Array(16), new Float32Array(8)),
  ).rejects.toThrow('vectors has 8 numbers: expected 16');
  const { samples } = options;
  await expect(
    createDerivatives({ ...options, samples: { ...samples, count: 0 } }),
  ).rejects.toThrow('at least one sample');
  await expect(
    createDerivatives({ ...options, samples: { ...samples, count: 11 } }),
  ).rejects.toThrow('samples.inputs has 36 numbers: expected 33');
  derivatives.dispose();
});

it('derivatives that can be stopped are the same until they are, and then throw the reason', async () => {
  const { options, weights } = randomNetworks(executor, networkOf([2, 3, 2]), 2);
  const derivatives = await createDerivatives(options);
  const controller = new AbortController();
  const own = stoppable(derivatives, controller.signal);
  expect(await own.gradient(weights)).toEqual(await derivatives.gradient(weights));
  controller.abort(new Error('the reader left'));
  await expect(own.gradient(weights)).rejects.toThrow('the reader left');
  await expect(own.hessianVectorProduct(weights, weights)).rejects.toThrow('the reader left');
  derivatives.dispose();
});
