// What a raster of the block shows as two small PNG files: flat tints, and light over them, which needs fewer pixels.
import { encodePng, type Shades } from '../kit/relief/png.ts';
import type { Raster } from './raster.ts';
import { components, overlayAt } from './relief-light.ts';
import type { Vector } from './surface-model.ts';
import { cutPaleness, wallVeil } from './terrain-look.ts';

/** Pixels of the tints to one of the light, which is smooth. */
const coarser = 4;
/** Steps of shade and of light, and of the veil over the cut faces. */
const lightSteps = 24;
const veilSteps = 16;

export interface StillPicture {
  /** A `data:` address. */
  readonly href: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What each pixel of the raster shows. */
export interface Painted {
  /** 0 nothing, then the tints, the lid, and a cut face: see `lidCode` and `wallCode`. */
  readonly codes: Uint8Array;
  /** Light of the ground, -1 to 1; of a cut face, the opacity of its veil. */
  readonly lights: Float32Array;
}

/**
 * Tints first, light over them; none where nothing is painted.
 *
 * @param origin the raster's corner on the page, and how many of its pixels are one of the page.
 */
export function picturesOf(
  painted: Painted,
  pixels: Raster,
  tints: readonly string[],
  origin: Origin,
): StillPicture[] {
  const seen = extent(painted.codes, pixels);
  if (!seen) return [];
  return [
    picture(tintShades(painted, pixels, seen, tints), seen, origin),
    picture(lightShades(painted, pixels, seen, wallCode(tints)), seen, origin),
  ];
}

export interface Origin {
  readonly left: number;
  readonly top: number;
  readonly perPixel: number;
}

/** Codes of what a pixel shows: tint k is k + 1. */
export const lidCode = (tints: readonly string[]): number => tints.length + 1;
export const wallCode = (tints: readonly string[]): number => tints.length + 2;

/** In pixels of the raster, whole steps of the light's. */
interface Extent {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function extent(codes: Uint8Array, { width, height }: Raster): Extent | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (codes[row * width + column]) {
        left = Math.min(left, column);
        right = Math.max(right, column);
        top = Math.min(top, row);
        bottom = row;
      }
  if (right < 0) return null;
  const whole = (value: number): number => Math.ceil(value / coarser) * coarser;
  left -= left % coarser;
  top -= top % coarser;
  return { left, top, width: whole(right + 1 - left), height: whole(bottom + 1 - top) };
}

function tintShades(
  { codes }: Painted,
  { width }: Raster,
  seen: Extent,
  tints: readonly string[],
): Shades {
  const bytes = ([r, g, b]: Vector, alpha = 255) =>
    [Math.round(255 * r), Math.round(255 * g), Math.round(255 * b), alpha] as const;
  const highest = components(tints[tints.length - 1]!);
  const [r, g, b] = highest.map((value) => value + cutPaleness * (1 - value)) as [
    number,
    number,
    number,
  ];
  const clear = [0, 0, 0, 0] as const;
  return {
    // A cut face is paper: the drawing's own.
    palette: [clear, ...tints.map((tint) => bytes(components(tint))), bytes([r, g, b]), clear],
    indices: sampled(seen, 1, (row, column) => codes[row * width + column] ?? 0),
    width: seen.width,
    height: seen.height,
    isFlat: true,
  };
}

const lightPalette = [
  ...Array.from({ length: 2 * lightSteps + 1 }, (_, k) => {
    const { colour, opacity } = overlayAt((k - lightSteps) / lightSteps);
    const [r, g, b] = colour.map((value) => Math.round(255 * value)) as [number, number, number];
    return [r, g, b, Math.round(255 * opacity)] as const;
  }),
  ...Array.from({ length: veilSteps + 1 }, (_, k) => {
    const opacity = (wallVeil.opacity * k) / veilSteps;
    return [...wallVeil.colour, Math.round(255 * opacity)] as const;
  }),
];

/** Outside the block it is clear, as it is on level ground. */
function lightShades(
  { codes, lights }: Painted,
  { width }: Raster,
  seen: Extent,
  wall: number,
): Shades {
  const indices = sampled(seen, coarser, (row, column) => {
    const pixel = row * width + column;
    const [code, light] = [codes[pixel] ?? 0, lights[pixel] ?? 0];
    if (code === 0) return lightSteps;
    if (code === wall)
      return 2 * lightSteps + 1 + Math.round((veilSteps * light) / wallVeil.opacity);
    return Math.round(lightSteps * (1 + light));
  });
  return {
    palette: lightPalette,
    indices,
    width: seen.width / coarser,
    height: seen.height / coarser,
  };
}

/** Every `stride`-th pixel of an extent. */
function sampled(
  { left, top, width, height }: Extent,
  stride: number,
  of: (row: number, column: number) => number,
): Uint8Array {
  const [columns, rows] = [width / stride, height / stride];
  const result = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[row * columns + column] = of(top + row * stride, left + column * stride);
  return result;
}

function picture(shades: Shades, seen: Extent, { left, top, perPixel }: Origin): StillPicture {
  const bytes = encodePng(shades);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return {
    href: `data:image/png;base64,${btoa(text)}`,
    x: left + seen.left / perPixel,
    y: top + seen.top / perPixel,
    width: seen.width / perPixel,
    height: seen.height / perPixel,
  };
}
