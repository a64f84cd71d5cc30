// Where the ground and its legend lie on the map of a surface.
import { scaleLinear, type ScaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import type { Point } from '../kit/path.ts';
import type { LegendLayout } from './surface-legend.ts';
import type { SurfaceScene } from './surface-scene.ts';
import { layoutFor } from './surface-layout.ts';

const above = 26;
const below = 46;

export interface PlanLayout {
  readonly width: number;
  readonly height: number;
  readonly legend: LegendLayout;
  readonly box: Box;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** Where a point of the plane lies, in CSS pixels. */
  place(x: number, y: number): Point;
}

const ends = (values: ArrayLike<number>): [number, number] => [
  values[0] as number,
  values[values.length - 1] as number,
];

/** The ground keeps the proportions of the block's floor, in the middle of its room. */
export function planLayout(scene: SurfaceScene, width: number, height: number): PlanLayout {
  const { data, model } = scene;
  const { legend, compact } = layoutFor(scene, width, height);
  const left = compact ? 40 : 48;
  const room = { across: width - left - 12, up: height - legend.height - above - below };
  const unit = Math.min(room.across / model.halfWidth, room.up / model.halfDepth);
  const inset = left + (room.across - unit * model.halfWidth) / 2;
  const top = legend.height + above;
  const box: Box = {
    left: Math.round(inset),
    right: Math.round(inset + unit * model.halfWidth),
    top,
    bottom: Math.round(top + unit * model.halfDepth),
  };
  const x = scaleLinear(ends(data.xs), [box.left, box.right]);
  const y = scaleLinear(ends(data.ys), [box.bottom, box.top]);
  return { width, height, legend, box, x, y, place: (a, b) => [x(a), y(b)] };
}
