// A grid of losses as a sheet of a survey map: tints between contour lines, relief shading, index lines.
import type { Box } from './axes.ts';
import { levels } from './contours.ts';
import { contourable, contourValue, type ContourScale } from './level-scale.ts';
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

/** Light lines over the dark half of the scale, dark ones over the light half. */
const lineOn = (share: number): string => (share < 0.5 ? '#fff' : '#3a2814');

/** What is not finite stands at the top of the scale. */
export function drawFilledContours(
  group: Group,
  box: Box,
  grid: FilledGrid,
  scale: ContourScale,
): void {
  const { values, xs, ys, x, y } = grid;
  const heights = contourable(values, scale);
  const lowest = heights.reduce((a, b) => Math.min(a, b), Infinity);
  // Below these lines lies no part of the grid, so that the ground may begin at the band above them.
  const first = scale.lines.filter(({ value }) => contourValue(value, scale) <= lowest).length;
  const shown = scale.lines.slice(first);
  group
    .append('rect')
    .attr('x', box.left.toFixed(1))
    .attr('y', box.top.toFixed(1))
    .attr('width', (box.right - box.left).toFixed(1))
    .attr('height', (box.bottom - box.top).toFixed(1))
    .attr('fill', scale.bands[first]!.colour);
  const drawn = levels(
    { values: heights, xs, ys, x, y },
    shown.map(({ value }) => contourValue(value, scale)),
  );
  for (const [index, { path }] of drawn.entries())
    if (path !== '')
      group
        .append('path')
        .attr('class', 'contour')
        .attr('fill', scale.bands[first + index + 1]!.colour)
        .attr('d', path);
  drawRelief(group, heights, grid);
  for (const [index, { value, isIndex }] of shown.entries()) {
    const { line } = drawn[index]!;
    if (line === '') continue;
    const share = scale.share(value);
    group
      .append('path')
      .attr('class', isIndex ? 'contour-line index' : 'contour-line')
      .attr('stroke', lineOn(share))
      .attr('d', line);
  }
}

/** Light and shade over the tints, as far as the grid goes. */
function drawRelief(group: Group, heights: Float64Array, { xs, ys, x, y }: FilledGrid): void {
  const [left, right] = [x(xs[0]!), x(xs[xs.length - 1]!)];
  const [bottom, top] = [y(ys[0]!), y(ys[ys.length - 1]!)];
  const spacing = [(right - left) / (xs.length - 1), (bottom - top) / (ys.length - 1)] as const;
  group
    .append('image')
    .attr('class', 'relief')
    .attr('href', reliefImage({ heights, columns: xs.length, rows: ys.length, spacing }))
    .attr('x', left.toFixed(1))
    .attr('y', top.toFixed(1))
    .attr('width', (right - left).toFixed(1))
    .attr('height', (bottom - top).toFixed(1))
    .attr('preserveAspectRatio', 'none');
}
