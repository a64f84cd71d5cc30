// Where the values of contour lines are written on a filled map, apart from each other and from the marks.
import { writeText } from './labels.ts';
import type { LevelScale } from './level-scale.ts';
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
  let lowest = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! < values[lowest]!) lowest = i;
  const [row, column] = [Math.floor(lowest / columns), lowest % columns];
  const labels: { readonly x: number; readonly y: number; readonly text: string }[] = [];
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
      if (isFree && isInside) labels.push({ x, y, text });
    }
  }
  for (const { x, y, text } of labels)
    writeText(group, { x, y: y + 4, text, anchor: 'middle', style: 'contour-label' });
}
