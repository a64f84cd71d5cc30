// The sheet of two features with what a network answers on it: shading, the boundary, the points and a frame.
import type { Box } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import { classColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { drawBox, drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import type { LabelledPoints } from './one-layer-network.ts';

/** Points a side of the grid on which answers are asked for while a picture moves. */
export const sheetSize = 64;

export type Extent = readonly [number, number, number, number];

export interface Sheet {
  readonly box: Box;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  x(value: number): number;
  y(value: number): number;
}

/** A sheet in this box, which has its extent's proportions already. */
export function sheetIn(box: Box, [x0, x1, y0, y1]: Extent, size = sheetSize): Sheet {
  const even = (low: number, high: number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => low + ((high - low) * i) / (size - 1));
  return {
    box,
    xs: even(x0, x1),
    ys: even(y0, y1),
    x: (value) => box.left + ((value - x0) / (x1 - x0)) * (box.right - box.left),
    y: (value) => box.bottom - ((value - y0) / (y1 - y0)) * (box.bottom - box.top),
  };
}

/** Height to width of an extent, one unit of length for both features. */
export const proportionOf = ([x0, x1, y0, y1]: Extent): number => (y1 - y0) / (x1 - x0);

/** Probabilities of class 1 at which the shading deepens, as differences of outputs. */
const shadingLevels = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95].map((p) => Math.log(p / (1 - p)));
const shadingOpacity = [0.34, 0.25, 0.15, 0.06, 0.06, 0.15, 0.25, 0.34];

/** @param answers `[ys.length, xs.length]`: second output less the first. */
export function drawAnswers(group: Group, sheet: Sheet, answers: ArrayLike<number>): void {
  const { box } = sheet;
  drawBox(group, null, box).attr('fill', classColour(0)).attr('fill-opacity', shadingOpacity[0]!);
  const drawn = levels({ ...sheet, values: answers }, shadingLevels);
  for (const [index, { path }] of drawn.entries()) {
    if (path === '') continue;
    group.append('path').attr('class', 'paper-fill').attr('d', path);
    group
      .append('path')
      .attr('fill', classColour(index < 3 ? 0 : 1))
      .attr('fill-opacity', shadingOpacity[index + 1]!)
      .attr('d', path);
  }
  const boundary = drawn[3]!.line;
  drawPath(group, 'casing', boundary, { width: 5 });
  drawPath(group, 'line ink', boundary, { width: 2.5 });
}

/** The boundary alone, as path data. */
export const boundaryPath = (sheet: Sheet, answers: ArrayLike<number>): string =>
  levels({ ...sheet, values: answers }, [0])[0]!.line;

/** @param isQuiet without a rim: where the points are the ground for something else. */
export function drawSheetPoints(
  group: Group,
  { box, x, y }: Pick<Sheet, 'box' | 'x' | 'y'>,
  { inputs, labels }: LabelledPoints,
  isQuiet = false,
): void {
  const width = Math.max(2, Math.min(4.5, (box.right - box.left) / 80));
  for (const label of [0, 1]) {
    const points: Point[] = [];
    for (let i = 0; i < labels.length; i++)
      if (labels[i] === label) points.push([x(inputs[2 * i]!), y(inputs[2 * i + 1]!)]);
    const d = dotsPath(points);
    if (!isQuiet) drawPath(group, 'dots paper-line', d, { width: width + 1.5, opacity: 0.7 });
    drawPath(group, 'dots', d, { colour: classColour(label), width });
  }
  drawBox(group, 'panel-edge', box);
}
