// Truth: a quadratic loss, where a step of descent and what descent comes to have closed forms.
import { expect, it } from 'vitest';
import { curveSpecSchema } from '../../../../src/landscape/paths/curve-spec.ts';
import { trainCurves } from '../../../../src/landscape/paths/train-curve.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { randomVector, relativeError } from '../curvature/small-networks.ts';
import { lossByHand, network, P, samples } from '../slices/linear-network.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor(2);

const train = (from: Float32Array, to: Float32Array, settings: object) =>
  trainCurves({
    executor,
    network,
    loss: 'mean-squared-error',
    samples,
    from,
    to,
    spec: curveSpecSchema.parse({ optimiser: { kind: 'sgd' }, ...settings }),
  });

/** Of a quadratic, central differences are exact but for rounding, however large the step. */
const gradientByHand = (weights: readonly number[]): number[] =>
  weights.map((_, p) => {
    const moved = (by: number) => lossByHand(weights.map((w, q) => (q === p ? w + by : w)));
    return moved(0.5) - moved(-0.5);
  });

it.each([
  ['bezier', (t: number) => [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]],
  ['polygon', (t: number) => (t < 0.5 ? [1 - 2 * t, 2 * t, 0] : [0, 2 - 2 * t, 2 * t - 1])],
] as const)('each step of a %s is theta <- theta - eta share dL/dphi', async (shape, sharesAt) => {
  const [C, steps, rate, seed] = [3, 7, 0.3, 5];
  const [from, to] = [randomVector(C * P, 1), randomVector(C * P, 2)];
  const { bends, losses } = await train(from, to, { shape, steps, learningRate: rate, seed });
  const expected: number[] = [];
  const expectedLosses: number[] = [];
  for (let c = 0; c < C; c++) {
    const [a, b] = [from, to].map((ends) => [...ends.subarray(c * P, (c + 1) * P)]);
    let theta = a!.map((w, p) => (w + b![p]!) / 2);
    const stream = randomStream(seed, 'curve', c);
    for (let step = 0; step < steps; step++) {
      const [first, middle, last] = sharesAt(stream.uniform());
      const phi = theta.map((w, p) => first! * a![p]! + middle! * w + last! * b![p]!);
      const gradient = gradientByHand(phi);
      theta = theta.map((w, p) => w - rate * middle! * gradient[p]!);
      expectedLosses.push(lossByHand(phi));
    }
    expected.push(...theta);
  }
  expect(relativeError(bends, expected)).toBeLessThan(1e-5);
  expect(relativeError(losses, expectedLosses)).toBeLessThan(1e-5);
});

it('of a quadratic loss with its minimum at w, a Bezier curve comes to theta = w - 3/4 (w1 + w2 - 2 w)', async () => {
  // The mean over t of 2 t (1 - t) A (phi - w) vanishes: the means of 2 t (1 - t)^3 and 2 t^3 (1 - t) are 1/10 each,
  // that of (2 t (1 - t))^2 is 2/15. Gradient descent by hand finds w.
  let lowest = Array.from({ length: P }, () => 0);
  for (let step = 0; step < 400; step++) {
    const gradient = gradientByHand(lowest);
    lowest = lowest.map((w, p) => w - 0.3 * gradient[p]!);
  }
  // 32 curves between the same two networks draw their own t: their mean is less noisy than each.
  const C = 32;
  const [one, other] = [randomVector(P, 1, 2), randomVector(P, 2, 2)];
  const all = (end: Float32Array) => Float32Array.from({ length: C * P }, (_, at) => end[at % P]!);
  const settings = { steps: 2500, learningRate: 0.04 };
  const { bends } = await train(all(one), all(other), settings);
  const mean = Array.from({ length: P }, (_, p) => {
    let sum = 0;
    for (let c = 0; c < C; c++) sum += bends[c * P + p]!;
    return sum / C;
  });
  const expected = lowest.map((w, p) => w - 0.75 * (one[p]! + other[p]! - 2 * w));
  // Each curve wanders by some 5% about where it has come to; the mean of 32 by 1%.
  expect(relativeError(mean, expected)).toBeLessThan(0.03);
  const straight = lowest.map((_, p) => (one[p]! + other[p]!) / 2);
  expect(relativeError(straight, expected)).toBeGreaterThan(0.5);
});
