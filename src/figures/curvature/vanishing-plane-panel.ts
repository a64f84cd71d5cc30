// Level sets of a quadratic landscape on a plane, with the lines between which a saddle leads down.
import { scaleLinear } from 'd3';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { contourScale } from '../kit/level-scale.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { heightOn, type PlaneCurvature } from './vanishing-planes.ts';

export interface QuadraticPanel {
  readonly plane: PlaneCurvature;
  readonly left: number;
  readonly top: number;
  readonly size: number;
  /** Samples a side of the drawn field, which is exact at each of them. */
  readonly samples: number;
}

/** Colours run from the depth to the height that the panel's own curvature could reach, level ground in their middle. */
export function drawQuadratic(
  group: Group,
  { plane, left, top, size, samples }: QuadraticPanel,
): void {
  const places = Array.from({ length: samples }, (_, i) => -1 + (2 * i) / (samples - 1));
  const values = places.flatMap((y) => places.map((x) => heightOn(plane, x, y)));
  const reach = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const scale = contourScale([-reach, reach], { logarithmic: false, count: 20 });
  const x = scaleLinear([-1, 1], [left, left + size]);
  const y = scaleLinear([-1, 1], [top + size, top]);
  const box = { left, right: left + size, top, bottom: top + size };
  drawFilledContours(group, box, { values, xs: places, ys: places, x, y }, scale);
  if (plane.smallest < 0) drawLevelLines(group, plane, left + size / 2, top + size / 2, size / 2);
}

/** The two straight lines on which a saddle is level with its centre: between them, on the dark side, is the way down. */
function drawLevelLines(
  group: Group,
  plane: PlaneCurvature,
  cx: number,
  cy: number,
  half: number,
): void {
  const turn = Math.atan2(2 * plane.b, plane.a - plane.c) / 2;
  const opening = Math.atan(Math.sqrt(Math.max(0, -plane.largest / plane.smallest)));
  const d = [turn + opening, turn - opening]
    .map((angle) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const reach = half / Math.max(Math.abs(cos), Math.abs(sin));
      const [dx, dy] = [reach * cos, -reach * sin];
      return `M${(cx - dx).toFixed(1)},${(cy - dy).toFixed(1)}L${(cx + dx).toFixed(1)},${(cy + dy).toFixed(1)}`;
    })
    .join('');
  drawPath(group, 'line level-line', d, { width: 1.5 });
}
