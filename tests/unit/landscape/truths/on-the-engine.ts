// Training from given weights on samples made by hand, and loss, gradient and Hessian anywhere, by the real engine.
import { hessianVectorProduct } from '../../../../src/engine/autodiff/hessian-vector-product.ts';
import { input } from '../../../../src/engine/graph/index.ts';
import { compileGraph, floats } from '../../../../src/engine/runtime/executor.ts';
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import type { ExperimentInput, Loss } from '../../../../src/learning/experiment.ts';
import type { TrainingHistory } from '../../../../src/learning/history.ts';
import { lossOf } from '../../../../src/learning/losses.ts';
import { networkOutputs, packWeights, unpackWeights } from '../../../../src/learning/network.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { runChunked } from '../../../../src/learning/run-chunked.ts';
import type { Samples } from '../../../../src/learning/samples.ts';
import { createTrainer } from '../../../../src/learning/trainer.ts';
import { lossAndGradient } from '../../../../src/learning/training-graph.ts';

/** Samples of a regression, row by row. */
export const regression = (
  count: number,
  inputs: ArrayLike<number>,
  targets: ArrayLike<number>,
): Samples => ({
  count,
  inputs: Float32Array.from(inputs),
  targets: Float32Array.from(targets),
  labels: null,
});

/** The one sample x = y = sqrt(1/2), of which the network a b x has the loss 1/2 (ab - 1)^2. */
export const twoWeightSample = regression(1, [Math.SQRT1_2], [Math.SQRT1_2]);

export const normals = (count: number, purpose: string, scale = 1): Float32Array => {
  const random = randomStream(1, purpose);
  return Float32Array.from({ length: count }, () => scale * random.normal());
};

/** The largest distance between entries of the same place. */
export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k]!)));

/** Trains linear networks without biases, unless told otherwise, by full-batch steps; a snapshot before each. */
export async function trainFrom(
  executor: Executor,
  initialWeights: ArrayLike<number>,
  samples: Samples,
  settings: ExperimentInput & { readonly steps: number },
): Promise<TrainingHistory> {
  const { steps, ...rest } = settings;
  const [features, outputs] = [
    samples.inputs.length / samples.count,
    samples.targets.length / samples.count,
  ];
  const experiment = parseExperiment(
    {
      data: { kind: 'csv', path: 'made-by-hand.csv' },
      testFraction: 0,
      activation: 'linear',
      bias: false,
      loss: 'mean-squared-error',
      optimiser: { kind: 'sgd' },
      epochs: steps,
      recordEvery: 5,
      snapshots: Math.min(steps + 1, 1000),
      ...rest,
    },
    'test',
  );
  const none = { count: 0, inputs: new Float32Array(0), targets: new Float32Array(0) };
  const trainer = await createTrainer({
    experiment,
    executor,
    initialWeights: Float32Array.from(initialWeights),
    data: {
      features,
      outputs,
      featureNames: Array.from({ length: features }, (_, k) => `x${k}`),
      classNames: [],
      train: samples,
      test: { ...none, labels: null },
      normalisation: {
        mean: new Float32Array(features),
        scale: new Float32Array(features).fill(1),
      },
    },
  });
  while (await trainer.advance());
  const history = trainer.history();
  trainer.dispose();
  return history;
}

export interface Problem {
  readonly executor: Executor;
  readonly network: NetworkShape;
  readonly loss: Loss;
  readonly samples: Samples;
}

const feedsOf = ({ network, samples }: Problem) => {
  const [features, outputs] = [network.sizes[0]!, network.sizes.at(-1)!];
  return {
    inputs: floats([1, samples.count, features], samples.inputs),
    targets: floats([1, samples.count, outputs], samples.targets),
  };
};

/** Loss `[M]` and gradient `[M, P]` of M networks. */
export async function lossesAndGradients(problem: Problem, weights: Float32Array) {
  const { executor, network } = problem;
  const P = parameterCount(network);
  const feeds = feedsOf(problem);
  const { loss, gradient } = lossAndGradient(
    network,
    problem.loss,
    input('weights', [weights.length / P, P]),
    input('inputs', feeds.inputs.shape),
    input('targets', feeds.targets.shape),
  );
  const program = await compileGraph(executor, { loss, gradient });
  const results = await runChunked(executor, program, { weights }, feeds);
  program.dispose();
  return { loss: results.loss!, gradient: results.gradient! };
}

/** Hessian `[P, P]` at one point: its product with every unit vector, each by a network of its own. */
export async function hessian(problem: Problem, weights: ArrayLike<number>): Promise<Float64Array> {
  const { executor, network } = problem;
  const P = parameterCount(network);
  const feeds = feedsOf(problem);
  const parts = unpackWeights(network, input('weights', [P, P]));
  const outputs = networkOutputs(network, parts, input('inputs', feeds.inputs.shape));
  const loss = lossOf(problem.loss, outputs, input('targets', feeds.targets.shape));
  const vectors = unpackWeights(network, input('vectors', [P, P]));
  const program = await compileGraph(executor, {
    products: packWeights(hessianVectorProduct(loss, parts, vectors)),
  });
  const repeated = Float32Array.from({ length: P * P }, (_, i) => weights[i % P]!);
  const units = Float32Array.from({ length: P * P }, (_, i) => Number(i % (P + 1) === 0));
  // The Hessian of a quadratic loss depends on no weights: they are then no input of the program.
  const takesWeights = program.inputs.some(({ name }) => name === 'weights');
  const rows = { vectors: units, ...(takesWeights ? { weights: repeated } : {}) };
  const { products } = await runChunked(executor, program, rows, feeds);
  program.dispose();
  return Float64Array.from(products!);
}
