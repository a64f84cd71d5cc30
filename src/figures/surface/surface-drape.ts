// What lies on the block: a path that follows the ground, and the ground's own height anywhere.
import type { SurfacePoint } from './surface-data.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';

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

/** How far along a path each point of its pieces lies: 0 at its start, 1 at its front. */
export function agesOf(pieces: readonly (readonly Vector[])[]): number[][] {
  let travelled = 0;
  const lengths = pieces.map((points) =>
    points.map((point, k) => {
      const before = points[k - 1];
      if (before)
        travelled += Math.hypot(point[0] - before[0], point[1] - before[1], point[2] - before[2]);
      return travelled;
    }),
  );
  const whole = travelled || 1;
  return lengths.map((piece) => piece.map((length) => length / whole));
}
