// The paths on a surface's map: the chosen one over the others, with its name.
import { textWidth, writeText } from '../kit/labels.ts';
import { drawCross, drawEnd, drawStart } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import type { PlanLayout } from './plan-layout.ts';
import type { SurfacePath } from './surface-data.ts';

export function drawPlanPaths(
  group: Group,
  paths: readonly SurfacePath[],
  selected: number | null,
  layout: PlanLayout,
): void {
  const rest = group.append('g').attr('opacity', selected === null ? 1 : 0.5);
  const front = group.append('g');
  for (const path of paths) {
    const isChosen = path.network === selected;
    drawPath(isChosen ? front : rest, path, isChosen, layout);
  }
}

function drawPath(group: Group, path: SurfacePath, isChosen: boolean, layout: PlanLayout): void {
  const points = path.points.map(([a, b]) => layout.place(a, b));
  const [start, end] = [points[0], points.at(-1)];
  if (!start || !end) return;
  const colour = networkColour(path.network);
  drawLine(group, points, colour, isChosen ? 2.75 : 1.4);
  const size = isChosen ? 5 : 3.2;
  if (!path.isEnd) drawStart(group, start, colour, size - 0.6);
  if (path.diverged) drawCross(group, end, colour, size);
  else if (points.length > 1 || path.isEnd) {
    drawEnd(group, end, colour, size).attr('class', 'outlined').attr('stroke-width', 1);
  }
  if (isChosen) writeName(group, `network ${path.network}`, end, layout.width);
}

/** Over a pale casing, so that it stays clear of the ground. */
function drawLine(group: Group, points: readonly Point[], colour: string, thickness: number): void {
  for (const [name, stroke, more] of [
    ['casing', null, 1.6],
    ['line', colour, 0],
  ] as const)
    group
      .append('path')
      .attr('class', name)
      .attr('stroke', stroke)
      .attr('stroke-width', thickness + more)
      .attr('d', linePath(points));
}

/** Above a path's end, wholly on the page. */
function writeName(group: Group, text: string, [x, y]: Point, width: number): void {
  const half = textWidth(text) / 2 + 4;
  writeText(group, {
    x: Math.min(width - half, Math.max(half, x)),
    y: y - 12,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}
