// A landscape as relief shading sees it: a regular grid of heights in the plane's own units, smoothed only between its points.

/** Heights and spacing share one unit; a height that is not finite must have been replaced before. */
export interface ReliefGrid {
  /** `[rows, columns]`, row-major; rows run from south to north. */
  readonly heights: Float64Array;
  readonly columns: number;
  readonly rows: number;
  /** Distance between neighbours along a row and along a column. */
  readonly spacing: readonly [along: number, across: number];
}

/** Catmull & Rom 1974: a cubic through the two middle values that leaves them with the slopes of their neighbours. */
function cubic(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Values beyond an edge continue in a straight line. */
function valueAt(values: Float64Array, start: number, stride: number, count: number, i: number) {
  const at = (index: number): number => values[start + index * stride]!;
  if (i < 0) return 2 * at(0) - at(1);
  if (i >= count) return 2 * at(count - 1) - at(count - 2);
  return at(i);
}

/** `factor` - 1 new values between each two of a line. */
function refineLines(
  values: Float64Array,
  lines: number,
  count: number,
  lineStride: number,
  stride: number,
  factor: number,
): Float64Array {
  const finer = (count - 1) * factor + 1;
  const result = new Float64Array(lines * finer);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStride;
    for (let k = 0; k < finer; k++) {
      const i = Math.min(count - 2, Math.floor(k / factor));
      const [a, b, c, d] = [-1, 0, 1, 2].map((by) =>
        valueAt(values, start, stride, count, i + by),
      ) as [number, number, number, number];
      result[line * finer + k] = cubic(a, b, c, d, k / factor - i);
    }
  }
  return result;
}

/** The same grid with `factor` times as many cells a side; every evaluated height is kept as it is. */
export function refine(grid: ReliefGrid, factor: number): ReliefGrid {
  if (factor === 1) return grid;
  const { heights, columns, rows, spacing } = grid;
  const along = refineLines(heights, rows, columns, columns, 1, factor);
  const finerColumns = (columns - 1) * factor + 1;
  const finerRows = (rows - 1) * factor + 1;
  // Columns become lines, and are turned back.
  const turned = refineLines(along, finerColumns, rows, 1, finerColumns, factor);
  const result = new Float64Array(finerColumns * finerRows);
  for (let column = 0; column < finerColumns; column++)
    for (let row = 0; row < finerRows; row++)
      result[row * finerColumns + column] = turned[column * finerRows + row]!;
  return {
    heights: result,
    columns: finerColumns,
    rows: finerRows,
    spacing: [spacing[0] / factor, spacing[1] / factor],
  };
}
