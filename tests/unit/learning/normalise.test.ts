// Truth: mean 0 and variance 1 by definition; sums worked by hand.
import { describe, expect, it } from 'vitest';
import {
  fitNormalisation,
  identityNormalisation,
  normaliseRows,
} from '../../../src/learning/normalise.ts';

describe('fitNormalisation', () => {
  it('gives mean and population deviation of the rows named, and of no others', () => {
    const inputs = Float64Array.of(1, 10, 3, 20, 1000, -1000);
    const { mean, scale } = fitNormalisation(inputs, 2, Int32Array.of(0, 1));
    expect([...mean]).toEqual([2, 15]);
    expect([...scale]).toEqual([1, 5]);
  });

  it('gives scale 1 to a constant feature, even where its mean cannot be computed exactly', () => {
    const inputs = new Float64Array(11).fill(0.1);
    const rows = Int32Array.from(inputs, (_, i) => i);
    const fitted = fitNormalisation(inputs, 1, rows);
    expect(fitted.scale[0]).toBe(1);
    expect(normaliseRows(inputs, rows, fitted).every((x) => x === 0)).toBe(true);
  });

  it('gives scale 1 to a feature that changes by less than float32 can hold', () => {
    const fitted = fitNormalisation(Float64Array.of(0, 1e-300), 1, Int32Array.of(0, 1));
    expect(fitted.scale[0]).toBe(1);
  });
});

describe('normaliseRows', () => {
  it('brings a feature of huge mean and small spread to mean 0 and variance 1', () => {
    const inputs = Float64Array.from({ length: 100 }, (_, i) => 1e9 + i);
    const rows = Int32Array.from(inputs, (_, i) => i);
    const normal = normaliseRows(inputs, rows, fitNormalisation(inputs, 1, rows));
    const mean = normal.reduce((a, b) => a + b, 0) / 100;
    expect(mean).toBeCloseTo(0, 6);
    expect(normal.reduce((a, b) => a + b * b, 0) / 100).toBeCloseTo(1, 5);
  });

  it('leaves values as they are where nothing was fitted', () => {
    const inputs = Float64Array.of(1.5, -2, 3, 4);
    expect([...normaliseRows(inputs, Int32Array.of(1), identityNormalisation(2))]).toEqual([3, 4]);
  });
});
