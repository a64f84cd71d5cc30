// From grid values to a block in space: vertices, normals, and paths laid on the surface.
import type { HeightScale } from './height-scale.ts';
import type { SurfaceData, SurfacePoint } from './surface-data.ts';

export type Vector = readonly [x: number, y: number, z: number];

/**
 * A surface as a block: world X is the plane's x, world Y is up, world Z is minus the plane's y.
 * The floor is Y = 0, the ceiling Y = `height`, the footprint is centred on the origin.
 */
export interface SurfaceModel {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly columns: number;
  readonly rows: number;
  /** Half of the footprint's extent along X and along Z. */
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly height: number;
  /** `[rows, columns]`, 0 at the floor, 1 at the ceiling, more where the surface is cut off; NaN where there is no value. */
  readonly levels: Float32Array;
  /** `[rows, columns, 3]`, never above the ceiling. */
  readonly positions: Float32Array;
  /** `[rows, columns, 3]`, unit length, of the surface before it is cut off. */
  readonly normals: Float32Array;
  /** False where a very long plane was squeezed, so that its axes have different scales. */
  readonly equalScales: boolean;
}

/** World height of the ceiling; the longer side of the footprint is 2. */
const blockHeight = 0.82;
/** A plane narrower than this share of its length would be a ribbon: it is widened to it, and that is stated. */
const narrowest = 0.45;
/** Levels far above the ceiling say no more than this one, and infinity could not be interpolated. */
const highestLevel = 4;

/** Grid indices kept when at most `cells` cells along a side may be drawn: evaluated points only, ends included. */
export function keptIndices(count: number, cells: number): number[] {
  const kept = Math.min(count - 1, cells);
  return Array.from({ length: kept + 1 }, (_, i) => Math.round((i * (count - 1)) / kept));
}

/** Builds the block of `data`, keeping at most `cells` grid cells along a side. */
export function surfaceModel(
  data: SurfaceData,
  scale: HeightScale,
  cells = Infinity,
): SurfaceModel {
  const { xs: allXs, ys: allYs, heights } = data;
  if (allXs.length < 2 || allYs.length < 2 || heights.length !== allXs.length * allYs.length) {
    throw new RangeError(
      `The surface has ${heights.length} heights on a ${allYs.length} x ${allXs.length} grid: expected ${allYs.length * allXs.length} heights and at least two coordinates a side.`,
    );
  }
  const columnIndices = keptIndices(allXs.length, cells);
  const rowIndices = keptIndices(allYs.length, cells);
  const xs = Float64Array.from(columnIndices, (i) => allXs[i] as number);
  const ys = Float64Array.from(rowIndices, (i) => allYs[i] as number);
  const columns = xs.length;
  const rows = ys.length;

  const width = (xs.at(-1) as number) - (xs[0] as number);
  const depth = (ys.at(-1) as number) - (ys[0] as number);
  const longest = Math.max(width, depth);
  const halfWidth = Math.max(width / longest, narrowest);
  const halfDepth = Math.max(depth / longest, narrowest);
  const equalScales = halfWidth === width / longest && halfDepth === depth / longest;

  const levels = new Float32Array(rows * columns);
  const positions = new Float32Array(rows * columns * 3);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      const value =
        heights[(rowIndices[r] as number) * allXs.length + (columnIndices[c] as number)];
      levels[i] = Math.min(scale.level(value as number), highestLevel);
      positions[3 * i] = halfWidth * ((2 * ((xs[c] as number) - (xs[0] as number))) / width - 1);
      positions[3 * i + 1] = Math.min(levels[i] as number, 1) * blockHeight;
      positions[3 * i + 2] =
        halfDepth * (1 - (2 * ((ys[r] as number) - (ys[0] as number))) / depth);
    }
  }
  const model = {
    xs,
    ys,
    columns,
    rows,
    halfWidth,
    halfDepth,
    height: blockHeight,
    levels,
    positions,
    equalScales,
  };
  return { ...model, normals: surfaceNormals(model) };
}

/** Unit normals of Y = f(X, Z): (-df/dX, 1, -df/dZ) normalised, by central differences (one-sided at the rim). */
function surfaceNormals(model: Omit<SurfaceModel, 'normals'>): Float32Array {
  const { rows, columns, positions, levels, height } = model;
  const normals = new Float32Array(positions.length);
  const slope = (from: number, to: number, axis: 0 | 2): number => {
    const rise = height * ((levels[to] as number) - (levels[from] as number));
    const run = (positions[3 * to + axis] as number) - (positions[3 * from + axis] as number);
    return Number.isFinite(rise) ? rise / run : 0;
  };
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      const alongX = slope(i - (c > 0 ? 1 : 0), i + (c < columns - 1 ? 1 : 0), 0);
      const alongZ = slope(i - (r > 0 ? columns : 0), i + (r < rows - 1 ? columns : 0), 2);
      const length = Math.hypot(alongX, 1, alongZ);
      normals[3 * i] = -alongX / length;
      normals[3 * i + 1] = 1 / length;
      normals[3 * i + 2] = -alongZ / length;
    }
  }
  return normals;
}

