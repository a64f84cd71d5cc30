// Shares of variance of learning and of walks, component by component, with the closed form's as ticks.
import { scaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import { formatPercent, formatShare } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import type { Group } from '../kit/stage.ts';
import { sharesOf } from './walk-or-learning-data.ts';
import type { TrajectoryResult } from '../../landscape/analyses/trajectories.ts';

/** As many components as are drawn. */
export const shownComponents = 5;

export interface ShareColours {
  readonly learning: string;
  readonly walk: string;
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
  const bar = Math.min(34, slot * 0.34);
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
    text: `Share of variance (mean of ${result.networks.length})`,
    style: 'axis-name',
  });
  for (let k = 0; k < count; k++) {
    const middle = box.left + (k + 0.5) * slot;
    const sides = [
      {
        shares: learning[k],
        left: middle - bar - 1,
        colour: colours.learning,
        name: 'learning',
        anchor: 'end',
      },
      { shares: walk[k], left: middle + 1, colour: colours.walk, name: 'walk', anchor: 'start' },
    ] as const;
    for (const { shares, left, colour, name, anchor } of sides) {
      if (!shares) continue;
      group
        .append('rect')
        .attr('class', `share-${name}`)
        .attr('x', left.toFixed(1))
        .attr('y', y(shares.mean).toFixed(1))
        .attr('width', bar.toFixed(1))
        .attr('height', Math.max(0.5, box.bottom - y(shares.mean)).toFixed(1))
        .attr('fill', colour);
      // From the smallest to the largest of the paths.
      group
        .append('path')
        .attr('class', 'line ink')
        .attr('stroke-width', 1)
        .attr(
          'd',
          `M${(left + bar / 2).toFixed(1)},${y(shares.low).toFixed(1)}V${y(shares.high).toFixed(1)}`,
        );
      if (k < 2)
        writeText(group, {
          x: anchor === 'end' ? left + bar - 3 : left + 3,
          y: y(shares.high) - 5,
          text: formatPercent(shares.mean),
          anchor,
          style: 'small halo',
        });
    }
    const limit = result.walk.limit[k];
    if (limit !== undefined)
      group
        .append('path')
        .attr('class', 'line walk-limit')
        .attr('stroke-width', 2.5)
        .attr('d', `M${(middle - 1).toFixed(1)},${y(limit).toFixed(1)}h${(bar + 5).toFixed(1)}`);
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

/** The shares of the first two, in words. */
export const firstTwoInWords = (estimate: {
  readonly value: number;
  readonly interval: readonly [number, number];
}): string =>
  `${formatShare(estimate.value)} (95% interval ${formatShare(estimate.interval[0])} to ${formatShare(estimate.interval[1])})`;
