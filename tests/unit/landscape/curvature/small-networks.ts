// Networks and samples small enough that what is measured of them can be written out.
import { readFileSync, readdirSync } from 'node:fs';
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import type { Activation } from '../../../../src/learning/experiment.ts';
import type { LossOptions } from '../../../../src/learning/evaluator.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import type { Samples } from '../../../../src/learning/samples.ts';

export interface Reference {
  readonly sizes: number[];
  readonly activation: Activation;
  readonly loss: 'cross-entropy' | 'mse';
  readonly residual: boolean;
  readonly X: number[][];
  readonly labels: number[];
  readonly weights: number[];
  readonly vector: number[];
  readonly lossValue: number;
  readonly gradient: number[];
  readonly hessianVectorProduct: number[];
  readonly hessianTopEigenvalues: number[];
  readonly hessianBottomEigenvalue: number;
  readonly hessianTrace: number;
}

const folder = new URL('../../../reference/', import.meta.url);
export const referenceFiles = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** One case computed by PyTorch autograd in float64, and the same as ours to measure. */
export function readReference(file: string, executor: Executor) {
  const reference = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Reference;
  const { sizes, activation, residual, labels } = reference;
  const classes = sizes.at(-1)!;
  const options: LossOptions = {
    executor,
    network: { sizes, activation, residual, bias: true },
    loss: reference.loss === 'mse' ? 'mean-squared-error' : 'cross-entropy',
    samples: {
      count: labels.length,
      inputs: Float32Array.from(reference.X.flat()),
      targets: Float32Array.from(labels.flatMap((label) => oneHot(label, classes))),
      labels: Int32Array.from(labels),
    },
  };
  return { reference, options, weights: Float32Array.from(reference.weights) };
}

const oneHot = (label: number, classes: number) =>
  Array.from({ length: classes }, (_, c) => Number(c === label));

/** Normal inputs; targets one-hot in turn. */
export function randomSamples(count: number, features: number, classes: number): Samples {
  const stream = randomStream(3, 'samples');
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  return {
    count,
    inputs: Float32Array.from({ length: count * features }, () => stream.normal()),
    targets: Float32Array.from([...labels].flatMap((label) => oneHot(label, classes))),
    labels,
  };
}

export const randomVector = (length: number, seed: number, scale = 1): Float32Array => {
  const stream = randomStream(seed, 'vector');
  return Float32Array.from({ length }, () => scale * stream.normal());
};

export const networkOf = (
  sizes: readonly number[],
  activation: Activation = 'tanh',
  bias = true,
): NetworkShape => ({ sizes, activation, residual: false, bias });

/** `count` networks with normal weights, on 24 samples, by cross-entropy. */
export function randomNetworks(executor: Executor, network: NetworkShape, count: number) {
  const options: LossOptions = {
    executor,
    network,
    loss: 'cross-entropy',
    samples: randomSamples(24, network.sizes[0]!, network.sizes.at(-1)!),
  };
  const P = parameterCount(network);
  return { options, P, weights: randomVector(count * P, 5, 0.7) };
}

/** The sample of data kind 'two-weights': the mean squared error of a b x is then (a b - 1)^2 / 2. */
export const twoWeights = (executor: Executor): LossOptions => ({
  executor,
  network: networkOf([1, 1, 1], 'linear', false),
  loss: 'mean-squared-error',
  samples: {
    count: 1,
    inputs: Float32Array.of(Math.SQRT1_2),
    targets: Float32Array.of(Math.SQRT1_2),
    labels: null,
  },
});

/** Linear regression from 3 features to 2 targets: a network without hidden layers, on 12 samples. */
export const linearRegression = (executor: Executor): LossOptions => ({
  executor,
  network: networkOf([3, 2], 'linear'),
  loss: 'mean-squared-error',
  samples: {
    count: 12,
    inputs: randomVector(36, 7),
    targets: randomVector(24, 8),
    labels: null,
  },
});

/**
 * Hessian of the mean squared error `1/(n C) sum (x W + b - t)^2`: `2/(n C) X'X` for each output, X with a column of ones.
 * In the flat order, W `[in, out]` row by row, then b.
 */
export function regressionHessian({ network, samples }: LossOptions): Float64Array {
  const [features, outputs] = network.sizes as [number, number];
  const P = (features + 1) * outputs;
  const column = (i: number, f: number) => (f === features ? 1 : samples.inputs[i * features + f]!);
  return Float64Array.from({ length: P * P }, (_, at) => {
    const [row, other] = [Math.floor(at / P), at % P];
    if (row % outputs !== other % outputs) return 0;
    let sum = 0;
    for (let i = 0; i < samples.count; i++)
      sum += column(i, Math.floor(row / outputs)) * column(i, Math.floor(other / outputs));
    return (2 * sum) / (samples.count * outputs);
  });
}

/** Largest |a - b|, as a share of the largest |b|. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const truth = Array.from(expected);
  const scale = Math.max(...truth.map(Math.abs)) || 1;
  return Math.max(...truth.map((value, i) => Math.abs(actual[i]! - value))) / scale;
}

export const dotOf = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Products with `[n, n]` matrices given row by row, float32 in and out as the compiled graphs are. */
export const multiplyBy =
  (n: number, ...matrices: readonly ArrayLike<number>[]) =>
  async (vectors: Float32Array): Promise<Float32Array> =>
    Float32Array.from(vectors, (_, at) => {
      const [m, row] = [Math.floor(at / n), at % n];
      let sum = 0;
      for (let k = 0; k < n; k++) sum += matrices[m]![row * n + k]! * vectors[m * n + k]!;
      return sum;
    });

export const diagonal = (...values: readonly number[]): Float64Array =>
  Float64Array.from({ length: values.length ** 2 }, (_, i) =>
    i % (values.length + 1) === 0 ? values[i / (values.length + 1)]! : 0,
  );

/** A random symmetric matrix, entries of variance 1 (2 on the diagonal). */
export function randomSymmetric(n: number, seed: number): Float64Array {
  const half = randomVector(n * n, seed);
  return Float64Array.from(
    { length: n * n },
    (_, i) => (half[i]! + half[(i % n) * n + Math.floor(i / n)]!) * Math.SQRT1_2,
  );
}

/** The symmetric matrix with these eigenvalues in a random orthonormal frame. */
export function symmetricWith(eigenvalues: readonly number[], seed: number): Float64Array {
  const n = eigenvalues.length;
  const frame = randomFrame(n, seed);
  return Float64Array.from({ length: n * n }, (_, i) =>
    frame.reduce(
      (sum, vector, k) => sum + eigenvalues[k]! * vector[Math.floor(i / n)]! * vector[i % n]!,
      0,
    ),
  );
}

function randomFrame(n: number, seed: number): number[][] {
  const rows: number[][] = [];
  const draws = randomVector(n * n, seed);
  for (let k = 0; k < n; k++) {
    let row = Array.from(draws.subarray(k * n, (k + 1) * n));
    for (let pass = 0; pass < 2; pass++)
      for (const other of rows) {
        const overlap = dotOf(row, other);
        row = row.map((value, i) => value - overlap * other[i]!);
      }
    const length = Math.sqrt(dotOf(row, row));
    rows.push(row.map((value) => value / length));
  }
  return rows;
}
