// The light of a surface: that of the maps, turned with the reader, and never so strong that it hides the loss.
import { describe, expect, it } from 'vitest';
import { hillshade } from '../../../../src/figures/kit/relief/hillshade.ts';
import { shadeStrengths, slopeWeight } from '../../../../src/figures/kit/relief/relief-image.ts';
import { lampsAt, lightOn, overlayAt } from '../../../../src/figures/surface/relief-light.ts';
import type { Vector } from '../../../../src/figures/surface/surface-model.ts';

/** Of ground that rises by `east` to the right and by `north` away from a reader at azimuth 0. */
const normalOf = (east: number, north: number): Vector => {
  const length = Math.hypot(east, 1, north);
  return [-east / length, 1 / length, north / length];
};
const slopes = [
  [0, 0],
  [0.5, 0],
  [-0.5, 0.3],
  [0.2, -1.4],
  [-1, 1],
] as const;

describe('light on a surface', () => {
  it('is that of a map that is turned half a right angle and a little more to the reader’s left', () => {
    // Where the reader has walked as far to the right, the lamps stand to the north-west of the plane.
    const lamps = lampsAt((-50 * Math.PI) / 180);
    for (const [east, north] of slopes) {
      const heights = Float64Array.from(
        { length: 9 },
        (_, i) => east * (i % 3) + north * Math.floor(i / 3),
      );
      const map = hillshade({ heights, columns: 3, rows: 3, spacing: [1, 1] }, 1)[4]!;
      const expected = Math.min(1, Math.max(-1, slopeWeight * map));
      expect(lightOn(normalOf(east, north), 1, lamps)).toBeCloseTo(expected, 10);
    }
  });

  it('walks round the block with the reader', () => {
    const turn = 1.1;
    const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
    for (const [east, north] of slopes) {
      const [x, y, z] = normalOf(east, north);
      const turned: Vector = [x * cos + z * sin, y, z * cos - x * sin];
      expect(lightOn(turned, 0.8, lampsAt(turn))).toBeCloseTo(
        lightOn([x, y, z], 0.8, lampsAt(0)),
        10,
      );
    }
  });

  it('is nothing on a plain under the whole sky, and shade where little of it is seen', () => {
    expect(lightOn([0, 1, 0], 1, lampsAt(2))).toBeCloseTo(0, 12);
    expect(lightOn([0, 1, 0], 0.5, lampsAt(2))).toBeLessThan(-0.3);
  });

  it('is never stronger than on the maps, whose strengths keep lightness in the order of the loss', () => {
    for (let azimuth = 0; azimuth < 6; azimuth += 0.7)
      for (const [east, north] of [...slopes, [90, 0], [0, -90]] as const)
        for (const sky of [0, 0.4, 1]) {
          const light = lightOn(normalOf(east, north), sky, lampsAt(azimuth));
          const { opacity } = shadeStrengths[light < 0 ? 'shade' : 'light'];
          expect(overlayAt(light).opacity).toBeLessThanOrEqual(opacity);
        }
  });
});
