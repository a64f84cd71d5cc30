// The light of the maps in space: the same lamps, which walk round the block with the reader, and the same strengths.
import { rgb } from 'd3';
import { rays, relativeLight } from '../kit/relief/hillshade.ts';
import { occlusionWeight, shadeStrengths, slopeWeight } from '../kit/relief/relief-image.ts';
import type { Vector } from './surface-model.ts';

export interface Lamp {
  /** Towards the lamp, of unit length, in the world. */
  readonly direction: Vector;
  readonly weight: number;
}

/**
 * A map's lamps are to the north-west. A reader of a block looks along the ground at slopes that face him: the lamps
 * stand this much further round to his left, so that those slopes are lit from the side and not from behind.
 */
const towardsReader = (50 * Math.PI) / 180;

/** The lamps as they stand for a reader at an azimuth (see `View`). */
export function lampsAt(azimuth: number): Lamp[] {
  // Away from the reader is north; a positive turn moves it to the west.
  const turn = azimuth + towardsReader;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  return rays.map(({ east, north, up, weight }) => ({
    direction: [east * cos - north * sin, up, -east * sin - north * cos],
    weight,
  }));
}

/**
 * Light on a point, from -1 (full shade) to 1: as on the maps, how much brighter its slope is than level ground, less
 * what it does not see of the sky.
 *
 * @param normal unit length.
 * @param sky share of the sky that is visible, 0 to 1.
 */
export function lightOn(normal: Vector, sky: number, lamps: readonly Lamp[]): number {
  let brightness = 0;
  for (const { direction, weight } of lamps)
    brightness +=
      weight *
      Math.max(0, normal[0] * direction[0] + normal[1] * direction[1] + normal[2] * direction[2]);
  const relative = relativeLight(brightness);
  const light = slopeWeight * relative - occlusionWeight * (1 - sky);
  return Math.min(1, Math.max(-1, light));
}

/** sRGB components 0 to 1 of a colour string. */
export function components(colour: string): Vector {
  const { r, g, b } = rgb(colour);
  return [r / 255, g / 255, b / 255];
}

/** What is laid over a tint at a light: warm where it is bright, cool where it is in shade; components 0 to 1. */
export function overlayAt(light: number): { readonly colour: Vector; readonly opacity: number } {
  const { colour, opacity } = shadeStrengths[light < 0 ? 'shade' : 'light'];
  return {
    colour: [colour[0] / 255, colour[1] / 255, colour[2] / 255],
    opacity: Math.abs(light) * opacity,
  };
}
