// Shares of variance of learning and of walks, component by component, with the closed form's as ticks.
import { scaleLinear } from 'd3';
import type { TrajectoryResult } from '../../landscape/analyses/trajectories/trajectories-result.ts';
import type { Box } from '../kit/axes.ts';
import { formatPercent } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { sharesOf } from './walk-or-learning-data.ts';

/** As many components as are drawn. */
export const shownComponents = 5;

export interface ShareColours {
  readonly learning: string;
  readonly walk: string;
}

type Share = ReturnType<typeof sharesOf>[number];

interface ShareBar {
  readonly shares: Share;
  readonly left: number;
  readonly width: number;
  readonly colour: string;
  readonly name: keyof ShareColours;
  /** The number stands at the bar's other side from its neighbour. */
  readonly anchor: 'start' | 'end';
  readonly isNumbered: boolean;
}

export function drawShares(
  group: Group,
  box: Box,
  result: TrajectoryResult,
  colours: ShareColours,
): void {
  const learning = sharesOf(result.descent).slice(0, shownComponents);
  const walk = sharesOf(result.walk).slice(0, shownComponents);
  const count = Math.max(learning.length, walk.length);
  const y = scaleLinear([0, 1], [box.bottom, box.top]);
  const slot = (box.right - box.left) / count;
  const width = Math.min(34, slot * 0.34);
  drawShareGrid(group, box, y, result.networks.length);
  for (let k = 0; k < count; k++) {
    const middle = box.left + (k + 0.5) * slot;
    const sides = [
      { name: 'learning', shares: learning[k], left: middle - width - 1, anchor: 'end' },
      { name: 'walk', shares: walk[k], left: middle + 1, anchor: 'start' },
    ] as const;
    for (const { shares, ...side } of sides)
      if (shares) {
        const colour = colours[side.name];
        drawBar(group, box, y, { ...side, shares, width, colour, isNumbered: k < 2 });
      }
    const limit = result.walk.limit[k];
    if (limit !== undefined) {
      const tick = `M${(middle - 1).toFixed(1)},${y(limit).toFixed(1)}h${(width + 5).toFixed(1)}`;
      drawPath(group, 'line walk-limit', tick, { width: 2.5 });
    }
    writeText(group, {
      x: middle,
      y: box.bottom + 16,
      text: String(k + 1),
      anchor: 'middle',
      style: 'muted small',
    });
  }
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.bottom + 33,
    text: 'Principal component',
    anchor: 'middle',
    style: 'axis-name',
  });
}

function drawShareGrid(
  group: Group,
  box: Box,
  y: (share: number) => number,
  networks: number,
): void {
  const grid = group.append('g').attr('class', 'grid');
  for (const value of [0, 0.5, 1]) {
    grid.append('path').attr('d', `M${box.left},${y(value)}H${box.right}`);
    writeText(group, {
      x: box.left - 6,
      y: y(value) + 4,
      text: formatPercent(value),
      anchor: 'end',
      style: 'muted small',
    });
  }
  writeText(group, {
    x: 2,
    y: box.top - 22,
    text: `Share of variance (mean of ${networks})`,
    style: 'axis-name',
  });
}

/** The mean as a bar, with a line from the smallest to the largest of the paths. */
function drawBar(group: Group, box: Box, y: (share: number) => number, bar: ShareBar): void {
  const { shares, left, width, colour, name, anchor, isNumbered } = bar;
  group
    .append('rect')
    .attr('class', `share-${name}`)
    .attr('x', left.toFixed(1))
    .attr('y', y(shares.mean).toFixed(1))
    .attr('width', width.toFixed(1))
    .attr('height', Math.max(0.5, box.bottom - y(shares.mean)).toFixed(1))
    .attr('fill', colour);
  const range = `M${(left + width / 2).toFixed(1)},${y(shares.low).toFixed(1)}V${y(shares.high).toFixed(1)}`;
  drawPath(group, 'line ink', range, { width: 1 });
  if (isNumbered)
    writeText(group, {
      x: anchor === 'end' ? left + width - 3 : left + 3,
      y: y(shares.high) - 5,
      text: formatPercent(shares.mean),
      anchor,
      style: 'small halo',
    });
}
