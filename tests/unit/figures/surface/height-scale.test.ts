// Which height scale is chosen, what it maps, and that it says so.
import { describe, expect, it } from 'vitest';
import { heightScale } from '../../../../src/figures/surface/height-scale.ts';

describe('the height scale', () => {
  it('is logarithmic where values span decades, and maps the geometric mean to the middle', () => {
    const scale = heightScale([0.01, 0.1, 1, 10, 100], 'auto');
    expect(scale.kind).toBe('log');
    expect(scale.level(0.01)).toBe(0);
    expect(scale.level(1)).toBeCloseTo(0.5, 12);
    expect(scale.level(100)).toBeCloseTo(1, 12);
    expect(scale.ticks.map(({ text }) => text)).toEqual(['0.01', '0.1', '1', '10', '100']);
    expect(scale.statement).toBe('Height and colour: logarithmic');
  });

  it('is linear where values are alike', () => {
    const scale = heightScale([1, 1.5, 2, 2.5, 3], 'auto');
    expect(scale.kind).toBe('linear');
    expect(scale.level(2)).toBeCloseTo(0.5, 12);
    expect(scale.statement).toBe('Height and colour: linear');
  });

  it('cuts off rare peaks and states the share that is cut', () => {
    const values = [...Array.from({ length: 95 }, (_, i) => i / 100), 20, 21, 22, 23, 24];
    const scale = heightScale(values, 'auto');
    expect(scale.kind).toBe('clipped');
    // Quantile 0.9 of 100 values: index 89.1.
    expect(scale.maximum).toBeCloseTo(0.891, 10);
    expect(scale.cutShare).toBe(0.1);
    expect(scale.statement).toBe(
      'Height and colour: linear; 10% of the surface is higher and cut flat at 0.891',
    );
  });

  it('cuts where it is told to', () => {
    const scale = heightScale([0, 1, 2, 8], { clip: 4 });
    expect(scale.level(2)).toBe(0.5);
    expect(scale.level(8)).toBeGreaterThan(1);
    expect(scale.statement).toContain('25% of the surface is higher and cut flat at 4');
  });

  it('counts infinite heights as cut and leaves out what is not a number', () => {
    const scale = heightScale([1, 2, Infinity, NaN], 'linear');
    expect([scale.minimum, scale.maximum]).toEqual([1, 2]);
    expect(scale.cutShare).toBe(0.25);
    expect(scale.level(NaN)).toBeNaN();
    expect(scale.level(Infinity)).toBe(Infinity);
  });

  it('does not dig an exact minimum infinitely deep, and says where it stops', () => {
    const scale = heightScale([1e-12, 0.1, 1, 10], 'auto');
    expect(scale.minimum).toBeCloseTo(1e-3, 12);
    expect(scale.level(1e-12)).toBe(0);
    expect(scale.statement).toBe('Height and colour: logarithmic; lower values end at 0.001');
  });

  it('does not take the logarithm of zero', () => {
    expect(heightScale([0, 1, 2], 'log').kind).toBe('linear');
  });

  it('names the trouble where no height is finite', () => {
    expect(() => heightScale([NaN, NaN], 'auto')).toThrow(/no finite height.*diverged/);
  });

  it('has two ends even on a flat surface', () => {
    const scale = heightScale([3, 3, 3], 'linear');
    expect(scale.level(3)).toBe(0);
  });
});
