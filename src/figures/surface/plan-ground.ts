// The ground of a surface's map: its legend, its contours filled with colour, and its axes.
import { drawAxes } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import { formatNumber } from '../kit/format.ts';
import type { Group } from '../kit/stage.ts';
import type { PlanLayout } from './plan-layout.ts';
import { drawLegend } from './surface-legend.ts';
import { contourLevels, contourSteps, type SurfaceScene } from './surface-scene.ts';
import { levelColour } from './shading.ts';

export function drawPlanGround(group: Group, scene: SurfaceScene, layout: PlanLayout): void {
  drawPlanLegend(group, scene, layout);
  drawLevels(group, scene, layout);
  drawPlanAxes(group, scene, layout);
}

/** Nothing on a map is a height. */
function drawPlanLegend(group: Group, { data, scale }: SurfaceScene, layout: PlanLayout): void {
  const { legend, width } = layout;
  const lines = legend.lines.map((line) => line.replace(/^Height and colour/, 'Colour'));
  drawLegend(group.append('g').node()!, data, scale, { ...legend, lines }, width);
}

function drawLevels(group: Group, { data, model }: SurfaceScene, { box, x, y }: PlanLayout): void {
  const colour = levelColour(data.good);
  const middle = (step: number) => colour((step + 0.5) / contourSteps);
  group
    .append('rect')
    .attr('x', box.left)
    .attr('y', box.top)
    .attr('width', box.right - box.left)
    .attr('height', box.bottom - box.top)
    .attr('fill', middle(0));
  const heights = Float32Array.from(model.levels, (level) => (Number.isNaN(level) ? 2 : level));
  const grid = { values: heights, xs: model.xs, ys: model.ys, x, y };
  for (const [index, { path }] of levels(grid, contourLevels).entries()) {
    if (path === '') continue;
    group
      .append('path')
      .attr('class', 'contour')
      .attr('fill', middle(index + 1))
      .attr('d', path);
  }
}

function drawPlanAxes(group: Group, { data }: SurfaceScene, { box, x, y }: PlanLayout): void {
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 80))),
    yTicks: y.ticks(Math.max(3, Math.floor((box.bottom - box.top) / 60))),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: data.labels.x,
    yName: data.labels.y,
    grid: false,
  });
}
