// The ground of a surface's map: its legend, its contours filled with colour, and its axes.
import { drawAxes } from '../kit/axes.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { formatNumber } from '../kit/format.ts';
import type { Group } from '../kit/stage.ts';
import type { PlanLayout } from './plan-layout.ts';
import { drawLegend } from './surface-legend.ts';
import type { SurfaceScene } from './surface-scene.ts';

export function drawPlanGround(group: Group, scene: SurfaceScene, layout: PlanLayout): void {
  drawPlanLegend(group, scene, layout);
  drawLevels(group, scene, layout);
  drawPlanAxes(group, scene, layout);
}

/** Nothing on a map is a height. */
function drawPlanLegend(group: Group, scene: SurfaceScene, layout: PlanLayout): void {
  const { legend, width } = layout;
  const lines = legend.lines.map((line) => line.replace(/^Height and colour/, 'Colour'));
  drawLegend(group.append('g').node()!, scene, { ...legend, lines }, width);
}

/** Cut off where the surface is, so that light tells of nothing above it. */
function drawLevels(group: Group, scene: SurfaceScene, { box, x, y }: PlanLayout): void {
  const { data, scale, ground } = scene;
  const values = Float64Array.from(data.heights, (value) => Math.min(value, scale.maximum));
  drawFilledContours(group, box, { values, xs: data.xs, ys: data.ys, x, y }, ground.scale);
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