/** The surface along a row of grid vertices, with the points where the ceiling cuts it; on the floor over holes. */
export function rimProfile(model: SurfaceModel, vertices: readonly number[]): Vector[] {
  const at = (k: number): Vector => {
    const y = model.positions[3 * k + 1] as number;
    return [
      model.positions[3 * k] as number,
      Number.isNaN(y) ? 0 : y,
      model.positions[3 * k + 2] as number,
    ];
  };
  return vertices.flatMap((k, i) => {
    const point = at(k);
    const previous = vertices[i - 1];
    if (previous === undefined) return [point];
    const [from, to] = [model.levels[previous] as number, model.levels[k] as number];
    if ((from - 1) * (to - 1) >= 0 || Number.isNaN(from + to)) return [point];
    const t = (1 - from) / (to - from);
    const before = at(previous);
    return [
      [
        before[0] + t * (point[0] - before[0]),
        model.height,
        before[2] + t * (point[2] - before[2]),
      ] as const,
      point,
    ];
  });
}

/** Index of the grid interval that holds `value`, and how far into it, 0 to 1. */
function locate(coordinates: Float64Array, value: number): [index: number, fraction: number] {
  let low = 0;
  let high = coordinates.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((coordinates[middle] as number) <= value) low = middle;
    else high = middle;
  }
  const start = coordinates[low] as number;
  return [low, (value - start) / ((coordinates[high] as number) - start)];
}

/** Level of the surface at plane coordinates, bilinear between grid points; NaN in a hole or outside the grid. */
function levelAt(model: SurfaceModel, x: number, y: number): number {
  const { xs, ys, columns, levels } = model;
  const [column, u] = locate(xs, x);
  const [row, v] = locate(ys, y);
  // A float32 coordinate on the rim may lie a rounding error outside it.
  if (Math.min(u, v) < -1e-4 || Math.max(u, v) > 1 + 1e-4) return NaN;
  const i = row * columns + column;
  return (
    (1 - v) * ((1 - u) * (levels[i] as number) + u * (levels[i + 1] as number)) +
    v * ((1 - u) * (levels[i + columns] as number) + u * (levels[i + columns + 1] as number))
  );
}

const ends = (coordinates: Float64Array): [first: number, extent: number] => {
  const first = coordinates[0] as number;
  return [first, (coordinates.at(-1) as number) - first];
};

/** World height of the surface above a world point of the floor; null outside the block or in a hole. */
export function groundAt(model: SurfaceModel, worldX: number, worldZ: number): number | null {
  const [x0, width] = ends(model.xs);
  const [y0, depth] = ends(model.ys);
  const level = levelAt(
    model,
    x0 + (width * (worldX / model.halfWidth + 1)) / 2,
    y0 + (depth * (1 - worldZ / model.halfDepth)) / 2,
  );
  return Number.isNaN(level) ? null : Math.min(level, 1) * model.height;
}

/** The point of the surface at plane coordinates, in the world; null outside the grid or in a hole. */
export function drapedPoint(model: SurfaceModel, x: number, y: number): Vector | null {
  const level = levelAt(model, x, y);
  if (Number.isNaN(level)) return null;
  const [x0, width] = ends(model.xs);
  const [y0, depth] = ends(model.ys);
  return [
    model.halfWidth * ((2 * (x - x0)) / width - 1),
    Math.min(level, 1) * model.height,
    model.halfDepth * (1 - (2 * (y - y0)) / depth),
  ];
}

/**
 * A path laid on the surface: a straight step on the plane follows the ground between its ends.
 * Pieces outside the grid are left out; each inner array is one unbroken piece.
 */
export function drapedPath(model: SurfaceModel, points: readonly SurfacePoint[]): Vector[][] {
  const cellWidth = ends(model.xs)[1] / (model.columns - 1);
  const cellDepth = ends(model.ys)[1] / (model.rows - 1);
  const pieces: Vector[][] = [];
  let piece: Vector[] = [];
  const add = (x: number, y: number) => {
    const point = drapedPoint(model, x, y);
    if (point) piece.push(point);
    else if (piece.length > 0) {
      pieces.push(piece);
      piece = [];
    }
  };
  points.forEach(([x, y], i) => {
    const previous = points[i - 1];
    if (previous) {
      const cellsCrossed = Math.max(
        Math.abs(x - previous[0]) / cellWidth,
        Math.abs(y - previous[1]) / cellDepth,
      );
      // A diverging path can jump astronomically far: past the grid, more samples show nothing.
      const steps = Number.isFinite(cellsCrossed)
        ? Math.min(Math.ceil(cellsCrossed * 2), 2_000)
        : 1;
      for (let k = 1; k < steps; k++) {
        const t = k / steps;
        add(previous[0] + t * (x - previous[0]), previous[1] + t * (y - previous[1]));
      }
    }
    add(x, y);
  });
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}
