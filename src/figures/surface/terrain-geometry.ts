// The block's ground and its cut faces as buffers for three.js, with the ground that they morph from.
import { BufferGeometry, Float32BufferAttribute, type BufferAttribute } from 'three';
import type { GroundScale } from './ground-scale.ts';
import type { SurfaceModel } from './surface-model.ts';
import { terrainCells } from './terrain-cells.ts';

/** Of a ground that is morphed from; see `resampled`. */
export type GroundShape = Pick<SurfaceModel, 'levels' | 'normals' | 'sky'>;

/** Contour coordinates of levels that go on above the ceiling, so that the line of the cut stays where it is. */
function contours(levels: Float32Array, ground: GroundScale): Float32Array {
  return levels.map((level) => (Number.isNaN(level) ? 0 : ground.contourAt(level)));
}

/** Level, contour coordinate and sky of each point, as the shader reads them. */
function shapeAttribute({ levels, sky }: GroundShape, ground: GroundScale): BufferAttribute {
  const values = new Float32Array(3 * levels.length);
  const lines = contours(levels, ground);
  levels.forEach((level, i) => {
    values.set([Number.isNaN(level) ? 0 : level, lines[i]!, sky[i]!], 3 * i);
  });
  return new Float32BufferAttribute(values, 3);
}

/**
 * The ground as triangles. Attributes: `position` (on the floor: the shader lifts each point to its level), `normal`,
 * and `shape` (level, contour coordinate, share of sky); with `from`, the same of the ground that it comes from.
 */
export function terrainGeometry(
  model: SurfaceModel,
  ground: GroundScale,
  from: GroundShape = model,
): BufferGeometry {
  const floor = model.positions.slice();
  for (let i = 1; i < floor.length; i += 3) floor[i] = 0;
  const geometry = new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(floor, 3))
    .setAttribute('normal', new Float32BufferAttribute(model.normals, 3))
    .setAttribute('shape', shapeAttribute(model, ground));
  if (from !== model)
    geometry
      .setAttribute('fromNormal', new Float32BufferAttribute(from.normals, 3))
      .setAttribute('fromShape', shapeAttribute(from, ground));
  geometry.setIndex(terrainCells(model));
  return geometry;
}

/**
 * The four cut faces, each a strip between floor and rim. Attributes: `position` (on the floor), `rise` (0 at the floor,
 * the level at the rim), `fromRise`, and `facing` (the outward normal along X and Z).
 */
export function wallGeometry(model: SurfaceModel, from: GroundShape = model): BufferGeometry {
  const { columns, rows, positions } = model;
  const along = (count: number, at: (k: number) => number): number[] =>
    Array.from({ length: count }, (_, k) => at(k));
  const rims = [
    { facing: [0, 1], rim: along(columns, (c) => c) },
    { facing: [0, -1], rim: along(columns, (c) => (rows - 1) * columns + c) },
    { facing: [-1, 0], rim: along(rows, (r) => r * columns) },
    { facing: [1, 0], rim: along(rows, (r) => r * columns + columns - 1) },
  ];
  const floor: number[] = [];
  const rise: number[] = [];
  const fromRise: number[] = [];
  const facings: number[] = [];
  const index: number[] = [];
  const known = (level: number): number => (Number.isNaN(level) ? 0 : level);
  for (const { facing, rim } of rims) {
    rim.forEach((i, k) => {
      const first = floor.length / 3;
      for (const share of [0, 1]) {
        floor.push(positions[3 * i]!, 0, positions[3 * i + 2]!);
        rise.push(share * known(model.levels[i]!));
        fromRise.push(share * known(from.levels[i]!));
        facings.push(...facing);
      }
      if (k + 1 < rim.length)
        index.push(first, first + 1, first + 2, first + 2, first + 1, first + 3);
    });
  }
  return new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(floor, 3))
    .setAttribute('rise', new Float32BufferAttribute(rise, 1))
    .setAttribute('fromRise', new Float32BufferAttribute(fromRise, 1))
    .setAttribute('facing', new Float32BufferAttribute(facings, 2))
    .setIndex(index);
}
