// The scale bar of a map, as on a survey sheet: a round distance in weight space, in two-tone pieces, with its words.
import type { Box } from './axes.ts';
import { formatNumber } from './format.ts';
import { textWidth, writeText } from './labels.ts';
import type { Group } from './stage.ts';

/** The longest bar, as a share of the map's width. */
const longest = 0.3;
const pieces = 4;
/** A smaller map has no room for it. */
const narrowest = 240;

/** The largest of 1, 2, 5 times a power of ten that fits. */
function roundDistance(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return Number(([5, 2, 1].find((digit) => digit * power <= most)! * power).toPrecision(1));
}

/** @param unit pixels per unit of weight-space distance, the same along both axes. */
export function drawScaleBar(group: Group, box: Box, unit: number): void {
  const most = (longest * (box.right - box.left)) / unit;
  if (!(most > 0) || !Number.isFinite(most) || box.right - box.left < narrowest) return;
  const distance = roundDistance(most);
  const length = distance * unit;
  const text = `${formatNumber(distance)} ${distance === 1 ? 'unit' : 'units'} of weight distance`;
  const own = group.append('g').attr('class', 'scale-bar');
  const [left, top] = [box.left + 14, box.bottom - 18];
  const width = Math.max(length, textWidth(text, 11)) + 12;
  own
    .append('rect')
    .attr('class', 'scale-bar-ground')
    .attr('x', left - 6)
    .attr('y', top - 19)
    .attr('width', width.toFixed(1))
    .attr('height', 30)
    .attr('rx', 2);
  for (let k = 0; k < pieces; k++)
    own
      .append('rect')
      .attr('class', k % 2 === 0 ? 'scale-bar-dark' : 'scale-bar-light')
      .attr('x', (left + (k * length) / pieces).toFixed(1))
      .attr('y', top)
      .attr('width', (length / pieces).toFixed(1))
      .attr('height', 5);
  writeText(own, { x: left, y: top - 6, text, style: 'small' });
}
