// How likely a random plane is to show a saddle's way down, as a bar, with a reader's guess.
import { scaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import { formatPercent } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import type { Saddle } from './vanishing-saddle-data.ts';

/** How many random planes show a way down: the answer, and the guess where there is one. */
export function drawChance(
  group: Group,
  box: Omit<Box, 'bottom'>,
  chance: Saddle['chance'],
  guess: number | null,
): void {
  const { left, right, top } = box;
  const x = scaleLinear([0, 1], [left, right]).clamp(true);
  const text =
    chance.of === null
      ? `Random planes that show a way down: ${chanceInWords(chance.share)}`
      : `Of ${chance.of} random planes, a way down: ${chanceInWords(chance.share)}`;
  writeText(group, { x: left, y: top, text, style: 'strong' });
  group
    .append('rect')
    .attr('class', 'null-bar')
    .attr('x', left)
    .attr('y', top + 9)
    .attr('width', right - left)
    .attr('height', 10);
  group
    .append('rect')
    .attr('class', 'chance-bar')
    .attr('x', left)
    .attr('y', top + 9)
    .attr('width', Math.max(1.5, x(chance.share) - left).toFixed(1))
    .attr('height', 10);
  for (const value of [0, 0.5, 1])
    writeText(group, {
      x: x(value),
      y: top + 33,
      text: formatPercent(value),
      anchor: value === 0 ? 'start' : value === 1 ? 'end' : 'middle',
      style: 'muted small',
    });
  if (guess !== null) drawGuess(group, { left, right, top }, x(guess));
}

/** Its words stand beside the numbers under the bar, wherever these leave room. */
function drawGuess(group: Group, { left, right, top }: Omit<Box, 'bottom'>, at: number): void {
  drawPath(group, 'accent-mark', `M${at.toFixed(1)},${top + 8}l5,6l-5,6l-5,-6z`);
  const text = 'your guess';
  const half = textWidth(text) / 2;
  const place = Math.min(right - half - 40, Math.max(left + half + 26, at));
  const middle = (left + right) / 2;
  const crowded = Math.abs(place - middle) < half + 22;
  writeText(group, {
    x: crowded ? middle + (place < middle ? -1 : 1) * (half + 22) : place,
    y: top + 33,
    text,
    anchor: 'middle',
    style: 'accent halo',
  });
}

/** A chance in words: one that rounding would call none or certain says so. */
export function chanceInWords(share: number): string {
  if (share === 0) return 'none';
  if (share < 0.0005) return 'less than 1 in 2,000';
  return formatPercent(share);
}
