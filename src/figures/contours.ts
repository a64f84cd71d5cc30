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
  /** Outline of everything at or above the threshold. */
  readonly path: string;
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
    const path = coordinates
      .flatMap((polygon) => polygon)
      .map((ring) => {
        const points = ring.map(([column, row]): Point => [
          grid.x(coordinate(xs, column! - 0.5)),
          grid.y(coordinate(ys, row! - 0.5)),
        ]);
        const short = simplify(points, 0.25);
        return short.length < 3 ? '' : linePath(short, true);
      })
      .join('');
    return { threshold, path };
  });
}
