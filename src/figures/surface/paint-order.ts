// The painter's order of a height field: from the cell furthest from the reader to the nearest.
import type { SurfaceModel, Vector } from './surface-model.ts';

/**
 * Cells `[row, column]`, furthest first. Cells of an axis-aligned grid may be painted by falling distance from the
 * reader along one axis, then along the other: a line of sight moves away in both at once, so a nearer cell never
 * comes first.
 */
export function paintOrder(
  model: Pick<SurfaceModel, 'positions' | 'rows' | 'columns'>,
  reader: Vector,
): [row: number, column: number][] {
  const { positions, columns, rows } = model;
  const away = (cell: number, axis: 0 | 2, stride: number): number => {
    const from = positions[3 * cell * stride + axis] as number;
    const to = positions[3 * (cell + 1) * stride + axis] as number;
    return Math.abs((from + to) / 2 - reader[axis]);
  };
  const furthestFirst = (count: number, axis: 0 | 2, stride: number): number[] =>
    Array.from({ length: count - 1 }, (_, cell) => cell).sort(
      (a, b) => away(b, axis, stride) - away(a, axis, stride),
    );
  const columnOrder = furthestFirst(columns, 0, 1);
  return furthestFirst(rows, 2, columns).flatMap((row) =>
    columnOrder.map((column): [number, number] => [row, column]),
  );
}
