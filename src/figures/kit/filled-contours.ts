// A grid of losses as filled contours: one path a level, over a ground of the lowest colour.
import type { Box } from './axes.ts';
import { levels } from './contours.ts';
import { contourable, contourValue, type LevelScale } from './level-scale.ts';
import { reliefImage } from './relief/relief-image.ts';
import type { Group } from './stage.ts';

export interface FilledGrid {
  /** `[ys.length, xs.length]`. */
  readonly values: ArrayLike<number>;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  x(value: number): number;
  y(value: number): number;
}

/** What is not finite stands at the top of the scale. */
export function drawFilledContours(
  group: Group,
  box: Box,
  { values, xs, ys, x, y }: FilledGrid,
  scale: LevelScale,
): void {
  const heights = contourable(values, scale);
  const lowest = heights.reduce((a, b) => Math.min(a, b), Infinity);
  // Below this threshold lies no part of the grid, so that the ground may begin at its band.
  const first = scale.thresholds.filter(
    (threshold) => contourValue(threshold, scale) <= lowest,
  ).length;
  group
    .append('rect')
    .attr('x', box.left.toFixed(1))
    .attr('y', box.top.toFixed(1))
    .attr('width', (box.right - box.left).toFixed(1))
    .attr('height', (box.bottom - box.top).toFixed(1))
    .attr('fill', scale.bands[first]!.colour);
  const lines = levels(
    { values: heights, xs, ys, x, y },
    scale.thresholds.slice(first).map((threshold) => contourValue(threshold, scale)),
  );
  for (const [index, { path }] of lines.entries())
    if (path !== '')
      group
        .append('path')
        .attr('class', 'contour')
        .attr('fill', scale.bands[first + index + 1]!.colour)
        .attr('d', path);
  const href = reliefImage({
    heights: Float64Array.from(heights, (h) => h),
    columns: xs.length,
    rows: ys.length,
    spacing: [Math.abs(x(xs[1]!) - x(xs[0]!)), Math.abs(y(ys[1]!) - y(ys[0]!))],
  });
  const halfX = 0;
  group
    .append('image')
    .attr('class', 'relief')
    .attr('href', href)
    .attr('x', (x(xs[0]!) - halfX).toFixed(1))
    .attr('y', y(ys[ys.length - 1]!).toFixed(1))
    .attr('width', (x(xs[xs.length - 1]!) - x(xs[0]!)).toFixed(1))
    .attr('height', (y(ys[0]!) - y(ys[ys.length - 1]!)).toFixed(1))
    .attr('preserveAspectRatio', 'none');
  for (const [index, { line }] of lines.entries())
    if (line !== '')
      group
        .append('path')
        .attr('class', 'contour-line')
        .attr('fill', 'none')
        .attr('stroke', '#3b2a16')
        .attr('stroke-opacity', index % 5 === 4 ? 0.75 : 0.4)
        .attr('stroke-width', index % 5 === 4 ? 1.1 : 0.6)
        .attr('d', line);
}
