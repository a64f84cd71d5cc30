// The block as two small pictures, for readers without a graphics card: flat tints at twice the pixels, and light over them.
import { encodePng, type Shades } from '../kit/relief/png.ts';
import type { Camera } from './surface-camera.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import { facingSides } from './surface-frame.ts';
import { fillTriangles, raster, type Raster, type RasterPoints } from './raster.ts';
import { components, lampsAt, lightOn, overlayAt } from './relief-light.ts';
import type { Layout, SurfaceScene } from './surface-scene.ts';
import { terrainCells } from './terrain-cells.ts';
import { cutPaleness, veilAt, wallVeil } from './terrain-look.ts';

/** Pixels of the tints to a pixel of the page. */
const fine = 2;
/** Pixels of the tints to one of the light, which is smooth. */
const coarser = 2;
/** Steps of shade and of light, and of the veil over the cut faces. */
const lightSteps = 40;
const veilSteps = 20;
/** A point may lie this far behind what the raster holds, in world units, and be seen. */
const clearance = 0.012;

export interface StillPicture {
  /** A `data:` address. */
  readonly href: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StillGround {
  /** Tints first, light over them. */
  readonly pictures: readonly StillPicture[];
  /** True where nothing of the block stands between a point on it and the reader. */
  visible(point: Vector): boolean;
}

/** What each pixel of the raster shows. */
interface Painted {
  /** 0 nothing, then the tints, the lid, and a cut face. */
  readonly codes: Uint8Array;
  /** Light of the ground, -1 to 1; of a cut face, the opacity of its veil. */
  readonly lights: Float32Array;
}

/** @param azimuth where the reader stands: the lamps stand with him. */
export function stillGround(
  scene: SurfaceScene,
  camera: Camera,
  azimuth: number,
  { viewport }: Layout,
): StillGround {
  const { model, ground } = scene;
  const pixels = raster(Math.round(viewport.width * fine), Math.round(viewport.height * fine));
  const painted: Painted = {
    codes: new Uint8Array(pixels.width * pixels.height),
    lights: new Float32Array(pixels.width * pixels.height),
  };
  const place = ([x, y, z]: Vector): Vector => {
    const [px, py, depth] = camera.project([x, y, z]);
    return [(px - viewport.left) * fine, (py - viewport.top) * fine, depth];
  };
  const last = ground.tints.length;
  paintGround(pixels, painted, scene, azimuth, place);
  paintWalls(pixels, painted, model, azimuth, place, last + 2);
  const seen = extent(painted.codes, pixels);
  const at = { left: viewport.left, top: viewport.top };
  return {
    pictures: seen
      ? [
          picture(tintShades(painted, pixels, seen, ground.tints), seen, fine, at),
          picture(lightShades(painted, pixels, seen, last + 2), seen, fine, at),
        ]
      : [],
    visible: (point) => isInFront(pixels, place(point)),
  };
}

function paintGround(
  pixels: Raster,
  { codes, lights }: Painted,
  { model, ground }: SurfaceScene,
  azimuth: number,
  place: (point: Vector) => Vector,
): void {
  const { levels, normals, positions, sky, height } = model;
  const lamps = lampsAt(azimuth);
  const vertex = (i: number, y: number): Vector => [positions[3 * i]!, y, positions[3 * i + 2]!];
  const points = pointsOf(
    levels.length,
    3,
    (i) => place(vertex(i, (levels[i] || 0) * height)),
    (i) => [
      levels[i] || 0,
      ground.contourAt(levels[i] || 0),
      lightOn([normals[3 * i]!, normals[3 * i + 1]!, normals[3 * i + 2]!], sky[i]!, lamps),
    ],
  );
  const triangles = terrainCells(model);
  const last = ground.tints.length;
  fillTriangles(pixels, points, triangles, (pixel, values) => {
    if (values[0]! > 1) return false;
    codes[pixel] = 1 + Math.min(last - 1, Math.max(0, Math.floor(values[1]!)));
    lights[pixel] = values[2]!;
    return true;
  });
  if (!levels.some((level) => level > 1)) return;
  const lid = pointsOf(
    levels.length,
    1,
    (i) => place(vertex(i, height)),
    (i) => [levels[i] || 0],
  );
  const cut = triangles.filter((_, k) => {
    const first = k - (k % 3);
    return [0, 1, 2].some((corner) => levels[triangles[first + corner]!]! > 1);
  });
  fillTriangles(pixels, lid, cut, (pixel, values) => {
    if (values[0]! <= 1) return false;
    codes[pixel] = last + 1;
    lights[pixel] = 0;
    return true;
  });
}

function pointsOf(
  length: number,
  count: number,
  placeOf: (i: number) => Vector,
  valuesOf: (i: number) => readonly number[],
): RasterPoints {
  const places = new Float64Array(3 * length);
  const values = new Float32Array(count * length);
  for (let i = 0; i < length; i++) {
    places.set(placeOf(i), 3 * i);
    values.set(valuesOf(i), count * i);
  }
  return { places, values, count };
}

/** The rims of the two cut faces that a reader sees: grid points, and whether the face lies across X. */
export function facingRims(
  { columns, rows }: SurfaceModel,
  azimuth: number,
): { readonly rim: readonly number[]; readonly isAcross: boolean }[] {
  const side = facingSides(azimuth);
  const row = side.z > 0 ? 0 : rows - 1;
  const column = side.x > 0 ? columns - 1 : 0;
  return [
    { rim: Array.from({ length: columns }, (_, c) => row * columns + c), isAcross: false },
    { rim: Array.from({ length: rows }, (_, r) => r * columns + column), isAcross: true },
  ];
}

function paintWalls(
  pixels: Raster,
  { codes, lights }: Painted,
  model: SurfaceModel,
  azimuth: number,
  place: (point: Vector) => Vector,
  code: number,
): void {
  const { positions, levels, height } = model;
  for (const { rim, isAcross } of facingRims(model, azimuth)) {
    // Two points each: on the floor, and at the level of the ground.
    const rise = (k: number): number => (k % 2) * (levels[rim[k >> 1]!]! || 0);
    const points = pointsOf(
      2 * rim.length,
      1,
      (k) => {
        const i = rim[k >> 1]!;
        return place([positions[3 * i]!, rise(k) * height, positions[3 * i + 2]!]);
      },
      (k) => [rise(k)],
    );
    const triangles = rim
      .slice(1)
      .flatMap((_, k) => [2 * k, 2 * k + 1, 2 * k + 2, 2 * k + 2, 2 * k + 1, 2 * k + 3]);
    fillTriangles(pixels, points, triangles, (pixel, values) => {
      if (values[0]! > 1) return false;
      codes[pixel] = code;
      lights[pixel] = veilAt(values[0]!, isAcross);
      return true;
    });
  }
}

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

function picture(
  shades: Shades,
  seen: Extent,
  perPixel: number,
  origin: { readonly left: number; readonly top: number },
): StillPicture {
  const bytes = encodePng(shades);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return {
    href: `data:image/png;base64,${btoa(text)}`,
    x: origin.left + seen.left / perPixel,
    y: origin.top + seen.top / perPixel,
    width: seen.width / perPixel,
    height: seen.height / perPixel,
  };
}

/** Off the block nothing hides a point. */
function isInFront({ width, height, depths }: Raster, [x, y, depth]: Vector): boolean {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < 0 || row < 0 || column >= width || row >= height) return true;
  return depth <= depths[row * width + column]! + clearance;
}
