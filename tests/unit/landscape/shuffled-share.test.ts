// Truth: dealing keeps each coordinate's spread and takes away what coordinates have in common.
import { describe, expect, it } from 'vitest';
import { principalComponents } from '../../../src/landscape/pca.ts';
import { shuffledShare } from '../../../src/landscape/shuffled-share.ts';
import { randomStream } from '../../../src/learning/random.ts';

const [K, P] = [40, 6];
const stream = randomStream(1, 'points');

describe('shuffledShare', () => {
  it('takes away a direction that all coordinates share', () => {
    const line = new Float32Array(K * P);
    for (let k = 0; k < K; k++) line.fill(stream.normal(), k * P, (k + 1) * P);
    expect(principalComponents(line, K, P, 1).explainedVariance[0]).toBeCloseTo(1, 6);
    const { mean, most } = shuffledShare(line, K, 100, 1);
    expect(mean).toBeLessThan(0.4);
    expect(mean).toBeGreaterThan(1 / P);
    expect(most).toBeGreaterThan(mean);
  });

  it('leaves a share that one wide coordinate has', () => {
    const points = Float32Array.from({ length: K * P }, (_, i) =>
      i % P === 0 ? 100 * stream.normal() : stream.normal(),
    );
    expect(shuffledShare(points, K, 20, 1).mean).toBeCloseTo(1, 2);
  });
});
