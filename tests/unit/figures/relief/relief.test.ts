// Relief shading against closed forms: a slope, a pit, a grid refined, a picture read back.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { contourLines } from '../../../../src/figures/kit/relief/contour-lines.ts';
import { hillshade, relativeLight } from '../../../../src/figures/kit/relief/hillshade.ts';
import { skyVisible } from '../../../../src/figures/kit/relief/occlusion.ts';
import { encodePng } from '../../../../src/figures/kit/relief/png.ts';
import { refine, type ReliefGrid } from '../../../../src/figures/kit/relief/relief-grid.ts';
import { patchesBelow, resolvedLines } from '../../../../src/figures/kit/relief/resolved-lines.ts';

function gridOf(size: number, height: (x: number, y: number) => number, step = 1): ReliefGrid {
  const heights = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      heights[row * size + column] = height(
        step * (column - (size - 1) / 2),
        step * (row - (size - 1) / 2),
      );
  return { heights, columns: size, rows: size, spacing: [step, step] };
}

const middle = ({ columns, rows }: ReliefGrid): number => ((rows - 1) * columns + columns - 1) / 2;

describe('hillshade', () => {
  it('leaves level ground as it is', () => {
    expect(
      [
        ...hillshade(
          gridOf(5, () => 3),
          2,
        ),
      ].every((light) => light === 0),
    ).toBe(true);
  });

  it('lights what faces the north-west and shades what turns from it, by Lambert’s law', () => {
    const facing = gridOf(5, (x, y) => x - y);
    const light = hillshade(facing, 1)[middle(facing)]!;
    // The normal is (-1, 1, 1) / sqrt 3; lamps at 45 degrees in the north-west, west and north.
    const up = Math.SQRT1_2;
    const lambert =
      (0.6 * (up + 2 * 0.5) + 0.2 * (up + Math.SQRT1_2) + 0.2 * (up + Math.SQRT1_2)) / Math.sqrt(3);
    const relative = lambert / up - 1;
    const most = 1 / up - 1;
    // 1 face on to a lamp, and as steep as on the shaded side at level ground.
    expect(light).toBeCloseTo(relative * (1 + ((1 / most - 1) / most) * relative), 12);
    expect(relativeLight(1)).toBeCloseTo(1, 12);
    expect((relativeLight(up + 1e-6) - relativeLight(up - 1e-6)) / 2e-6).toBeCloseTo(1 / up, 4);
    const turned = gridOf(5, (x, y) => y - x);
    expect(hillshade(turned, 1)[middle(turned)]!).toBeLessThan(-0.5);
  });
});

describe('skyVisible', () => {
  it('sees the whole sky from a plain and from a peak', () => {
    const peak = gridOf(9, (x, y) => -Math.hypot(x, y));
    expect(skyVisible(peak, 1)[middle(peak)]).toBeCloseTo(1, 12);
  });

  it('sees cos² of the wall’s angle from the tip of a cone', () => {
    const pit = gridOf(41, (x, y) => 0.75 * Math.hypot(x, y));
    // The horizon stands at atan 0.75 all round; heights between grid points are bilinear.
    expect(skyVisible(pit, 1)[middle(pit)]).toBeCloseTo(1 / (1 + 0.75 ** 2), 1);
  });
});

describe('refine', () => {
  it('keeps every evaluated height and every plane', () => {
    const rough = gridOf(6, (x, y) => Math.sin(3 * x) + Math.cos(2 * y));
    const finer = refine(rough, 3);
    expect([finer.columns, finer.rows]).toEqual([16, 16]);
    for (let row = 0; row < 6; row++)
      for (let column = 0; column < 6; column++)
        expect(finer.heights[3 * row * 16 + 3 * column]).toBeCloseTo(
          rough.heights[row * 6 + column]!,
          12,
        );
    const tilted = refine(
      gridOf(5, (x, y) => 2 * x - y),
      4,
    );
    const expected = gridOf(17, (x, y) => 2 * x - y, 0.25);
    tilted.heights.forEach((height, i) => expect(height).toBeCloseTo(expected.heights[i]!, 12));
  });
});

describe('encodePng', () => {
  it('is read back by another decoder, colour for colour', async () => {
    const palette = [
      [10, 20, 30, 255],
      [200, 100, 50, 128],
      [0, 0, 0, 0],
    ] as const;
    const indices = Uint8Array.from([0, 1, 2, 2, 1, 0]);
    const bytes = encodePng({ palette, indices, width: 3, height: 2 });
    const { data, info } = await sharp(bytes)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([3, 2, 4]);
    expect([...data]).toEqual([...indices].flatMap((index) => palette[index]!));
  });
});

describe('contourLines', () => {
  it('stands at round values with every fifth stronger, and says how far apart', () => {
    const { lines, spacing } = contourLines(0.03, 1.02, false, 24);
    expect(lines.map(({ value }) => value)).toEqual(
      Array.from({ length: 20 }, (_, k) => Number((0.05 * (k + 1)).toFixed(2))),
    );
    expect(lines.filter(({ isIndex }) => isIndex).map(({ value }) => value)).toEqual([
      0.25, 0.5, 0.75, 1,
    ]);
    expect(spacing).toBe('0.05 apart');
  });

  it('stands at preferred numbers over decades', () => {
    const { lines, spacing } = contourLines(0.0011, 90, true, 34);
    expect(lines.map(({ value }) => value)).toContain(0.2);
    expect(lines.every(({ value }, k) => k === 0 || value > lines[k - 1]!.value)).toBe(true);
    expect(lines.length).toBeLessThanOrEqual(34);
    expect(spacing).toBe('3 to each factor of ten');
  });
});

describe('resolvedLines', () => {
  /** A diagonal valley, exact zero on its floor and narrower than a cell. */
  const valley = gridOf(41, (x, y) => Math.log((x + 0.37 * y) ** 2 + 1e-6));

  it('leaves out lines that break into rings of single points', () => {
    const low = { height: Math.log(0.01) };
    const high = { height: Math.log(9) };
    expect(patchesBelow(valley.heights, 41, low.height).patches).toBeGreaterThan(5);
    expect(resolvedLines(valley.heights, 41, [low, high])).toEqual([high]);
  });

  it('keeps one small pit', () => {
    const pit = gridOf(41, (x, y) => Math.hypot(x, y));
    expect(resolvedLines(pit.heights, 41, [{ height: 0.5 }, { height: 3 }])).toHaveLength(2);
  });
});
