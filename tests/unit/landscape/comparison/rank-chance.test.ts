// Truth: the exact distribution of four ranks, and what independent values give.
import { describe, expect, it } from 'vitest';
import { rankChance } from '../../../../src/landscape/comparison/rank-chance.ts';
import { randomStream } from '../../../../src/learning/random.ts';

describe('rankChance', () => {
  it('finds a perfect order of four as often as 2 of the 24 orders have it', () => {
    const { most, probability } = rankChance([1, 2, 3, 4], [10, 20, 30, 40], 1);
    expect(probability).toBeGreaterThan(0.06);
    expect(probability).toBeLessThan(0.11);
    expect(most).toBeCloseTo(1, 12);
  });

  it('has 95% of correlations of fifty independent values below the known bound', () => {
    const stream = randomStream(5, 'values');
    const values = () => Float64Array.from({ length: 50 }, () => stream.normal());
    // Spearman's correlation of n independent pairs has variance 1 / (n - 1).
    expect(rankChance(values(), values(), 1).most).toBeCloseTo(1.96 / Math.sqrt(49), 1);
  });

  it('is as sure as 2,000 deals can be of an order that none of them has', () => {
    const values = Array.from({ length: 50 }, (_, i) => i);
    expect(rankChance(values, values, 1).probability).toBeCloseTo(1 / 2001, 12);
  });

  it('knows nothing where nothing varies', () => {
    expect(rankChance([1, 1, 1], [1, 2, 3], 1)).toEqual({ most: NaN, probability: NaN });
  });
});
