// From grid values to a block in space: refined between the evaluated points, with normals and the share of sky that each point sees.
import { skyVisible } from '../kit/relief/occlusion.ts';
import { refine, type ReliefGrid } from '../kit/relief/relief-grid.ts';
import type { HeightScale } from './height-scale.ts';
import type { SurfaceData } from './surface-data.ts';
import { cutFrom } from './terrain-look.ts';

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
  /** `[rows, columns]`, share of the sky that is visible from each point, 0 to 1. */
  readonly sky: Float32Array;
  /** False where a very long plane was squeezed, so that its axes have different scales. */
  readonly equalScales: boolean;
}

/** World height of the ceiling; the longer side of the footprint is 2. */
export const blockHeight = 0.82;
/** A plane narrower than this share of its length would be a ribbon: it is widened to it, and that is stated. */
const narrowest = 0.45;
/** Points along the longer side for the sky, the dear part: it changes slowly. */
const mostForSky = 64;

/**
 * Levels above the ceiling approach 2: they are cut off anyway, and a cubic between a low point and a very high one, or
 * infinity, would swing below the low one. The slope at the ceiling is kept.
 */
const tamed = (level: number): number =>
  level <= 1 ? level : level === Infinity ? 2 : 2 - Math.exp(1 - level);

/**
 * Builds the block of `data`, with about `cells` cells along the longer side of its grid where that has fewer: every
 * evaluated height is kept, and between them runs a cubic.
 */
export function surfaceModel(data: SurfaceData, scale: HeightScale, cells = 1): SurfaceModel {
  const { xs: coarseXs, ys: coarseYs, heights } = data;
  const [across, up] = [coarseXs.length, coarseYs.length];
  if (across < 2 || up < 2 || heights.length !== across * up)
    throw new RangeError(
      `The surface has ${heights.length} heights on a ${up} x ${across} grid: expected ${up * across} heights and at least two coordinates a side.`,
    );
  const factor = Math.max(1, Math.floor(cells / (Math.max(across, up) - 1)));
  const xs = finer(coarseXs, factor);
  const ys = finer(coarseYs, factor);
  const width = xs[xs.length - 1]! - xs[0]!;
  const depth = ys[ys.length - 1]! - ys[0]!;
  const longest = Math.max(width, depth);
  const halfWidth = Math.max(width / longest, narrowest);
  const halfDepth = Math.max(depth / longest, narrowest);

  const evaluated: ReliefGrid = {
    heights: Float64Array.from(
      heights,
      (value) => blockHeight * tamed(Number.isNaN(value) ? Infinity : scale.level(value)),
    ),
    columns: across,
    rows: up,
    spacing: [(2 * halfWidth) / (across - 1), (2 * halfDepth) / (up - 1)],
  };
  const ground = refine(evaluated, factor);
  const { columns, rows } = ground;
  const levels = Float32Array.from(ground.heights, (y) => Math.max(0, y / blockHeight));
  keepUnderCeiling(levels, evaluated, factor);
  const normals = surfaceNormals(ground);
  dig(levels, heights, across, factor);
  const positions = new Float32Array(rows * columns * 3);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      positions[3 * i] = halfWidth * ((2 * (xs[column]! - xs[0]!)) / width - 1);
      positions[3 * i + 1] = Math.min(levels[i]!, 1) * blockHeight;
      positions[3 * i + 2] = halfDepth * (1 - (2 * (ys[row]! - ys[0]!)) / depth);
    }
  return {
    xs,
    ys,
    columns,
    rows,
    halfWidth,
    halfDepth,
    height: blockHeight,
    levels,
    positions,
    normals,
    sky: skyOver(evaluated, factor),
    equalScales: halfWidth === width / longest && halfDepth === depth / longest,
  };
}

/** `factor` - 1 new coordinates between each two. */
function finer(coordinates: ArrayLike<number>, factor: number): Float64Array {
  const result = new Float64Array((coordinates.length - 1) * factor + 1);
  for (let k = 0; k < result.length; k++) {
    const i = Math.min(coordinates.length - 2, Math.floor(k / factor));
    result[k] = coordinates[i]! + (k / factor - i) * (coordinates[i + 1]! - coordinates[i]!);
  }
  return result;
}

