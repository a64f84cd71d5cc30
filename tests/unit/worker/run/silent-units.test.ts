import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createActivationReader } from '../../../../src/learning/evaluator.ts';
import { initialPopulation } from '../../../../src/learning/initial-weights.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import type { Samples } from '../../../../src/learning/samples.ts';
import { createSilentUnitCounter } from '../../../../src/worker/run/silent-units.ts';
import { executorAs } from './service-in-node.ts';

const samplesOf = (inputs: Float32Array, features = 2): Samples => ({
  count: inputs.length / features,
  inputs,
  targets: new Float32Array(0),
  labels: null,
});

async function counted(
  network: NetworkShape,
  samples: Samples,
  weights: Float32Array,
  networks: number,
): Promise<number[]> {
  const executor = await executorAs('wasm');
  const options = { executor, network, samples, networks, memoryBudget: 1e6 };
  const counter = (await createSilentUnitCounter(options))!;
  const counts = [...(await counter.count(weights))];
  counter.dispose();
  return counts;
}

test('a ReLU unit that is 0 everywhere, a saturated unit and one without weights are silent; one that answers is not', async () => {
  const samples = samplesOf(Float32Array.of(0, 0, 1, 1, -1, 2));
  const shape = { sizes: [2, 3, 1], residual: false, bias: true } as const;
  // W [2, 3], b [3], then the output layer: unit 0 answers, unit 1 is far below or above, unit 2 hears nothing.
  const weights = Float32Array.of(1, 1, 0, 1, 1, 0, 0, -50, 0.5, 1, 1, 1, 0);
  expect(await counted({ ...shape, activation: 'relu' }, samples, weights, 1)).toEqual([2]);
  expect(await counted({ ...shape, activation: 'tanh' }, samples, weights, 1)).toEqual([2]);
});

test('the count is that of the activations, read and compared one by one', async () => {
  const executor = await executorAs('wasm');
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('relu', 'tanh', 'sigmoid', 'gelu', 'linear') as fc.Arbitrary<
        NetworkShape['activation']
      >,
      fc.boolean(),
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 1, max: 300 }),
      async (activation, residual, seed, scale) => {
        const network = { sizes: [2, 5, 5, 2], activation, residual, bias: true } as const;
        const weights = initialPopulation(network, { kind: 'normal', scale: scale / 10 }, seed, 4);
        const inputs = Float32Array.from({ length: 14 }, (_, k) => Math.sin(k * (seed + 1)));
        const reader = await createActivationReader({ executor, network, inputs, count: 7 });
        const layers = await reader.read(weights);
        reader.dispose();
        const expected = Array.from({ length: 4 }, (_, n) => {
          let silent = 0;
          for (const layer of layers)
            for (let u = 0; u < 5; u++) {
              const answers = Array.from({ length: 7 }, (_, k) => layer[(n * 7 + k) * 5 + u]!);
              if (answers.every((answer) => answer === answers[0])) silent++;
            }
          return silent;
        });
        expect(await counted(network, samplesOf(inputs), weights, 4)).toEqual(expected);
      },
    ),
    { numRuns: 25 },
  );
});

test('of many points 256 are looked at, first and last among them', async () => {
  const shape = { sizes: [1, 1, 1], activation: 'relu', residual: false, bias: true } as const;
  const weights = Float32Array.of(1, 0, 1, 0);
  const at = (index: number) => {
    const inputs = new Float32Array(1000).fill(-1);
    inputs[index] = 1;
    return counted(shape, samplesOf(inputs, 1), weights, 1);
  };
  expect(await at(0)).toEqual([0]);
  expect(await at(999)).toEqual([0]);
  // Every fourth or so is looked at: 1 is none of them.
  expect(await at(1)).toEqual([1]);
});

test('a linear classifier has no hidden units to count', async () => {
  const network = { sizes: [2, 2], activation: 'relu', residual: false, bias: true } as const;
  const samples = samplesOf(Float32Array.of(0, 1));
  const executor = await executorAs('wasm');
  const options = { executor, network, samples, networks: 1, memoryBudget: 1e6 };
  expect(await createSilentUnitCounter(options)).toBeNull();
});
