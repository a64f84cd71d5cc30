// Truth: what a stratified split is by definition, for any sizes and shares.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/learning/random.ts';
import { stratifiedSplit } from '../../../src/learning/split.ts';

const labelsOf = (sizes: number[]) =>
  Int32Array.from(sizes.flatMap((size, c) => new Array<number>(size).fill(c)));
const count = (rows: Int32Array, labels: Int32Array, c: number) =>
  rows.filter((row) => labels[row] === c).length;

describe('stratifiedSplit', () => {
  it('gives each class its share, to one sample, and each sample to one part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.nat(),
        (sizes, fraction, seed) => {
          const labels = labelsOf(sizes);
          const split = stratifiedSplit(
            labels,
            sizes.length,
            fraction,
            randomStream(seed, 'split'),
          );
          expect([...split.train, ...split.test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
          sizes.forEach((size, c) => {
            expect(count(split.train, labels, c)).toBeGreaterThanOrEqual(1);
            const test = count(split.test, labels, c);
            expect(test).toBeLessThanOrEqual(Math.ceil(size * fraction));
            expect(test).toBeGreaterThanOrEqual(Math.min(size - 1, Math.floor(size * fraction)));
          });
        },
      ),
    );
  });

  it('has round(count * share) samples in the test part where every class can spare them', () => {
    const labels = labelsOf([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    const split = stratifiedSplit(labels, 10, 0.25, randomStream(42, 'split'));
    expect(split.test).toHaveLength(Math.round(1797 * 0.25));
  });

  it('keeps a class of one for training', () => {
    const split = stratifiedSplit(labelsOf([1, 9]), 2, 0.9, randomStream(1, 'split'));
    expect([...split.train]).toContain(0);
  });

  it('keeps everything for training where the share is zero', () => {
    expect(stratifiedSplit(labelsOf([5, 5]), 2, 0, randomStream(1, 'split')).test).toHaveLength(0);
  });

  it('depends on the seed alone, and mixes the classes', () => {
    const labels = labelsOf([50, 50]);
    const split = (seed: number) => stratifiedSplit(labels, 2, 0.3, randomStream(seed, 'split'));
    expect(split(1)).toEqual(split(1));
    expect(split(1).train).not.toEqual(split(2).train);
    expect([...split(1).train].map((row) => labels[row])).not.toEqual(
      [...split(1).train].map((row) => labels[row] as number).sort(),
    );
  });
});
