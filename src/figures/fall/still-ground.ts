// The ground of the fall as two small pictures for readers without a graphics card: flat tints, and light over them.
import { encodePng, type Shades } from '../kit/relief/png.ts';
import { fillTriangles, raster, type Raster } from '../surface/raster.ts';
import { components, lampsAt, lightOn, overlayAt } from '../surface/relief-light.ts';
import type { Camera } from '../surface/surface-camera.ts';
import type { FallModel, Vector } from './fall-model.ts';

/** Pixels of the page to one of the light, which is smooth. */
const lightPixels = 8;
const lightSteps = 20;
/** A point may lie this far behind what the raster holds, in world units, and be seen. */
const clearance = 0.02;

export interface FallGround {
  /** `data:` addresses over the whole picture. */
  readonly tints: string;
  readonly light: string;
  /** True where the ground does not stand between a point and the reader. */
  visible(point: Vector): boolean;
}

export interface StillSize {
  readonly width: number;
  readonly height: number;
  /** Pixels of the tints to a pixel of the page. */
  readonly fine: number;
}

interface Painted {
  readonly pixels: Raster;
  /** 0 nothing, then the tints. */
  readonly codes: Uint8Array;
  readonly lights: Float32Array;
}

function paint(model: FallModel, camera: Camera, { width, height, fine }: StillSize): Painted {
  const { positions, normals, sky, contours, columns, rows, scale } = model;
  const pixels = raster(Math.round(Math.ceil(width) * fine), Math.round(Math.ceil(height) * fine));
  const codes = new Uint8Array(pixels.width * pixels.height);
  const lights = new Float32Array(codes.length);
  const lamps = lampsAt(Math.atan2(camera.position[0], camera.position[2]));
  const places = new Float64Array(positions.length);
  const values = new Float32Array(2 * contours.length);
  for (let i = 0; i < contours.length; i++) {
    const [x, y, depth] = camera.project([
      positions[3 * i]!,
      positions[3 * i + 1]!,
      positions[3 * i + 2]!,
    ]);
    places.set([x * fine, y * fine, depth], 3 * i);
    const normal: Vector = [normals[3 * i]!, normals[3 * i + 1]!, normals[3 * i + 2]!];
    values.set([contours[i]!, lightOn(normal, sky[i]!, lamps)], 2 * i);
  }
  const triangles: number[] = [];
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const i = row * columns + column;
      triangles.push(i, i + 1, i + columns, i + 1, i + columns + 1, i + columns);
    }
  const last = scale.bands.length - 1;
  fillTriangles(pixels, { places, values, count: 2 }, triangles, (pixel, here) => {
    codes[pixel] = 1 + Math.min(last, Math.max(0, Math.floor(here[0]!)));
    lights[pixel] = here[1]!;
    return true;
  });
  return { pixels, codes, lights };
}

const address = (shades: Shades): string =>
  `data:image/png;base64,${btoa(Array.from(encodePng(shades), (byte) => String.fromCharCode(byte)).join(''))}`;

const lightPalette = Array.from({ length: 2 * lightSteps + 1 }, (_, k) => {
  const { colour, opacity } = overlayAt((k - lightSteps) / lightSteps);
  const [r, g, b] = colour.map((value) => Math.round(255 * value)) as [number, number, number];
  return [r, g, b, Math.round(255 * opacity)] as const;
});

export function fallGround(model: FallModel, camera: Camera, size: StillSize): FallGround {
  const { fine } = size;
  const coarser = lightPixels * fine;
  const { pixels, codes, lights } = paint(model, camera, size);
  const tints = model.scale.bands.map(({ colour }) => {
    const [r, g, b] = components(colour).map((value) => Math.round(255 * value)) as [
      number,
      number,
      number,
    ];
    return [r, g, b, 255] as const;
  });
  const [columns, rows] = [Math.ceil(pixels.width / coarser), Math.ceil(pixels.height / coarser)];
  const light = new Uint8Array(columns * rows).fill(lightSteps);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const pixel = Math.floor(row * coarser) * pixels.width + Math.floor(column * coarser);
      if (codes[pixel])
        light[row * columns + column] = Math.round(lightSteps * (1 + lights[pixel]!));
    }
  return {
    tints: address({
      palette: [[0, 0, 0, 0], ...tints],
      indices: codes,
      width: pixels.width,
      height: pixels.height,
      isFlat: true,
    }),
    light: address({ palette: lightPalette, indices: light, width: columns, height: rows }),
    visible(point) {
      const [x, y, depth] = camera.project(point);
      const [column, row] = [Math.floor(x * fine), Math.floor(y * fine)];
      if (column < 0 || row < 0 || column >= pixels.width || row >= pixels.height) return true;
      return depth <= pixels.depths[row * pixels.width + column]! + clearance;
    },
  };
}
