// Truth: every layer, loss and choice of class written out in float64, network by network.
import { describe, expect, it } from 'vitest';
import {
  createActivationReader,
  createEvaluator,
  createPredictor,
} from '../../../src/learning/evaluator.ts';
import { parameterCount } from '../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../src/learning/network-shape.ts';
import { randomStream } from '../../../src/learning/random.ts';
import { layersByHand } from './layers-by-hand.ts';
import { cpuExecutor } from '../../fixtures/cpu-executor.ts';

const shape: NetworkShape = { sizes: [3, 3, 4, 2], activation: 'tanh', residual: true, bias: true };
const P = parameterCount(shape);
const [M, count] = [7, 6];

const stream = randomStream(1, 'evaluator');
const normals = (length: number) => Float32Array.from({ length }, () => stream.normal());
const weights = normals(M * P);
const inputs = normals(count * 3);
const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
const targets = Float32Array.from([...labels].flatMap((label) => [1 - label, label]));

/** `[M]` networks, each with its layers `[count, units]`. */
const byHand = Array.from({ length: M }, (_, m) =>
  layersByHand(shape, weights.subarray(m * P, (m + 1) * P), inputs),
);

const executor = await cpuExecutor(2);

// The smallest budget puts every network into a chunk of its own.
describe.each([undefined, 1])('with a memory budget of %s', (memoryBudget) => {
  const model = () => ({ executor, network: shape, memoryBudget });

  it("reads each hidden layer's activations, the first layer first", async () => {
    const reader = await createActivationReader({ ...model(), inputs, count });
    const layers = await reader.read(weights);
    reader.dispose();
    expect(layers.map(({ length }) => length)).toEqual([M * count * 3, M * count * 4]);
    for (const [layer, values] of layers.entries()) {
      const expected = byHand.flatMap((own) => own[layer]!);
      expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5));
    }
  });

  it('predicts the outputs', async () => {
    const predictor = await createPredictor({ ...model(), inputs, count });
    const outputs = await predictor.predict(weights);
    predictor.dispose();
    const expected = byHand.flatMap((own) => own[2]!);
    expect(outputs).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(outputs[i]).toBeCloseTo(value, 5));
  });

  it('measures cross-entropy and the share of right classes', async () => {
    const samples = { count, inputs, targets, labels };
    const evaluator = await createEvaluator({ ...model(), loss: 'cross-entropy', samples });
    const { loss, accuracy } = await evaluator.evaluate(weights);
    evaluator.dispose();
    const chances = byHand.map((own) => {
      const margin = [...labels].map((label, i) => {
        const [a, b] = [own[2]![2 * i]!, own[2]![2 * i + 1]!];
        return label === 0 ? a - b : b - a;
      });
      return {
        loss: margin.reduce((sum, z) => sum + Math.log1p(Math.exp(-z)), 0) / count,
        accuracy: margin.filter((z) => z > 0).length / count,
      };
    });
    expect(loss).toHaveLength(M);
    chances.forEach((own, m) => {
      expect(loss[m]).toBeCloseTo(own.loss, 5);
      expect(accuracy![m]).toBeCloseTo(own.accuracy, 6);
    });
  });

  it('measures squared errors, and knows no accuracy where there are no classes', async () => {
    const samples = { count, inputs, targets, labels: null };
    const evaluator = await createEvaluator({ ...model(), loss: 'mean-squared-error', samples });
    const { loss, accuracy } = await evaluator.evaluate(weights);
    evaluator.dispose();
    expect(accuracy).toBeNull();
    byHand.forEach((own, m) => {
      const errors = own[2]!.map((value, i) => (value - targets[i]!) ** 2);
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      expect(loss[m]! / mean).toBeCloseTo(1, 5);
    });
  });
});

it('a network without hidden layers has no activations to read', async () => {
  const network = { ...shape, sizes: [3, 2] };
  const reader = await createActivationReader({ executor, network, inputs, count });
  expect(await reader.read(weights.subarray(0, 16))).toEqual([]);
  reader.dispose();
});

it('refuses weights that are not whole networks in a sentence', async () => {
  const reader = await createActivationReader({ executor, network: shape, inputs, count });
  await expect(reader.read(weights.subarray(0, 50))).rejects.toThrow(
    `runChunked: 50 values for 'weights' are not 2 whole rows of ${P} each.`,
  );
  reader.dispose();
});
