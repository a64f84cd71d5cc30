// One path on its own two components, in a panel of its own: unnamed until the reader has guessed.
import { extent, scaleLinear } from 'd3';
import { drawAxes, type Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import type { PlanePath } from './walk-or-learning-data.ts';

export interface WalkPanel {
  readonly box: Box;
  readonly path: PlanePath;
  /** The curve of the closed form, drawn dashed; null before the reveal. */
  readonly curve: { readonly xs: readonly number[]; readonly ys: readonly number[] } | null;
  /** Whether a distance is a distance in both directions; else each axis fills the panel. */
  readonly equal: boolean;
  readonly colour: string;
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  /** Numbers give the learner away by their size: none before the reveal. */
  readonly ticks: boolean;
  readonly guessed: boolean;
}

const room = 0.08;

export function drawWalkPanel(group: Group, panel: WalkPanel): void {
  const { box, path, curve, colour } = panel;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const spans = [
    extent([...path.xs, ...(curve?.xs ?? [])]),
    extent([...path.ys, ...(curve?.ys ?? [])]),
  ].map(([low = 0, high = 1]) => ({ middle: (low + high) / 2, half: (high - low) / 2 || 1 }));
  const [across, up] = spans as [(typeof spans)[0], (typeof spans)[0]];
  const shared = Math.max(across.half / width, up.half / height);
  const halfX = (panel.equal ? shared * width : across.half) * (1 + room);
  const halfY = (panel.equal ? shared * height : up.half) * (1 + room);
  const x = scaleLinear([across.middle - halfX, across.middle + halfX], [box.left, box.right]);
  const y = scaleLinear([up.middle - halfY, up.middle + halfY], [box.bottom, box.top]);
  const place = (xs: readonly number[], ys: readonly number[]): Point[] =>
    xs.map((value, t) => [x(value), y(ys[t]!)]);

  group
    .append('rect')
    .attr('class', panel.guessed ? 'panel-edge walk-guessed' : 'panel-edge')
    .attr('x', box.left)
    .attr('y', box.top)
    .attr('width', width)
    .attr('height', height);
  if (panel.ticks)
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(width < 200 ? 3 : 5),
      yTicks: y.ticks(4),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: '',
      yName: '',
      grid: false,
    });
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.bottom + (panel.ticks ? 32 : 18),
    text: panel.xName,
    anchor: 'middle',
    style: 'axis-name',
  });
  writeText(group, { x: box.left, y: box.top - 7, text: panel.yName, style: 'axis-name' });
  writeText(group, { x: box.left, y: box.top - 24, text: panel.title, style: 'strong' });
  // Inside the bow, whichever way it is bent; a path on equal scales keeps to the middle.
  if (panel.guessed)
    writeText(group, {
      x: (box.left + box.right) / 2,
      y: box.top + height * (panel.equal ? 0.2 : 0.45),
      text: 'your guess',
      anchor: 'middle',
      style: 'accent halo',
    });

  const points = place(path.xs, path.ys);
  group
    .append('path')
    .attr('class', 'line')
    .attr('stroke', colour)
    .attr('stroke-width', 2)
    .attr('d', linePath(points));
  drawStart(group, points[0]!, colour, 4.5);
  drawEnd(group, points.at(-1)!, colour, 4.5);
  if (curve)
    group
      .append('path')
      .attr('class', 'line walk-cosine')
      .attr('stroke-width', 1.5)
      .attr('d', linePath(place(curve.xs, curve.ys)));
}
