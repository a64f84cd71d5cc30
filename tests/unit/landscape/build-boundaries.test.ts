// Truth: the logistic function and softmax, by hand.
import { expect, test, vi } from 'vitest';
import { boundaryGrid, buildBoundaries } from '../../../src/landscape/build-boundaries.ts';
import type { PreparedData } from '../../../src/learning/samples.ts';

function dataOf(points: number[], classes: number, features = 2): PreparedData {
  const part = (inputs: number[]) => ({
    count: inputs.length / 2,
    inputs: Float32Array.from(inputs),
    targets: new Float32Array(0),
    labels: new Int32Array(inputs.length / 2),
  });
  return {
    features,
    outputs: classes,
    featureNames: ['x', 'y'],
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    train: part(points.slice(0, 4)),
    test: part(points.slice(4)),
    normalisation: { mean: new Float32Array(2), scale: new Float32Array(2) },
  };
}

/** A linear network without bias: weights `[2, outputs]`, logits `inputs @ W`. */
const linear = (inputs: Float32Array, outputs: number) =>
  vi.fn((weights: Float32Array) => {
    const [M, count] = [weights.length / (2 * outputs), inputs.length / 2];
    const logits = new Float32Array(M * count * outputs);
    for (let m = 0; m < M; m++)
      for (let i = 0; i < count; i++)
        for (let k = 0; k < outputs; k++)
          logits[(m * count + i) * outputs + k] =
            inputs[2 * i]! * weights[2 * m * outputs + k]! +
            inputs[2 * i + 1]! * weights[(2 * m + 1) * outputs + k]!;
    return Promise.resolve(logits);
  });

test('the grid covers training and test points and a margin, rows upwards', () => {
  const data = dataOf([0, 0, 10, 2, -10, 6], 2);
  const { extent, inputs } = boundaryGrid(data, 3);
  const expected = [-13, 13, -0.9, 6.9];
  for (const [i, value] of extent.entries()) expect(value).toBeCloseTo(expected[i]!, 10);
  expect([...inputs.slice(0, 6)]).toEqual([-13, -0.9, 0, -0.9, 13, -0.9].map(Math.fround));
  expect(inputs[17]).toBeCloseTo(6.9, 6);
});

test('two classes: probability of class 1 is the logistic function of the difference of outputs', async () => {
  const data = dataOf([-1, -1, 1, 1], 2);
  const { inputs, extent } = boundaryGrid(data, 4);
  const boundaries = await buildBoundaries({
    predict: linear(inputs, 2),
    data,
    networks: 2,
    weights: Float32Array.of(0, 1, 0, 2, 0, -3, 0, 500),
    size: 4,
  });
  expect(boundaries.extent).toEqual(extent);
  for (const [network, [u, v]] of [[1, 2] as const, [-3, 500] as const].entries())
    for (let i = 0; i < 16; i++) {
      const difference = u * inputs[2 * i]! + v * inputs[2 * i + 1]!;
      const at = network * 16 + i;
      expect(boundaries.probability[at]).toBeCloseTo(1 / (1 + Math.exp(-difference)), 5);
      expect(boundaries.classes[at]).toBe(difference > 0 ? 1 : 0);
    }
});

test('more classes: the most probable one and its probability', async () => {
  const data = dataOf([-1, -1, 1, 1], 3);
  const { inputs } = boundaryGrid(data, 2);
  const { classes, probability } = await buildBoundaries({
    predict: () => Promise.resolve(Float32Array.of(1, 3, 2, 0, 0, 1e4, 5, 4, 4, 7, 7, 7)),
    data,
    networks: 1,
    weights: new Float32Array(6),
    size: 2,
  });
  expect(inputs).toHaveLength(8);
  expect([...classes]).toEqual([1, 2, 0, 0]);
  const e = Math.E;
  for (const [i, p] of [1 / (1 + 1 / e + 1 / e ** 2), 1, 1 / (1 + 2 / e), 1 / 3].entries())
    expect(probability[i]).toBeCloseTo(p, 6);
});

test('outputs that are not finite have no probability', async () => {
  const data = dataOf([-1, -1, 1, 1], 2);
  const { classes, probability } = await buildBoundaries({
    predict: () => Promise.resolve(Float32Array.of(NaN, 1, 0, NaN, Infinity, 0, -1, 1)),
    data,
    networks: 1,
    weights: new Float32Array(4),
    size: 2,
  });
  expect([...probability].slice(0, 3)).toEqual([NaN, NaN, NaN]);
  expect(probability[3]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
  expect([...classes]).toEqual([0, 0, 0, 1]);
});

test('bad input is told in a sentence', async () => {
  expect(() => boundaryGrid(dataOf([0, 0, 1, 1], 0), 4)).toThrow('2 features and 0 classes');
  expect(() => boundaryGrid(dataOf([0, 0, 1, 1], 10, 64), 4)).toThrow('64 features');
  const building = buildBoundaries({
    predict: () => Promise.resolve(new Float32Array(3)),
    data: dataOf([0, 0, 1, 1], 2),
    networks: 1,
    weights: new Float32Array(4),
    size: 2,
  });
  await expect(building).rejects.toThrow('3 outputs came back for 1 networks at 4 points');
});
