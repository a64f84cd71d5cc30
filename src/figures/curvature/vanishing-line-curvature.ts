// What curvature a random line through a saddle shows: the density, and zero, below which it leads down.
import { area, scaleLinear, type ScaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import type { Saddle } from './vanishing-saddle-data.ts';

const fixed = (value: number): number => Math.round(10 * value) / 10;

export function drawLineCurvature(group: Group, box: Box, saddle: Saddle): void {
  const { spread, subject } = saddle;
  const curvatures = spread.map(({ curvature }) => curvature);
  const ends: [number, number] =
    subject === 'example'
      ? [-1, 1]
      : [Math.min(0, curvatures[0]!) * 1.3 - 0.002, curvatures.at(-1)!];
  const x = scaleLinear(ends, [box.left, box.right]);
  drawDensity(group, box, saddle, x);
  drawCurvatureAxis(group, box, x);
  drawMean(group, box, saddle, x);
}

/** Below zero and above in two colours. */
function drawDensity(
  group: Group,
  box: Box,
  { spread }: Saddle,
  x: (curvature: number) => number,
): void {
  const most = spread.reduce((high, { density }) => Math.max(high, density), 0);
  const y = scaleLinear([0, most], [box.bottom, box.top]);
  const hump = area<(typeof spread)[number]>()
    .x(({ curvature }) => fixed(x(curvature)))
    .y0(box.bottom)
    .y1(({ density }) => fixed(y(density)));
  const sides = [
    { style: 'spread-down', points: spread.filter(({ curvature }) => curvature <= 0) },
    { style: 'spread-up', points: spread.filter(({ curvature }) => curvature >= 0) },
  ];
  for (const { style, points } of sides)
    group.append('path').attr('class', style).attr('d', hump(points));
}

function drawCurvatureAxis(group: Group, box: Box, x: ScaleLinear<number, number>): void {
  drawPath(group, 'line ink', `M${box.left},${box.bottom}H${box.right}`, { width: 1 });
  const zero = x(0);
  drawPath(group, 'reference', `M${fixed(zero)},${box.top - 4}V${box.bottom}`);
  for (const value of x.ticks(box.right - box.left < 360 ? 4 : 7))
    writeText(group, {
      x: x(value),
      y: box.bottom + 14,
      text: formatNumber(value),
      anchor: 'middle',
      style: 'muted small',
    });
  const y = box.top + 6;
  if (textWidth('down') + 14 < zero - box.left)
    writeText(group, { x: zero - 7, y, text: 'down', anchor: 'end', style: 'muted' });
  writeText(group, { x: zero + 7, y, text: 'up', style: 'muted' });
}

function drawMean(
  group: Group,
  box: Box,
  { meanCurvature }: Saddle,
  x: (curvature: number) => number,
): void {
  drawPath(group, 'accent-mark', `M${fixed(x(meanCurvature))},${box.bottom - 6}l6,6l-6,6l-6,-6z`);
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.bottom + 31,
    text: `Curvature along a random line; ◆ mean eigenvalue ${formatNumber(meanCurvature)}`,
    anchor: 'middle',
    style: 'axis-name',
  });
}
