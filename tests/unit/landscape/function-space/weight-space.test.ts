// Truth: angles and distances by hand.
import { expect, test } from 'vitest';
import { weightSpace } from '../../../../src/landscape/function-space/weight-space.ts';

const weights = Float32Array.of(3, 0, 0, 4);

test('from the origin and from a start, by hand', () => {
  const { distance, cosine, displacementCosine } = weightSpace(weights, 2, Float32Array.of(1, 0));
  expect(distance[1]).toBeCloseTo(5, 12);
  expect(cosine[1]).toBeCloseTo(0, 12);
  // (2, 0) and (-1, 4).
  expect(displacementCosine![1]).toBeCloseTo(-1 / Math.sqrt(17), 12);
});

test('each from its own start: both moved by the same, so in one direction', () => {
  const { displacementCosine } = weightSpace(
    weights,
    2,
    weights.map((w) => w - 2),
  );
  expect(displacementCosine![1]).toBeCloseTo(1, 12);
  expect(weightSpace(weights, 2).displacementCosine).toBeNull();
});

test('bad input is told in a sentence', () => {
  expect(() => weightSpace(weights, 2, new Float32Array(3))).toThrow(
    'a start of 3 weights for 2 networks of 2: expected 2 that all share, or 4',
  );
  expect(() => weightSpace(weights, 2, weights)).toThrow('network 0 has not moved from its start');
});
