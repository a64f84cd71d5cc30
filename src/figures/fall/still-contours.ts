// The contour lines of the fall's ground in space, for the still picture.
import { contours } from 'd3';
import { heightOf, type FallModel, type Vector } from './fall-model.ts';

export interface SpaceLine {
  readonly isIndex: boolean;
  /** Share of the scale of its loss, which decides its ink. */
  readonly share: number;
  readonly points: readonly Vector[];
}

/** Lines of equal loss, each in unbroken pieces that end at the edge of the ground. */
export function spaceContours({
  positions,
  columns,
  rows,
  halfWidth,
  halfDepth,
  scale,
}: FallModel): SpaceLine[] {
  const heights = Array.from({ length: columns * rows }, (_, i) => positions[3 * i + 1]!);
  const generate = contours().size([columns, rows]).smooth(true);
  return scale.lines.flatMap(({ value, isIndex }) => {
    const y = heightOf(value);
    const rings = generate.contour(heights, y).coordinates.flat();
    return rings.flatMap(piecesWithin(columns, rows)).map((ring) => ({
      isIndex,
      share: scale.share(value),
      points: ring.map(([column, row]): Vector => [
        halfWidth * ((2 * column) / (columns - 1) - 1),
        y,
        halfDepth * (1 - (2 * row) / (rows - 1)),
      ]),
    }));
  });
}

type Place = readonly [column: number, row: number];

/** `d3.contours` puts sample i at i + 0.5 and closes rings along the edge: these parts are left out. */
const piecesWithin =
  (columns: number, rows: number) =>
  (ring: readonly (readonly number[])[]): Place[][] => {
    const pieces: Place[][] = [];
    let piece: Place[] = [];
    for (const [x, y] of ring as readonly Place[]) {
      const [column, row] = [x - 0.5, y - 0.5];
      const isInside = column > 0 && row > 0 && column < columns - 1 && row < rows - 1;
      if (isInside) piece.push([column, row]);
      else if (piece.length > 0) {
        pieces.push(piece);
        piece = [];
      }
    }
    if (piece.length > 1) pieces.push(piece);
    return pieces.filter(({ length }) => length > 1);
  };
