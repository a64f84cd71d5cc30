// A grid of losses as a sheet of a survey map: tints between contour lines, relief shading, index lines, a neat line.
import type { Box } from './axes.ts';
import { levels } from './contours.ts';
import { contourable, contourValue, type ContourScale } from './level-scale.ts';
import { refine, type ReliefGrid } from './relief/relief-grid.ts';
import { reliefImage } from './relief/relief-image.ts';
import { resolvedLines } from './relief/resolved-lines.ts';
import type { Group } from './stage.ts';

export interface FilledGrid {
  /** `[ys.length, xs.length]`. */
  readonly values: ArrayLike<number>;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  x(value: number): number;
  y(value: number): number;
}

/** Light ink over the dark half of the scale, dark ink over the light half. */
export const inkOn = (lightness: number): 'light-ink' | 'dark-ink' =>
  lightness < 0.5 ? 'light-ink' : 'dark-ink';
/** The same as in figures.css, for what is no SVG. */
export const inkColours = { 'light-ink': '#ffffff', 'dark-ink': '#3a2814' } as const;

/** Pixels between the points that a line is drawn through: below this nobody sees a bend. */
const finestStep = 4;
/** A grid is refined at most this much: more would draw what was not evaluated. */
const mostRefined = 5;

/** What is not finite stands at the top of the scale. */
export function drawFilledContours(
  group: Group,
  box: Box,
  grid: FilledGrid,
  scale: ContourScale,
): void {
  const heights = contourable(grid.values, scale);
  const columns = grid.xs.length;
  const lowest = heights.reduce((a, b) => Math.min(a, b), Infinity);
  const all = scale.lines.map((line, index) => ({
    ...line,
    band: scale.bands[index + 1]!,
    height: contourValue(line.value, scale),
  }));
  // Below the first of these lines lies no part of the grid, so that the ground may begin at the band under it.
  const shown = resolvedLines(
    heights,
    columns,
    all.filter(({ height }) => height > lowest),
  );
  const first = scale.lines.length - shown.length;
  group
    .append('rect')
    .attr('x', box.left.toFixed(1))
    .attr('y', box.top.toFixed(1))
    .attr('width', (box.right - box.left).toFixed(1))
    .attr('height', (box.bottom - box.top).toFixed(1))
    .attr('fill', scale.bands[first]!.colour);
  const finer = refinedGrid(heights, grid);
  const drawn = levels(
    finer,
    shown.map(({ height }) => height),
  );
  // The edge of a tint is its contour line; along the sheet's own edge it lies under the neat line.
  for (const [index, { path }] of drawn.entries()) {
    if (path === '') continue;
    const { band, isIndex, value } = shown[index]!;
    group
      .append('path')
      .attr('class', `contour ${inkOn(scale.lightness(value))}${isIndex ? ' index' : ''}`)
      .attr('fill', band.colour)
      .attr('d', path);
  }
  drawRelief(group, heights, grid);
  drawNeatLine(group, box);
}

/** The frame that ends a survey sheet. */
export function drawNeatLine(group: Group, { left, right, top, bottom }: Box): void {
  group
    .append('rect')
    .attr('class', 'neat-line')
    .attr('x', left.toFixed(1))
    .attr('y', top.toFixed(1))
    .attr('width', (right - left).toFixed(1))
    .attr('height', (bottom - top).toFixed(1));
}

function reliefGridOf(heights: Float64Array, { xs, ys, x, y }: FilledGrid): ReliefGrid {
  const width = Math.abs(x(xs[xs.length - 1]!) - x(xs[0]!));
  const height = Math.abs(y(ys[ys.length - 1]!) - y(ys[0]!));
  return {
    heights,
    columns: xs.length,
    rows: ys.length,
    spacing: [width / (xs.length - 1), height / (ys.length - 1)],
  };
}

/** The heights with points between the evaluated ones, so that lines bend smoothly; places are pixels. */
function refinedGrid(heights: Float64Array, grid: FilledGrid) {
  const coarse = reliefGridOf(heights, grid);
  const factor = Math.ceil(Math.max(...coarse.spacing) / finestStep);
  const finer = refine(coarse, Math.min(mostRefined, Math.max(1, factor)));
  const places = (from: number, to: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const { xs, ys } = grid;
  return {
    values: finer.heights,
    xs: places(grid.x(xs[0]!), grid.x(xs[xs.length - 1]!), finer.columns),
    ys: places(grid.y(ys[0]!), grid.y(ys[ys.length - 1]!), finer.rows),
    x: (pixel: number) => pixel,
    y: (pixel: number) => pixel,
  };
}

/** Light and shade over the tints, as far as the grid goes. */
function drawRelief(group: Group, heights: Float64Array, grid: FilledGrid): void {
  const { xs, ys, x, y } = grid;
  const [left, right] = [x(xs[0]!), x(xs[xs.length - 1]!)];
  const [bottom, top] = [y(ys[0]!), y(ys[ys.length - 1]!)];
  group
    .append('image')
    .attr('class', 'relief')
    .attr('href', reliefImage(reliefGridOf(heights, grid)))
    .attr('x', left.toFixed(1))
    .attr('y', top.toFixed(1))
    .attr('width', (right - left).toFixed(1))
    .attr('height', (bottom - top).toFixed(1))
    .attr('preserveAspectRatio', 'none');
}
