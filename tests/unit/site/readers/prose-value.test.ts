// Numbers of the prose: where a path leads, how a value is written, and what a wrong path is told.
import { describe, expect, test } from 'vitest';
import type { RunDisplay } from '../../../../src/artifact/display.ts';
import { formatValue, readPath } from '../../../../src/site/readers/prose-value.ts';

const run = {
  experiment: { name: 'fifty', epochs: 100 },
  statistics: { trainLoss: { mean: 0.12345, meanInterval: [0.1, 0.2] } },
  curves: { epochs: Float32Array.of(0, 1, 2) },
} as unknown as RunDisplay;
const place = '<Value> in /chapters/x/';

describe('readPath', () => {
  test('walks objects, lists and typed arrays', () => {
    expect(readPath(run, 'fifty', 'statistics.trainLoss.mean', place)).toBe(0.12345);
    expect(readPath(run, 'fifty', 'statistics.trainLoss.meanInterval.1', place)).toBe(0.2);
    expect(readPath(run, 'fifty', 'curves.epochs.2', place)).toBe(2);
  });

  test('finds the extremes of a list, passing over what is not finite', () => {
    const spread = { ...run, curves: { trainLoss: Float32Array.of(3, NaN, -1, Infinity) } };
    const read = (path: string) => readPath(spread, 'spread', path, place);
    expect(read('curves.trainLoss.lowest')).toBe(-1);
    expect(read('curves.trainLoss.highest')).toBe(3);
  });

  test('says where a path ends, in which run, on which page, and what is there instead', () => {
    expect(() => readPath(run, 'fifty', 'statistics.trainLos.mean', place)).toThrow(
      "'statistics.trainLos.mean' leads nowhere in 'fifty' (<Value> in /chapters/x/): 'statistics' has no 'trainLos' but trainLoss.",
    );
    expect(() => readPath(run, 'fifty', 'nothing', place)).toThrow("the whole has no 'nothing'");
  });
});

describe('formatValue', () => {
  test('writes numbers by format, pairs with "to", words as they are', () => {
    expect(formatValue(0.12345, '.3f', place)).toBe('0.123');
    expect(formatValue(0.5, '.1%', place)).toBe('50.0%');
    expect(formatValue([0.1, 0.2], '.2f', place)).toBe('0.10 to 0.20');
    expect(formatValue('adam', '.3f', place)).toBe('adam');
    expect(formatValue(0.00068, '.2~e', place)).toBe('6.8×10⁻⁴');
    expect(formatValue([1.5e12, 3e20], '.2~s', place)).not.toContain('×');
    expect(formatValue(-4.3e7, '.1e', place)).toBe('−4.3×10⁷');
  });

  test('does not call what is not a number infinite', () => {
    expect(formatValue(NaN, '.3f', place)).toBe('not a number');
    expect(formatValue(Infinity, '.3f', place)).toBe('∞');
  });

  test('refuses an object', () => {
    expect(() => formatValue({ mean: 1 }, '.3f', place)).toThrow('A value is object');
  });
});
