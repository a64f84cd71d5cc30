// Own loss of marks on a map beside the loss that the map shows under them, a row a mark: short bars mean an honest picture.
import { scaleLog } from 'd3';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import type { Group } from '../kit/stage.ts';

export interface LossPair {
  readonly name: string;
  readonly colour: string;
  readonly own: number;
  readonly ground: number;
  readonly distance: number;
  readonly opacity: number;
}

export interface LossPairsOptions {
  readonly box: Box;
  readonly pairs: readonly LossPair[];
  /** Of every moment, so that the axis stands still while training plays. */
  readonly domain: readonly [number, number];
  readonly unit: string;
}

const distanceWidth = 40;

export function drawLossPairs(group: Group, { box, pairs, domain, unit }: LossPairsOptions): void {
  const right = box.right - distanceWidth;
  const x = scaleLog(domain, [box.left, right]).clamp(true);
  const step = (box.bottom - box.top) / pairs.length;
  drawAxes(group, {
    box: { ...box, right },
    x,
    y: null,
    xTicks: logarithmicTicks(domain, 3),
    xFormat: formatNumber,
    xName: `Loss (${unit}; log scale)`,
  });
  for (const [index, text] of ['distance', 'off plane'].entries())
    writeText(group, {
      x: box.right,
      y: box.top - 22 + 13 * index,
      text,
      anchor: 'end',
      style: 'muted small',
    });
  for (const [index, pair] of pairs.entries()) {
    const row = group.append('g').attr('class', 'loss-pair').attr('opacity', pair.opacity) as Group;
    const y = box.top + (index + 0.5) * step;
    const [own, ground] = [x(pair.own), x(pair.ground)];
    row
      .append('path')
      .attr('class', 'hairline')
      .attr('d', `M${box.left},${y.toFixed(1)}H${right}`);
    row
      .append('path')
      .attr('class', 'line ink')
      .attr('stroke-width', 1.5)
      .attr('d', `M${own.toFixed(1)},${y.toFixed(1)}H${ground.toFixed(1)}m0,-5v10`);
    drawEnd(row, [own, y], pair.colour, 4);
    writeText(row, { x: box.left - 8, y: y + 4, text: pair.name, anchor: 'end', style: 'small' });
    writeText(row, {
      x: box.right,
      y: y + 4,
      text: formatNumber(Number(pair.distance.toPrecision(2))),
      anchor: 'end',
      style: 'small',
    });
  }
}
