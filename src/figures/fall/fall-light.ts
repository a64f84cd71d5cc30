// Where the three lamps of the relief stand: the main one at the upper left of whoever looks, as on the maps.
import type { Vector } from './fall-model.ts';

const elevation = Math.PI / 4;
/** Radians from the direction of view, to the left: north-west, west and north of a map whose north is ahead. */
const lampAngles = [Math.PI / 4, Math.PI / 2, 0] as const;

/** Unit vectors towards the lamps, the main one first. @param azimuth of the reader, who looks along -Z at 0. */
export const lampDirections = (azimuth: number): readonly [Vector, Vector, Vector] =>
  lampAngles.map((angle): Vector => {
    const along = azimuth + angle;
    return [
      -Math.cos(elevation) * Math.sin(along),
      Math.sin(elevation),
      -Math.cos(elevation) * Math.cos(along),
    ];
  }) as unknown as readonly [Vector, Vector, Vector];
