// Truth: an epoch is a sample without replacement, by definition.
import { describe, expect, it } from 'vitest';
import {
  batchOrder,
  batchSizeOf,
  stepsPerEpoch,
  totalSteps,
} from '../../../src/learning/batches.ts';

const ten = { count: 10 };

describe('batchOrder', () => {
  it('is that of the order seed where there is one', () => {
    const order = (seeds: { seed: number; orderSeed?: number }) =>
      batchOrder({ batchSize: 3, ...seeds }, ten, 0);
    expect(order({ seed: 1, orderSeed: 2 })).toEqual(order({ seed: 2 }));
    expect(order({ seed: 1, orderSeed: 2 })).not.toEqual(order({ seed: 1 }));
    expect(order({ seed: 1, orderSeed: 0 })).toEqual(order({ seed: 0 }));
  });

  it('shows a sample at most once an epoch and drops what does not fill a batch', () => {
    const order = batchOrder({ batchSize: 3, seed: 1 }, ten, 0);
    expect(order).toHaveLength(9);
    expect(new Set(order).size).toBe(9);
    expect(order.every((i) => i >= 0 && i < 10)).toBe(true);
  });

  it('drops other samples in other epochs, each about equally often', () => {
    const dropped = new Array<number>(10).fill(0);
    const epochs = 2_000;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const seen = new Set(batchOrder({ batchSize: 3, seed: 1 }, ten, epoch));
      for (let i = 0; i < 10; i++) if (!seen.has(i)) (dropped[i] as number)++;
    }
    const chiSquare = dropped.reduce((sum, n) => sum + (n - epochs / 10) ** 2 / (epochs / 10), 0);
    // The 99.99th percentile of chi-square with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(33.72);
  });

  it('depends on seed and epoch alone', () => {
    const order = (seed: number, epoch: number) => batchOrder({ batchSize: 5, seed }, ten, epoch);
    expect(order(1, 4)).toEqual(order(1, 4));
    expect(order(1, 4)).not.toEqual(order(1, 5));
    expect(order(1, 4)).not.toEqual(order(2, 4));
  });

  it('leaves a full batch in its own order', () => {
    const own = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    expect(batchOrder({ batchSize: 'full', seed: 1 }, ten, 3)).toEqual(own);
    expect(batchOrder({ batchSize: 10, seed: 1 }, ten, 3)).toEqual(own);
  });
});

describe('steps', () => {
  it('are whole batches', () => {
    expect(stepsPerEpoch({ batchSize: 'full' }, ten)).toBe(1);
    expect(stepsPerEpoch({ batchSize: 10 }, ten)).toBe(1);
    expect(stepsPerEpoch({ batchSize: 3 }, ten)).toBe(3);
    expect(totalSteps({ batchSize: 3, epochs: 7 }, ten)).toBe(21);
  });

  it('are refused where a batch is larger than the training part', () => {
    expect(() => batchSizeOf({ batchSize: 11 }, ten)).toThrow(
      'batchSize is 11: the training part has 10 samples, so expected at most 10, or "full"',
    );
  });
});
