// The maps of the depth figure: how strongly the loss bends down on a plane, or the loss itself.
import type { Box } from '../kit/axes.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { writeText } from '../kit/labels.ts';
import type { ContourScale } from '../kit/level-scale.ts';
import type { ConditionConvexity } from '../../landscape/analyses/convexity/convexity-result.ts';
import { ratiosOf } from './depth-data.ts';
import type { Group } from '../kit/stage.ts';

/** Steps of the ratio, each darker than the one before; the last takes all that is larger. */
export const ratioStep = 0.15;
export const ratioSteps = 8;

export const stepOf = (ratio: number): number =>
  Number.isFinite(ratio) ? Math.min(ratioSteps - 1, Math.max(0, Math.floor(ratio / ratioStep))) : 0;

export const opacityOf = (step: number): number => 0.06 + (0.94 * step) / (ratioSteps - 1);

/** One path a step: squares of the coarse grid, first row at the bottom. */
export function drawRatioMap(
  group: Group,
  box: Box,
  convexity: ConditionConvexity,
  place: number | null,
): void {
  const ratios = ratiosOf(convexity, place);
  const side = Math.round(Math.sqrt(ratios.length));
  const size = (box.right - box.left) / side;
  const paths = new Array<string>(ratioSteps).fill('');
  for (const [index, ratio] of ratios.entries()) {
    const [row, column] = [Math.floor(index / side), index % side];
    const x = box.left + column * size;
    const y = box.bottom - (row + 1) * size;
    paths[stepOf(ratio)] +=
      `M${x.toFixed(1)},${y.toFixed(1)}h${size.toFixed(1)}v${size.toFixed(1)}h-${size.toFixed(1)}z`;
  }
  for (const [step, path] of paths.entries())
    if (path !== '')
      group
        .append('path')
        .attr('class', 'depth-rough')
        .attr('fill-opacity', opacityOf(step).toFixed(2))
        .attr('d', path);
}

export function drawLossMap(
  group: Group,
  box: Box,
  { axis, loss }: ConditionConvexity,
  scale: ContourScale,
): void {
  const places = axis.values;
  const [low, high] = [places[0]!, places[places.length - 1]!];
  const share = (value: number): number => (value - low) / (high - low);
  drawFilledContours(
    group,
    box,
    {
      values: loss.values,
      xs: places,
      ys: places,
      x: (value) => box.left + share(value) * (box.right - box.left),
      y: (value) => box.bottom - share(value) * (box.bottom - box.top),
    },
    scale,
  );
}

export function drawRatioLegend(group: Group, x: number, y: number, width: number): void {
  const each = width / ratioSteps;
  for (let step = 0; step < ratioSteps; step++)
    group
      .append('rect')
      .attr('class', 'depth-rough')
      .attr('x', (x + step * each).toFixed(1))
      .attr('y', y)
      .attr('width', each.toFixed(1))
      .attr('height', 10)
      .attr('fill-opacity', opacityOf(step).toFixed(2));
  const last = ratioStep * (ratioSteps - 1);
  writeText(group, { x, y: y + 24, text: '0', style: 'muted small' });
  writeText(group, {
    x: x + width,
    y: y + 24,
    text: `over ${last.toFixed(2).replace(/0$/, '')}`,
    anchor: 'end',
    style: 'muted small',
  });
}
