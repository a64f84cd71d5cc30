// Truths about derivatives and symmetries of a published network, which need no other program to be right.
import type { Executor } from '../../engine/runtime/executor.ts';
import { createDerivatives } from '../../landscape/curvature/derivatives.ts';
import { applySymmetry } from '../../landscape/symmetry/apply-symmetry.ts';
import { createPredictor, type LossOptions } from '../../learning/evaluator.ts';
import { randomStream, type RandomStream } from '../../learning/random.ts';
import { compare, type Comparison } from './truths.ts';

export interface OneNetwork {
  readonly options: LossOptions & { readonly executor: Executor };
  /** `[P]` each, at the end of training and before it, where slopes are steep. */
  readonly weights: Float32Array;
  readonly start: Float32Array;
  readonly seed: number;
}

/** Half the distance of a difference: long enough for single precision, short enough for the slope. */
const reach = 1 / 64;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

function unitVector(length: number, stream: RandomStream): Float32Array {
  const drawn = Array.from({ length }, () => stream.normal());
  const norm = Math.sqrt(dot(drawn, drawn));
  return Float32Array.from(drawn, (value) => value / norm);
}

/** Weights a way `share` along each of the directions. */
const moved = (weights: Float32Array, direction: Float32Array, share: number): Float32Array =>
  weights.map((weight, p) => weight + share * direction[p]!);

const joined = (rows: readonly Float32Array[]): Float32Array =>
  Float32Array.from(rows.flatMap((row) => [...row]));

/** `(L(w + h d) - L(w - h d)) / 2h` against `g . d`: the gradient's own direction and two random ones. */
export async function gradientDifferenceTruth(network: OneNetwork): Promise<Comparison> {
  const { options, start: weights, seed } = network;
  const derivatives = await createDerivatives(options);
  try {
    const { gradient } = await derivatives.gradient(weights);
    const norm = Math.sqrt(dot(gradient, gradient)) || 1;
    const stream = randomStream(seed, 'self-test-directions');
    const directions = [
      gradient.map((value) => value / norm),
      unitVector(weights.length, stream),
      unitVector(weights.length, stream),
    ];
    const sides = directions.flatMap((direction) => [
      moved(weights, direction, reach),
      moved(weights, direction, -reach),
    ]);
    const { loss } = await derivatives.gradient(joined(sides));
    const slopes = directions.map((_, k) => (loss[2 * k]! - loss[2 * k + 1]!) / (2 * reach));
    return compare(
      slopes,
      directions.map((direction) => dot(gradient, direction)),
    );
  } finally {
    derivatives.dispose();
  }
}

/** `(g(w + h v) - g(w - h v)) / 2h` against `H v`, weight by weight. */
export async function hessianDifferenceTruth(network: OneNetwork): Promise<Comparison> {
  const { options, weights, seed } = network;
  const derivatives = await createDerivatives(options);
  try {
    const P = weights.length;
    const vector = unitVector(P, randomStream(seed, 'self-test-vector'));
    const product = await derivatives.hessianVectorProduct(weights, vector);
    const sides = joined([moved(weights, vector, reach), moved(weights, vector, -reach)]);
    const { gradient } = await derivatives.gradient(sides);
    const difference = Float64Array.from(
      { length: P },
      (_, p) => (gradient[p]! - gradient[P + p]!) / (2 * reach),
    );
    return compare(difference, product);
  } finally {
    derivatives.dispose();
  }
}

/** `u . Hv` against `v . Hu`, three pairs of random vectors. */
export async function hessianSymmetryTruth(network: OneNetwork): Promise<Comparison> {
  const { options, weights, seed } = network;
  const derivatives = await createDerivatives(options);
  try {
    const P = weights.length;
    const stream = randomStream(seed, 'self-test-pairs');
    const draw = (): Float32Array[] => Array.from({ length: 3 }, () => unitVector(P, stream));
    const [us, vs] = [draw(), draw()];
    const repeated = joined(us.map(() => weights));
    const along = (vectors: Float32Array[]) =>
      derivatives.hessianVectorProduct(repeated, joined(vectors));
    const [hu, hv] = [await along(us), await along(vs)];
    const row = (values: Float32Array, k: number) => values.subarray(k * P, (k + 1) * P);
    return compare(
      us.map((u, k) => dot(u, row(hv, k))),
      vs.map((v, k) => dot(v, row(hu, k))),
    );
  } finally {
    derivatives.dispose();
  }
}

/** Raw answers of a network against those of itself with its hidden units reordered and, being odd, negated. */
export async function unitSymmetryTruth(network: OneNetwork): Promise<Comparison> {
  const { options, weights, seed } = network;
  const { count, inputs } = options.samples;
  const stream = randomStream(seed, 'self-test-units');
  const hidden = options.network.sizes.slice(1, -1);
  const isOdd = options.network.activation === 'tanh';
  const symmetry = {
    permutations: hidden.map((units) =>
      stream.shuffle(Int32Array.from({ length: units }, (_, k) => k)),
    ),
    signs: hidden.map((units) =>
      Int8Array.from({ length: units }, () => (isOdd && stream.integer(2) === 1 ? -1 : 1)),
    ),
  };
  const predictor = await createPredictor({ ...options, inputs, count });
  try {
    const answers = await predictor.predict(
      joined([weights, applySymmetry(options.network, weights, symmetry)]),
    );
    const half = answers.length / 2;
    return compare(answers.subarray(0, half), answers.subarray(half));
  } finally {
    predictor.dispose();
  }
}
