// Truth: distances by hand; the definition of the Jensen-Shannon divergence by its two relative entropies.
import { expect, test } from 'vitest';
import {
  jensenShannonDistance,
  outputDistance,
  predictionDistance,
} from '../../../../src/landscape/function-space/prediction-distance.ts';
import { predictionsOf } from '../../../../src/landscape/function-space/predictions.ts';
import { cloud } from '../projections/blobs.ts';

const ln = (...shares: number[]) => Float32Array.from(shares, Math.log);

test('root-mean-square distance of probability vectors by hand', () => {
  // Sample by sample (0.75, 0.25) against (0.25, 0.75), then the same: sqrt((0.5^2 + 0.5^2 + 0) / 2) = 0.5.
  const two = predictionsOf(ln(0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.5, 0.5), 2, 2, 2);
  const distance = predictionDistance(two);
  expect(distance[1]).toBeCloseTo(0.5, 7);
  expect([distance[0], distance[3]]).toEqual([0, 0]);
});

test('outputs of a regression are compared in their own unit', () => {
  // Differences 3 and 4 on two samples: sqrt((9 + 16) / 2).
  expect(outputDistance(Float32Array.of(1, 1, 4, 5), 2, 2)[1]).toBeCloseTo(Math.sqrt(12.5), 12);
});

test('networks certain of different classes are as far apart as can be; copies are at 0', () => {
  const three = predictionsOf(Float32Array.of(900, 0, 0, 900, 900, 0), 3, 1, 2);
  expect(predictionDistance(three)[1]).toBeCloseTo(Math.SQRT2, 12);
  const distance = jensenShannonDistance(three);
  expect(distance[1]).toBeCloseTo(1, 12);
  expect(distance[2]).toBe(0);
});

test('Jensen-Shannon distance is the root of the mean relative entropy to the mixture', () => {
  const [M, count, classes] = [4, 5, 3];
  const predictions = predictionsOf(cloud(M, count * classes), M, count, classes);
  const distance = jensenShannonDistance(predictions);
  const row = (m: number, s: number) =>
    predictions.probabilities.subarray((m * count + s) * classes, (m * count + s + 1) * classes);
  const relative = (p: Float64Array, mixture: Float64Array) =>
    p.reduce((sum, value, c) => sum + value * Math.log2(value / mixture[c]!), 0);
  for (let i = 0; i < M; i++)
    for (let j = 0; j < M; j++) {
      let total = 0;
      for (let s = 0; s < count; s++) {
        const [p, q] = [row(i, s), row(j, s)];
        const mixture = p.map((value, c) => (value + q[c]!) / 2);
        total += Math.sqrt((relative(p, mixture) + relative(q, mixture)) / 2);
      }
      expect(distance[i * M + j]).toBeCloseTo(total / count, 7);
    }
});

test('bad input is told in a sentence', () => {
  expect(() => outputDistance(new Float32Array(4), 2, 0)).toThrow('on 0 samples');
  expect(() => outputDistance(Float32Array.of(1, NaN), 2, 1)).toThrow('point 1 has NaN');
});
