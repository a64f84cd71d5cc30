// The values of index lines, written along the lines as on a survey sheet, apart from each other and from the marks.
import { inkOn } from './filled-contours.ts';
import { writeText } from './labels.ts';
import { contourable, type LevelScale } from './level-scale.ts';
import type { Point } from './path.ts';
import type { Group } from './stage.ts';

export interface LabelledGrid {
  /** `[ys.length, xs.length]`. */
  readonly values: ArrayLike<number>;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** Grid coordinates to pixels. */
  place(x: number, y: number): Point;
  /** Marks that no label may cover. */
  readonly taken: readonly Point[];
}

interface ContourLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly value: number;
  /** Degrees clockwise, along the line, never upside down. */
  readonly turn: number;
}

/** The direction of a contour line on the page at a grid point: across the steepest way. */
function turnAt(grid: LabelledGrid, heights: ArrayLike<number>, row: number, column: number) {
  const { xs, ys, place } = grid;
  const columns = xs.length;
  const at = (r: number, c: number): number => heights[r * columns + c]!;
  const [left, bottom] = place(xs[column - 1]!, ys[row - 1]!);
  const [right, top] = place(xs[column + 1]!, ys[row + 1]!);
  const alongX = (at(row, column + 1) - at(row, column - 1)) / (right - left);
  const alongY = (at(row + 1, column) - at(row - 1, column)) / (top - bottom);
  const degrees = (Math.atan2(alongX, -alongY) * 180) / Math.PI;
  if (degrees > 90) return degrees - 180;
  return degrees <= -90 ? degrees + 180 : degrees;
}

/** Writes each contour's value where a ray from the lowest point to a corner, the farthest first, crosses it. */
export function drawContourLabels(
  group: Group,
  grid: LabelledGrid,
  scale: LevelScale,
  format: (value: number) => string,
): void {
  const { values, xs, ys, place, taken } = grid;
  const columns = xs.length;
  const rows = ys.length;
  const heights = contourable(values, scale);
  let lowest = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! < values[lowest]!) lowest = i;
  const [row, column] = [Math.floor(lowest / columns), lowest % columns];
  const labels: ContourLabel[] = [];
  const corners = [
    [0, 0],
    [0, columns - 1],
    [rows - 1, 0],
    [rows - 1, columns - 1],
  ] as const;
  const byDistance = [...corners].sort(
    (a, b) => Math.hypot(b[0] - row, b[1] - column) - Math.hypot(a[0] - row, a[1] - column),
  );
  for (const [endRow, endColumn] of byDistance) {
    const steps = 2 * Math.max(Math.abs(endRow - row), Math.abs(endColumn - column));
    let before = values[lowest]!;
    for (let step = 1; step < steps; step++) {
      const r = Math.round(row + ((endRow - row) * step) / steps);
      const c = Math.round(column + ((endColumn - column) * step) / steps);
      const value = values[r * columns + c]!;
      const crossed = scale.thresholds.find(
        (threshold) => (before - threshold) * (value - threshold) < 0,
      );
      before = value;
      if (crossed === undefined) continue;
      const [x, y] = place(xs[c]!, ys[r]!);
      const text = format(crossed);
      const isFree =
        labels.every(
          (other) => Math.hypot(other.x - x, 1.6 * (other.y - y)) > 46 && other.text !== text,
        ) && taken.every((point) => Math.hypot(point[0] - x, point[1] - y) > 15);
      const isInside = r > 4 && r < rows - 5 && c > 4 && c < columns - 5;
      if (isFree && isInside)
        labels.push({ x, y, text, value: crossed, turn: turnAt(grid, heights, r, c) });
    }
  }
  for (const { x, y, text, value, turn } of labels)
    writeText(group, {
      x: 0,
      y: 3.6,
      text,
      anchor: 'middle',
      style: `contour-label ${inkOn(scale.lightness(value))}`,
    })
      .attr('transform', `translate(${x.toFixed(1)},${y.toFixed(1)})rotate(${turn.toFixed(0)})`)
      .attr('stroke', scale.colour(value));
}
