// Every JSON file in this folder, computed by PyTorch autograd in float64, against the compiled graphs.
import { readdirSync, readFileSync } from 'node:fs';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hessianVectorProduct } from '../../src/engine/autodiff/hessian-vector-product.ts';
import { input } from '../../src/engine/graph/index.ts';
import { compileGraph, floats } from '../../src/engine/runtime/executor.ts';
import type { Executor } from '../../src/engine/runtime/executor.ts';
import { createNodeExecutor } from '../../src/engine/runtime/node.ts';
import { activations, losses, optimiserSchema } from '../../src/learning/experiment.ts';
import { accuracyOf, lossOf } from '../../src/learning/losses.ts';
import { networkOutputs, packWeights, unpackWeights } from '../../src/learning/network.ts';
import { parameterCount } from '../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../src/learning/network-shape.ts';
import { optimiserRule } from '../../src/learning/optimisers.ts';
import { lossAndGradient, stateNames, trainingSteps } from '../../src/learning/training-graph.ts';

const numbers = z.array(z.number());
const caseSchema = z.object({
  sizes: numbers,
  activation: z.enum(activations),
  loss: z.enum(['cross-entropy', 'mse', ...losses]),
  residual: z.boolean(),
  X: z.array(numbers),
  labels: numbers,
  weights: numbers,
  vector: numbers,
  output: z.array(numbers),
  lossValue: z.number(),
  accuracy: z.number(),
  gradient: numbers,
  hessianVectorProduct: numbers,
  /** Largest first. */
  hessianTopEigenvalues: numbers.optional(),
  hessianBottomEigenvalue: z.number().optional(),
  hessianTrace: z.number().optional(),
  optimisers: z.record(
    z.string(),
    z.object({
      learningRate: z.number(),
      steps: z.number(),
      lossBeforeEachStep: numbers,
      weights: numbers,
    }),
  ),
});

/** |a - b| relative to the largest magnitude of the expected vector (absolute where all of it is zero). */
function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs)) || 1;
  return Math.max(...expected.map((value, k) => Math.abs((actual[k] as number) - value))) / scale;
}

/** torch.optim.AdamW decays by 0.01 unless told otherwise; the other optimisers by 0. */
const pytorchDecay = (kind: string): number => (kind === 'adamw' ? 0.01 : 0);

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(files)('%s', (file) => {
  const reference = caseSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  const network: NetworkShape = {
    sizes: reference.sizes,
    activation: reference.activation,
    residual: reference.residual,
    bias: true,
  };
  const loss = reference.loss === 'cross-entropy' ? 'cross-entropy' : 'mean-squared-error';
  const parameters = parameterCount(network);
  const [features, classes] = [reference.sizes[0] as number, reference.sizes.at(-1) as number];
  const count = reference.X.length;
  const inputs = floats([1, count, features], Float32Array.from(reference.X.flat()));
  const oneHot = reference.labels.flatMap((label) =>
    Array.from({ length: classes }, (_, c) => Number(c === label)),
  );
  const targets = floats([1, count, classes], Float32Array.from(oneHot));
  const weights = floats([1, parameters], Float32Array.from(reference.weights));
  let executor: Executor;

  beforeAll(async () => {
    executor = await createNodeExecutor({ provider: 'cpu' });
  });
  afterAll(() => executor.dispose());

  it('has the loss, accuracy, output, gradient and Hessian-vector product of PyTorch', async () => {
    const w = input('weights', [1, parameters]);
    const x = input('inputs', inputs.shape);
    const t = input('targets', targets.shape);
    const v = input('vector', [1, parameters]);
    const parts = unpackWeights(network, w);
    const outputs = networkOutputs(network, parts, x);
    const value = lossOf(loss, outputs, t);
    const program = await compileGraph(executor, {
      loss: value,
      outputs,
      accuracy: accuracyOf(outputs, t),
      gradient: lossAndGradient(network, loss, w, x, t).gradient,
      product: packWeights(hessianVectorProduct(value, parts, unpackWeights(network, v))),
    });
    const vector = floats([1, parameters], Float32Array.from(reference.vector));
    const results = await program.run({ weights, inputs, targets, vector });
    const read = (name: string) => results[name]!.read();
    expect(relativeError(await read('loss'), [reference.lossValue])).toBeLessThan(1e-4);
    expect((await read('accuracy'))[0]).toBeCloseTo(reference.accuracy, 6);
    expect(relativeError(await read('outputs'), reference.output.flat())).toBeLessThan(1e-4);
    expect(relativeError(await read('gradient'), reference.gradient)).toBeLessThan(1e-4);
    expect(relativeError(await read('product'), reference.hessianVectorProduct)).toBeLessThan(1e-4);
  });

  it('has the Hessian of PyTorch, by its eigenvalues and trace', async () => {
    const { hessianTopEigenvalues: top, hessianBottomEigenvalue: bottom } = reference;
    if (!top || bottom === undefined || reference.hessianTrace === undefined) return;
    // P copies of the network at once, each with one unit vector: the rows of the Hessian.
    const P = parameters;
    const parts = unpackWeights(network, input('weights', [P, P]));
    const outputs = networkOutputs(network, parts, input('inputs', inputs.shape));
    const value = lossOf(loss, outputs, input('targets', targets.shape));
    const vectors = unpackWeights(network, input('vectors', [P, P]));
    const program = await compileGraph(executor, {
      rows: packWeights(hessianVectorProduct(value, parts, vectors)),
    });
    const copies = Float32Array.from({ length: P * P }, (_, i) => reference.weights[i % P]!);
    const units = Float32Array.from({ length: P * P }, (_, i) => Number(i % (P + 1) === 0));
    const { rows } = await program.run({
      weights: floats([P, P], copies),
      vectors: floats([P, P], units),
      inputs,
      targets,
    });
    const hessian = Matrix.from1DArray(P, P, await rows!.read());
    const { realEigenvalues } = new EigenvalueDecomposition(hessian, { assumeSymmetric: true });
    const largestFirst = [...realEigenvalues].sort((a, b) => b - a);
    const found = [...largestFirst.slice(0, top.length), largestFirst.at(-1)!, hessian.trace()];
    expect(relativeError(found, [...top, bottom, reference.hessianTrace])).toBeLessThan(1e-4);
  });

  it.each(Object.entries(reference.optimisers))(
    'takes the steps of PyTorch with %s',
    async (kind, { learningRate, steps, lossBeforeEachStep, weights: expected }) => {
      const rule = optimiserRule(optimiserSchema.parse({ kind }), pytorchDecay(kind));
      const program = await compileGraph(
        executor,
        trainingSteps({ network, loss, rule, networks: 1, batch: count, steps, sameBatch: true }),
      );
      const scalars = Array.from({ length: steps }, (_, k) => rule.schedule(k + 1, learningRate));
      const zeros = floats([1, parameters], new Float32Array(parameters));
      const results = await program.run({
        ...Object.fromEntries(stateNames(rule).map((name) => [name, zeros])),
        weights,
        inputs,
        targets,
        scalars: floats([steps, rule.scalars], Float32Array.from(scalars.flat())),
      });
      expect(relativeError(await results.loss!.read(), lossBeforeEachStep)).toBeLessThan(1e-4);
      expect(relativeError(await results['next-weights']!.read(), expected)).toBeLessThan(1e-4);
    },
  );
});