/** A cubic may swing above a cell's corners; where none of these is cut off, nothing between them is. */
function keepUnderCeiling(
  levels: Float32Array,
  { heights, columns: across, rows: up }: ReliefGrid,
  factor: number,
): void {
  const columns = (across - 1) * factor + 1;
  const isCut = (row: number, column: number): boolean =>
    heights[row * across + column]! > blockHeight * cutFrom;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i]! <= 1) continue;
    const [y, x] = [Math.floor(i / columns) / factor, (i % columns) / factor];
    const [south, west] = [Math.floor(y), Math.floor(x)];
    const [north, east] = [Math.min(up - 1, Math.ceil(y)), Math.min(across - 1, Math.ceil(x))];
    if (
      ![isCut(south, west), isCut(south, east), isCut(north, west), isCut(north, east)].includes(
        true,
      )
    )
      levels[i] = 1;
  }
}

/** Takes away the refined points of cells that have a corner without a value. */
function dig(
  levels: Float32Array,
  heights: ArrayLike<number>,
  across: number,
  factor: number,
): void {
  const columns = (across - 1) * factor + 1;
  const rows = levels.length / columns;
  for (let i = 0; i < heights.length; i++) {
    if (!Number.isNaN(heights[i]!)) continue;
    const [row, column] = [Math.floor(i / across) * factor, (i % across) * factor];
    const reach = factor - 1;
    for (let r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++)
      for (let c = Math.max(0, column - reach); c <= Math.min(columns - 1, column + reach); c++)
        levels[r * columns + c] = NaN;
  }
}

/** Unit normals of Y = f(X, Z): (-df/dX, 1, -df/dZ) normalised, by central differences (one-sided at the rim). */
export function surfaceNormals({ heights, columns, rows, spacing }: ReliefGrid): Float32Array {
  const normals = new Float32Array(3 * heights.length);
  for (let row = 0; row < rows; row++) {
    const [south, north] = [Math.max(0, row - 1), Math.min(rows - 1, row + 1)];
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      const [west, east] = [Math.max(0, column - 1), Math.min(columns - 1, column + 1)];
      const eastward =
        (heights[row * columns + east]! - heights[row * columns + west]!) /
        ((east - west) * spacing[0]);
      const northward =
        (heights[north * columns + column]! - heights[south * columns + column]!) /
        ((north - south) * spacing[1]);
      const length = Math.hypot(eastward, 1, northward);
      normals[3 * i] = -eastward / length;
      normals[3 * i + 1] = 1 / length;
      // World Z runs against the rows.
      normals[3 * i + 2] = northward / length;
    }
  }
  return normals;
}

/** The share of sky above a grid refined `factor` times, computed on fewer points. */
function skyOver(evaluated: ReliefGrid, factor: number): Float32Array {
  const cells = Math.max(evaluated.columns, evaluated.rows) - 1;
  const halves = [evaluated.columns, evaluated.rows].every((count) => count % 2 === 1);
  const stride = cells > mostForSky && halves ? 2 : 1;
  const base = stride === 2 ? everySecond(evaluated) : evaluated;
  const sky = refine({ ...base, heights: skyVisible(base, 1) }, factor * stride);
  return Float32Array.from(sky.heights, (share) => Math.min(1, Math.max(0, share)));
}

function everySecond({ heights, columns, rows, spacing }: ReliefGrid): ReliefGrid {
  const [fewerColumns, fewerRows] = [(columns + 1) / 2, (rows + 1) / 2];
  return {
    heights: Float64Array.from(
      { length: fewerColumns * fewerRows },
      (_, i) => heights[2 * Math.floor(i / fewerColumns) * columns + 2 * (i % fewerColumns)]!,
    ),
    columns: fewerColumns,
    rows: fewerRows,
    spacing: [2 * spacing[0], 2 * spacing[1]],
  };
}
