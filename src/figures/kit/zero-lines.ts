// The lines on which a grid of values is zero, followed cell by cell: fast enough for many grids in one frame.
import type { Point } from './path.ts';

/**
 * Marching squares with linear interpolation on the edges of cells.
 * @param values `[rows, columns]`.
 * @returns polylines in grid units: x along columns, y along rows.
 */
export function zeroLines(values: ArrayLike<number>, columns: number, rows: number): Point[][] {
  const links = linkEdges(values, columns, rows);
  const isDone = new Uint8Array(links.one.length);
  const lines: Point[][] = [];
  const follow = (start: number): void => {
    const line: Point[] = [];
    let [edge, previous] = [start, -1];
    while (edge >= 0 && isDone[edge] === 0) {
      isDone[edge] = 1;
      line.push(crossing(values, edge, columns, rows));
      const next = links.one[edge] === previous ? links.other[edge]! : links.one[edge]!;
      [previous, edge] = [edge, next];
    }
    // A closed line comes back to where it began.
    if (edge === start && line.length > 2) line.push(line[0]!);
    if (line.length > 1) lines.push(line);
  };
  // Lines that end at the rim first, from their ends; what is left is closed.
  for (const edge of links.crossed) if (links.other[edge] === -1) follow(edge);
  for (const edge of links.crossed) follow(edge);
  return lines;
}

interface Links {
  /** Edges that a line crosses. */
  readonly crossed: readonly number[];
  /** By edge: the edges where the line goes on, -1 for none. */
  readonly one: Int32Array;
  readonly other: Int32Array;
}

/** Edge `j columns + i` leads from point (i, j) to (i + 1, j); one of `rows columns` more to (i, j + 1). */
function linkEdges(values: ArrayLike<number>, columns: number, rows: number): Links {
  const upright = columns * rows;
  const one = new Int32Array(2 * upright).fill(-1);
  const other = new Int32Array(2 * upright).fill(-1);
  const crossed: number[] = [];
  const link = (a: number, b: number): void => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      if (one[from] === -1) {
        one[from] = to;
        crossed.push(from);
      } else other[from] = to;
  };
  for (let j = 0; j + 1 < rows; j++)
    for (let i = 0; i + 1 < columns; i++) {
      const at = j * columns + i;
      const signs =
        Number(values[at]! > 0) +
        2 * Number(values[at + 1]! > 0) +
        4 * Number(values[at + columns + 1]! > 0) +
        8 * Number(values[at + columns]! > 0);
      if (signs === 0 || signs === 15) continue;
      const [low, right, high, left] = [at, upright + at + 1, at + columns, upright + at];
      const edges = [low, right, high, left].filter((_, side) => {
        const a = (signs >> side) & 1;
        const b = (signs >> ((side + 1) % 4)) & 1;
        return a !== b;
      });
      if (edges.length === 2) link(edges[0]!, edges[1]!);
      else {
        // A saddle: the sign in its middle says which corners belong together.
        const middle =
          values[at]! + values[at + 1]! + values[at + columns]! + values[at + columns + 1]!;
        const joinsFirst = middle > 0 === (signs & 1) > 0;
        link(low, joinsFirst ? right : left);
        link(high, joinsFirst ? left : right);
      }
    }
  return { crossed, one, other };
}

function crossing(values: ArrayLike<number>, edge: number, columns: number, rows: number): Point {
  const isUpright = edge >= columns * rows;
  const at = isUpright ? edge - columns * rows : edge;
  const [a, b] = [values[at]!, values[at + (isUpright ? columns : 1)]!];
  const share = a / (a - b);
  const [i, j] = [at % columns, Math.floor(at / columns)];
  return isUpright ? [i, j + share] : [i + share, j];
}
