// The few shapes that layers are made of, each in one call: the style is a class, colour and width are attributes.
import type { Box } from './axes.ts';
import type { Point } from './path.ts';
import type { Group } from './stage.ts';

export interface PathOptions {
  readonly colour?: string | null;
  readonly width?: number | string | null;
  readonly dash?: string | null;
  readonly opacity?: number | null;
}

/** A stroked path; `style` are class names of figures.css. */
export function drawPath(group: Group, style: string, d: string, options: PathOptions = {}) {
  const { colour = null, width = null, dash = null, opacity = null } = options;
  return group
    .append('path')
    .attr('class', style)
    .attr('stroke', colour)
    .attr('stroke-width', width)
    .attr('stroke-dasharray', dash)
    .attr('opacity', opacity)
    .attr('d', d);
}

/** A filled path. */
export function fillPath(group: Group, style: string | null, d: string, colour: string) {
  return group.append('path').attr('class', style).attr('fill', colour).attr('d', d);
}

export function drawBox(group: Group, style: string | null, { left, right, top, bottom }: Box) {
  return group
    .append('rect')
    .attr('class', style)
    .attr('x', left.toFixed(1))
    .attr('y', top.toFixed(1))
    .attr('width', (right - left).toFixed(1))
    .attr('height', (bottom - top).toFixed(1));
}

/** An empty circle around a mark. */
export function drawRing(group: Group, [x, y]: Point, radius: number, style = 'line ink') {
  return group
    .append('circle')
    .attr('class', style)
    .attr('cx', x.toFixed(1))
    .attr('cy', y.toFixed(1))
    .attr('r', radius)
    .attr('stroke-width', 1.5);
}

/** A line down the whole box at a place of its x axis. */
export const drawVertical = (group: Group, style: string, x: number, { top, bottom }: Box) =>
  drawPath(group, style, `M${x.toFixed(1)},${top}V${bottom}`);

/** A line across the whole box at a place of its y axis. */
export const drawHorizontal = (group: Group, style: string, y: number, { left, right }: Box) =>
  drawPath(group, style, `M${left},${y.toFixed(1)}H${right}`);
