import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuantisation, dequantise, quantise } from '../../../src/artifact/quantise.ts';

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('quantise', () => {
  it('is within half a step on a linear scale, and keeps the ends', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 50 }), (list) => {
        const values = Float32Array.from(list);
        const quantised = quantise(values, 'U16');
        const back = dequantise(quantised.codes, quantised);
        const range = Math.max(...values) - Math.min(...values);
        values.forEach((value, i) => {
          const bound = range / 65531 / 2 + Math.abs(value) * 1e-6 + 1e-44;
          expect(Math.abs((back[i] as number) - value)).toBeLessThanOrEqual(bound);
        });
      }),
    );
  });

  it('is within half a step relative on a log scale', () => {
    const positive = fc.double({ min: 1e-12, max: 1e6, noNaN: true }).map(Math.fround);
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 50 }), (list) => {
        const values = Float32Array.from(list);
        const quantised = quantise(values, 'U16', 'log');
        const back = dequantise(quantised.codes, quantised);
        values.forEach((value, i) => {
          expect(Math.abs((back[i] as number) / value - 1)).toBeLessThan(3.3e-4);
        });
      }),
    );
  });

  it.each(['linear', 'log'] as const)('keeps NaN, infinities and zero on a %s scale', (scaling) => {
    const values = Float32Array.of(NaN, Infinity, -Infinity, 0, 1, 2);
    for (const type of ['U8', 'U16'] as const) {
      const quantised = quantise(values, type, scaling);
      const back = dequantise(quantised.codes, quantised);
      expect(Array.from(back.subarray(0, 4))).toEqual([NaN, Infinity, -Infinity, 0]);
      expect(back[5]).toBeCloseTo(2, 6);
    }
  });

  it('takes a linear scale where something is negative', () => {
    const quantised = quantise(Float32Array.of(-1, 1), 'U16', 'log');
    expect(quantised.scaling).toBe('linear');
    expect(Array.from(dequantise(quantised.codes, quantised))).toEqual([-1, 1]);
  });

  it('keeps one value exactly, and has nothing to say of none', () => {
    for (const values of [
      Float32Array.of(0.25),
      Float32Array.of(0.25, 0.25),
      new Float32Array(0),
    ]) {
      const quantised = quantise(values, 'U8');
      expect(dequantise(quantised.codes, quantised)).toEqual(values);
    }
  });

  it.each([
    null,
    {},
    { scaling: 'cubic', offset: 0, scale: 1 },
    { scaling: 'log', offset: NaN, scale: 1 },
  ])('refuses the quantisation %j', (value) => {
    expect(() => checkQuantisation(value, 'x')).toThrow(/x has no usable quantisation/);
  });

  it('takes as few steps as it is told', () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => i / 7);
    const { codes, scale } = quantise(values, 'U16', 'linear', 10);
    expect(Math.max(...codes)).toBe(10);
    expect(scale).toBeCloseTo(99 / 7 / 10, 6);
  });
});
