// The marks that mean the same in every figure: start hollow, end solid, diverged a cross.
import type { Group } from './stage.ts';
import type { Point } from './path.ts';

export function drawStart(group: Group, at: Point, colour: string, radius = 3.5) {
  return group
    .append('circle')
    .attr('class', 'hollow')
    .attr('cx', at[0].toFixed(1))
    .attr('cy', at[1].toFixed(1))
    .attr('r', radius)
    .attr('stroke', colour)
    .attr('stroke-width', radius / 2);
}

export function drawEnd(group: Group, at: Point, colour: string, radius = 3.75) {
  return group
    .append('circle')
    .attr('cx', at[0].toFixed(1))
    .attr('cy', at[1].toFixed(1))
    .attr('r', radius)
    .attr('fill', colour);
}

export function drawEnds(group: Group, start: Point, end: Point, colour: string): void {
  drawStart(group, start, colour);
  drawEnd(group, end, colour);
}

/** A network as it ended: solid where it converged, a square where it was stuck, a cross where it diverged. */
export function drawOutcome(
  group: Group,
  outcome: string | undefined,
  at: Point,
  colour: string,
  radius: number,
  arm = radius,
): void {
  const [x, y] = at;
  if (outcome === 'diverged') drawCross(group, at, colour, arm);
  else if (outcome === 'stuck')
    group
      .append('rect')
      .attr('x', (x - 0.9 * radius).toFixed(1))
      .attr('y', (y - 0.9 * radius).toFixed(1))
      .attr('width', (1.8 * radius).toFixed(1))
      .attr('height', (1.8 * radius).toFixed(1))
      .attr('fill', colour);
  else drawEnd(group, at, colour, radius);
}

export function drawCross(group: Group, [x, y]: Point, colour: string, radius = 4) {
  const arm = (2 * radius).toFixed(1);
  const [left, top] = [(x - radius).toFixed(1), (y - radius).toFixed(1)];
  return group
    .append('path')
    .attr('class', 'line')
    .attr('stroke', colour)
    .attr('stroke-width', 1.75)
    .attr('d', `M${left},${top}l${arm},${arm}m-${arm},0l${arm},-${arm}`);
}
