// How far off the plane, as a bar to the map's own scale: often longer than one would like.
import type { Group } from './stage.ts';

export interface DistanceBarOptions {
  readonly x: number;
  readonly y: number;
  /** Pixels per unit of weight-space distance: the bar is to the scale of the map. */
  readonly unit: number;
  readonly distance: number;
  readonly width: number;
}

/** A bar that does not fit ends in an arrow. */
export function drawDistanceBar(group: Group, options: DistanceBarOptions): void {
  const { x, y, unit, distance, width } = options;
  const length = Math.max(0, Number.isFinite(distance) ? distance * unit : 0);
  const fits = length <= width;
  const end = x + Math.min(length, width);
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 1.5)
    .attr(
      'd',
      `M${x},${y - 4}v8M${x},${y}H${end.toFixed(1)}${fits ? `m0,-4v8` : 'l-6,-4m6,4l-6,4'}`,
    );
}
