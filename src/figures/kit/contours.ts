// Contours of a grid of values as short SVG paths: filled levels from `d3.contours`, mapped to the drawing.
import { contours } from 'd3';
import { linePath, simplify, type Point } from './path.ts';

export interface GridPicture {
  /** `[rows, columns]`, row-major; rows follow `ys`. */
  readonly values: ArrayLike<number>;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** Grid coordinates to pixels. */
  x(value: number): number;
  y(value: number): number;
}

export interface Level {
  readonly threshold: number;
  /** Outline of everything at or above the threshold, to be filled. */
  readonly path: string;
  /** The line where the value is the threshold: the outline without its way along the grid's edge. */
  readonly line: string;
}

/** Two fifths of a pixel: nobody sees it, and a page of maps weighs a quarter less. */
const grain = 4;

interface Vertex {
  readonly point: Point;
  readonly isOnEdge: boolean;
}

/** Linear interpolation of grid coordinates at a fractional index, kept within the grid. */
function coordinate(places: ArrayLike<number>, index: number): number {
  const inside = Math.min(places.length - 1, Math.max(0, index));
  const before = Math.min(places.length - 2, Math.floor(inside));
  const a = places[before]!;
  return a + (inside - before) * (places[before + 1]! - a);
}

/** `d3.contours` puts sample i at i + 0.5, and closes outlines around the edge of the grid. */
export function levels(grid: GridPicture, thresholds: readonly number[]): Level[] {
  const { xs, ys } = grid;
  const generate = contours().size([xs.length, ys.length]).smooth(true);
  const values = Array.from(grid.values);
  return thresholds.map((threshold) => {
    const { coordinates } = generate.contour(values, threshold);
    const rings = coordinates
      .flatMap((polygon) => polygon)
      .map((ring) =>
        ring.map(([column, row]): Vertex => {
          const [i, j] = [column! - 0.5, row! - 0.5];
          return {
            point: [grid.x(coordinate(xs, i)), grid.y(coordinate(ys, j))],
            isOnEdge: i <= 0 || j <= 0 || i >= xs.length - 1 || j >= ys.length - 1,
          };
        }),
      );
    return {
      threshold,
      path: rings
        .map((ring) =>
          simplify(
            ring.map(({ point }) => point),
            0.25,
          ),
        )
        .map((points) => (points.length < 3 ? '' : linePath(points, { closed: true, grain })))
        .join(''),
      line: rings
        .flatMap(inside)
        .map((points) => linePath(simplify(points, 0.25), { grain }))
        .join(''),
    };
  });
}

/** Parts of a ring that do not run along the edge of the grid. */
function inside(ring: readonly Vertex[]): Point[][] {
  const parts: Point[][] = [];
  let part: Point[] = [];
  for (const [index, { point, isOnEdge }] of ring.entries()) {
    const runsAlong = isOnEdge && (ring[index - 1]?.isOnEdge ?? true);
    if (runsAlong) {
      if (part.length > 1) parts.push(part);
      part = [point];
    } else part.push(point);
  }
  if (part.length > 1) parts.push(part);
  return parts;
}
