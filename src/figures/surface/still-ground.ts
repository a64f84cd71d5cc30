// The block as two small pictures, for readers without a graphics card: flat tints, and light over them at fewer pixels.
import type { Camera } from './surface-camera.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import { facingSides } from './surface-frame.ts';
import { fillTriangles, raster, type Raster, type RasterPoints } from './raster.ts';
import { lampsAt, lightOn } from './relief-light.ts';
import type { SurfaceScene } from './surface-scene.ts';
import type { Layout } from './surface-layout.ts';
import { lidCode, picturesOf, wallCode, type Painted, type StillPicture } from './still-shades.ts';
import { terrainCells } from './terrain-cells.ts';
import { cutFrom, veilAt } from './terrain-look.ts';

/** Pixels of the raster to a pixel of the page. */
const fine = 1.75;
/** A point may lie this far behind what the raster holds, in world units, and be seen. */
const clearance = 0.012;

export interface StillGround {
  /** Tints first, light over them. */
  readonly pictures: readonly StillPicture[];
  /** True where nothing of the block stands between a point on it and the reader. */
  visible(point: Vector): boolean;
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
  paintGround(pixels, painted, scene, azimuth, place);
  paintWalls(pixels, painted, model, azimuth, place, wallCode(ground.tints));
  const { left, top } = viewport;
  return {
    pictures: picturesOf(painted, pixels, ground.tints, { left, top, perPixel: fine }),
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
    if (values[0]! > cutFrom) return false;
    codes[pixel] = 1 + Math.min(last - 1, Math.max(0, Math.floor(values[1]!)));
    lights[pixel] = values[2]!;
    return true;
  });
  if (!levels.some((level) => level > cutFrom)) return;
  const lid = pointsOf(
    levels.length,
    1,
    (i) => place(vertex(i, height)),
    (i) => [levels[i] || 0],
  );
  const cut = triangles.filter((_, k) => {
    const first = k - (k % 3);
    return [0, 1, 2].some((corner) => levels[triangles[first + corner]!]! > cutFrom);
  });
  fillTriangles(pixels, lid, cut, (pixel, values) => {
    if (values[0]! <= cutFrom) return false;
    codes[pixel] = lidCode(ground.tints);
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
      if (values[0]! > cutFrom) return false;
      codes[pixel] = code;
      lights[pixel] = veilAt(values[0]!, isAcross);
      return true;
    });
  }
}

/** At the very edge of the block a point may fall on an empty pixel: its neighbours decide. */
function isInFront({ width, height, depths }: Raster, [x, y, depth]: Vector): boolean {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const at = (c: number, r: number): number =>
    c < 0 || r < 0 || c >= width || r >= height ? Infinity : depths[r * width + c]!;
  const here = at(column, row);
  if (here < Infinity) return depth <= here + clearance;
  return [at(column - 1, row), at(column + 1, row), at(column, row - 1), at(column, row + 1)].some(
    (near) => near < Infinity && depth <= near + clearance,
  );
}
