// Contour lines of a grid. (d3-contour returns closed rings that also run along the grid's rim, and fills holes.)

/** Fractional grid indices. */
export type GridPoint = readonly [column: number, row: number];

export interface ContourSegment {
  /** Which of the levels asked for. */
  readonly index: number;
  readonly from: GridPoint;
  readonly to: GridPoint;
}

/** Edges of a cell: 0 bottom, 1 right, 2 top, 3 left (row grows upwards). */
const crossings: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[0, 2]],
  [
    [0, 1],
    [2, 3],
  ],
  [[1, 2]],
  [[1, 3]],
  [[0, 1]],
  [[0, 3]],
  [],
];

/**
 * Marching squares with linear interpolation along cell edges.
 *
 * @param values `[rows, columns]`
 * @param levels thresholds, each giving its own lines
 */
export function contourSegments(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  levels: readonly number[],
): ContourSegment[] {
  const segments: ContourSegment[] = [];
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const i = row * columns + column;
      const corners = [values[i], values[i + 1], values[i + columns + 1], values[i + columns]] as [
        number,
        number,
        number,
        number,
      ];
      if (!corners.every(Number.isFinite)) continue;
      const low = Math.min(...corners);
      const high = Math.max(...corners);
      levels.forEach((level, index) => {
        if (level < low || level > high || low === high) return;
        let code = 0;
        corners.forEach((corner, k) => {
          if (corner >= level) code |= 1 << k;
        });
        // A saddle's two lines pass on the sides of its centre that the centre's own value says.
        const centreAbove = (corners[0] + corners[1] + corners[2] + corners[3]) / 4 >= level;
        const lines = crossings[
          centreAbove && (code === 5 || code === 10) ? 15 - code : code
        ] as readonly (readonly [number, number])[];
        const cut = (edge: number): GridPoint => {
          const a = corners[edge] as number;
          const b = corners[(edge + 1) % 4] as number;
          const t = (level - a) / (b - a);
          if (edge === 0) return [column + t, row];
          if (edge === 1) return [column + 1, row + t];
          if (edge === 2) return [column + 1 - t, row + 1];
          return [column, row + 1 - t];
        };
        for (const [from, to] of lines) {
          segments.push({ index, from: cut(from), to: cut(to) });
        }
      });
    }
  }
  return segments;
}

/** Joins the segments of one level into lines: fewer and longer, closed ones ending where they begin. */
export function chained(segments: readonly ContourSegment[]): GridPoint[][] {
  const key = ([column, row]: GridPoint) => `${column.toFixed(5)},${row.toFixed(5)}`;
  const open = new Map<string, GridPoint[]>();
  const lines = new Set<GridPoint[]>();
  for (const { from, to } of segments) {
    const [fromKey, toKey] = [key(from), key(to)];
    if (fromKey === toKey) continue;
    const before = open.get(fromKey);
    const after = open.get(toKey);
    open.delete(fromKey);
    open.delete(toKey);
    const head = before ?? [from];
    // `head` has to end at `from`, and `tail` to begin at `to`.
    if (before && key(before.at(-1) as GridPoint) !== fromKey) before.reverse();
    if (before && before === after) {
      before.push(to);
      continue;
    }
    const tail = after ?? [to];
    if (after && key(after[0] as GridPoint) !== toKey) after.reverse();
    if (before) lines.delete(before);
    if (after) lines.delete(after);
    const line = [...head, ...tail];
    lines.add(line);
    open.set(key(line[0] as GridPoint), line);
    open.set(key(line.at(-1) as GridPoint), line);
  }
  return [...lines];
}
