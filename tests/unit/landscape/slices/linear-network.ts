// A network whose loss is quadratic, written out by hand in float64: the truth behind the tests of slices.
import { randomStream } from '../../../../src/learning/random.ts';

/** 3 inputs, 2 outputs, no hidden layer: loss(w) is the mean of (x W + b - t)^2 over samples and outputs. */
export const network = {
  sizes: [3, 2],
  activation: 'linear',
  residual: false,
  bias: true,
} as const;
export const P = 8;

const count = 20;
const random = randomStream(11, 'linear network');
export const samples = {
  count,
  inputs: Float32Array.from({ length: 3 * count }, () => random.normal()),
  targets: Float32Array.from({ length: 2 * count }, () => random.normal()),
  labels: null,
};

/** What weights give for sample s and output c: W [3, 2] row by row, then b [2]. */
const respond = (weights: ArrayLike<number>, s: number, c: number): number =>
  [0, 1, 2].reduce(
    (sum, i) => sum + samples.inputs[3 * s + i]! * weights[2 * i + c]!,
    weights[6 + c]!,
  );

const meanOver = (term: (s: number, c: number) => number): number => {
  let sum = 0;
  for (let s = 0; s < count; s++) for (const c of [0, 1]) sum += term(s, c);
  return sum / (2 * count);
};

export const lossByHand = (weights: ArrayLike<number>): number =>
  meanOver((s, c) => (respond(weights, s, c) - samples.targets[2 * s + c]!) ** 2);

/** u'A v, A the loss's Hessian: twice the mean product of the responses to u and to v. */
export const curvatureByHand = (u: ArrayLike<number>, v: ArrayLike<number> = u): number =>
  2 * meanOver((s, c) => respond(u, s, c) * respond(v, s, c));

/** Evaluators of weights for tests that need no runtime. */
export const evaluateByHand = (weights: Float32Array) =>
  Promise.resolve({
    loss: Float32Array.from({ length: weights.length / P }, (_, m) =>
      lossByHand(weights.subarray(m * P, (m + 1) * P)),
    ),
    accuracy: null,
  });
