// Colour and light: loss colour under one soft lamp, the same arithmetic in the still drawing and in three's materials.
import { rgb } from 'd3';
import { lossColour } from '../kit/palette.ts';
import type { Vector } from './surface-model.ts';
import type { SurfaceData } from './surface-data.ts';

/** Over the reader's left shoulder, in the frame of a reader at azimuth 0; unit length. */
const lamp: Vector = [-0.52, 0.78, 0.35].map((v) => v / Math.hypot(0.52, 0.78, 0.35)) as [
  number,
  number,
  number,
];

/** Unit vector towards the lamp, which walks round the block with the reader. */
export function lampDirection(azimuth: number): Vector {
  const [sin, cos] = [Math.sin(azimuth), Math.cos(azimuth)];
  return [lamp[0] * cos + lamp[2] * sin, lamp[1], lamp[2] * cos - lamp[0] * sin];
}

/** Share of a colour seen in full shade, and what the lamp adds face on. */
export const ambientLight = 0.5;
export const lampLight = 0.68;

/** sRGB to linear light and back (IEC 61966-2-1), values 0 to 1. */
export const toLinear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const fromLinear = (value: number): number =>
  value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;

/** Level (0 floor, 1 ceiling) to colour: good is dark. */
export function levelColour(good: SurfaceData['good']): (level: number) => string {
  return good === 'low' ? lossColour(0, 1) : lossColour(1, 0);
}

/** sRGB components 0 to 1 of a colour string. */
export function components(colour: string): Vector {
  const { r, g, b } = rgb(colour);
  return [r / 255, g / 255, b / 255];
}

/** Lambert: colour * (ambient + lamp * max(0, n . l)), in linear light; returns `#rrggbb`. */
export function lit(colour: string, normal: Vector, towardsLamp: Vector): string {
  const facing = Math.max(
    0,
    normal[0] * towardsLamp[0] + normal[1] * towardsLamp[1] + normal[2] * towardsLamp[2],
  );
  const light = ambientLight + lampLight * facing;
  const [r, g, b] = components(colour).map(
    (value) => 255 * Math.min(1, fromLinear(Math.min(1, toLinear(value) * light))),
  ) as [number, number, number];
  return rgb(r, g, b).formatHex();
}
