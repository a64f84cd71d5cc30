// The contour lines of a surface: the round values of the maps, at their levels, and a coordinate that counts them.
import { rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { groundScale } from '../../../../src/figures/surface/ground-scale.ts';
import { heightScale } from '../../../../src/figures/surface/height-scale.ts';
import type { SurfaceData } from '../../../../src/figures/surface/surface-data.ts';
import { bowl, surfaceOf } from './surface-fixture.ts';

const of = (data: SurfaceData) => {
  const height = heightScale(data.heights, data.heightScale);
  return { height, ground: groundScale(data, height) };
};

describe('the ground of a surface', () => {
  it.each([
    ['linear', surfaceOf(bowl)],
    ['logarithmic', surfaceOf((x, y) => Math.exp(x + y), { heightScale: 'log' })],
  ])('counts its lines from floor to ceiling (%s)', (_, data) => {
    const { height, ground } = of(data);
    expect(ground.lines.length).toBeGreaterThan(8);
    expect(ground.tints).toHaveLength(ground.lines.length + 1);
    expect(ground.contourAt(0)).toBe(0);
    expect(ground.contourAt(1)).toBeCloseTo(ground.lines.length + 1, 10);
    ground.scale.lines.forEach(({ value }, k) => {
      expect(ground.contourAt(height.level(value))).toBeCloseTo(k + 1, 10);
    });
    // Halfway between two lines, in the scale shown.
    const [a, b] = [ground.lines[3]!.height, ground.lines[4]!.height];
    expect(ground.contourAt((a + b) / 2)).toBeCloseTo(4.5, 10);
  });

  it('has round values, and a stronger line every few', () => {
    const { ground } = of(surfaceOf(bowl));
    expect(ground.scale.spacing).toBe('0.1 apart');
    for (const { value } of ground.scale.lines)
      expect(value * 10).toBeCloseTo(Math.round(value * 10));
    expect(ground.lines.filter(({ isIndex }) => isIndex).length).toBeGreaterThan(2);
  });

  it('is dark where it is good, with light lines there', () => {
    for (const good of ['low', 'high'] as const) {
      const { tints, lines } = of(surfaceOf(bowl, { good })).ground;
      const lightness = (colour: string) => {
        const { r, g, b } = rgb(colour);
        return r + g + b;
      };
      const [low, high] = [lightness(tints[0]!), lightness(tints.at(-1)!)];
      expect(low < high).toBe(good === 'low');
      const [first, last] = [lightness(lines[0]!.colour), lightness(lines.at(-1)!.colour)];
      expect(first > last).toBe(good === 'low');
    }
  });

  it('leaves out lines that ring only single points of a floor, as the maps do', () => {
    // A valley narrower than a cell, sampled at its bottom in every other row.
    const beads = surfaceOf(
      (x, y) => (Math.abs(x) < 0.1 && Math.round(10 * y) % 6 === 0 ? 0.001 : 1 + Math.abs(x)),
      {
        size: 21,
        heightScale: 'log',
      },
    );
    const { ground } = of(beads);
    expect(ground.lines.length).toBeLessThan(ground.scale.lines.length);
    expect(ground.tints).toHaveLength(ground.lines.length + 1);
  });
});
