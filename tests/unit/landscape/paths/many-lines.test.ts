// Truth: blends made in JavaScript and evaluated as networks, and a quadratic loss with its curvature in closed form.
import { expect, it } from 'vitest';
import { barriersOf } from '../../../../src/landscape/paths/barrier.ts';
import { createInterpolator, evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';
import { networkBytes } from '../../../../src/learning/chunks.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import type { LossOptions } from '../../../../src/learning/evaluator.ts';
import {
  networkOf,
  randomNetworks,
  randomVector,
  relativeError,
} from '../curvature/small-networks.ts';
import * as linear from '../slices/linear-network.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor(2);

async function along(
  options: LossOptions,
  alphas: readonly number[],
  from: Float32Array,
  to: Float32Array,
) {
  const line = await createInterpolator(options, { alphas });
  try {
    return await line.along(from, to);
  } finally {
    line.dispose();
  }
}

/** Lines between the first C and the last C of 2 C random networks. */
function lines(C: number) {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 5, 3]), 2 * C);
  return { options, P, from: weights.slice(0, C * P), to: weights.slice(C * P) };
}

it.each([
  ['more than a chunk of them', 300, undefined],
  ['in chunks of one', 9, 1],
  // Two lanes share the memory of four networks: five points go in pieces of two, two and one.
  ['in pieces that do not cut it evenly', 9, 4 * networkBytes(networkOf([2, 5, 3]), 24)],
])('each of many lines is that of its own two networks: %s', async (_, C, memoryBudget) => {
  const { options, P, from, to } = lines(C);
  const alphas = [-0.5, 0, 0.25, 0.7, 1.5];
  const found = await along({ ...options, memoryBudget }, alphas, from, to);
  const blends = Float32Array.from({ length: C * 5 * P }, (_, i) => {
    const at = Math.floor(i / (5 * P)) * P + (i % P);
    const alpha = alphas[Math.floor(i / P) % 5]!;
    return (1 - alpha) * from[at]! + alpha * to[at]!;
  });
  const evaluator = await createEvaluator(options);
  const expected = await evaluator.evaluate(blends);
  evaluator.dispose();
  expect(relativeError(found.loss, expected.loss)).toBeLessThan(1e-5);
  // A blend on a boundary may fall to either side of it by rounding: one of 24 samples, of a few networks.
  const differing = expected.accuracy!.filter((share, i) => share !== found.accuracy![i]);
  expect(differing.length).toBeLessThan(0.01 * C * 5);
});

it('a quadratic loss has the curvature of its Hessian along the line, also beyond the ends', async () => {
  const { P, network, samples, lossByHand, curvatureByHand } = linear;
  const options: LossOptions = { executor, network, samples, loss: 'mean-squared-error' };
  const [from, to] = [randomVector(P, 1), randomVector(P, 2)];
  const alphas = Array.from({ length: 17 }, (_, t) => -0.5 + t / 8);
  const { loss } = await along(options, alphas, from, to);
  const curvature = curvatureByHand(to.map((weight, p) => weight - from[p]!));
  // L(a) = (1 - a) L(0) + a L(1) - a (1 - a) d'Ad / 2 for every quadratic.
  const parabola = alphas.map(
    (a) => (1 - a) * lossByHand(from) + a * lossByHand(to) - (a * (1 - a) * curvature) / 2,
  );
  expect(relativeError(loss, parabola)).toBeLessThan(1e-6);
});

it('a network and itself have no barrier', async () => {
  const { options, from } = lines(6);
  const alphas = evenAlphas(11);
  const { loss } = await along(options, alphas, from, from);
  for (const barrier of barriersOf(loss, alphas).barrier) expect(barrier).toBeLessThan(1e-6);
});

it('refuses ends that do not pair up, or are not whole networks, in a sentence', async () => {
  const { options, P, from, to } = lines(2);
  await expect(along(options, [0, 1], from, to.subarray(P))).rejects.toThrow(
    `lines between ends of ${2 * P} and ${P} weights: expected as many networks of ${P} weights on either side`,
  );
  await expect(along(options, [0, 1], from.subarray(1), to.subarray(1))).rejects.toThrow(
    `lines between ends of ${2 * P - 1} and ${2 * P - 1} weights: expected as many networks of ${P}`,
  );
});
