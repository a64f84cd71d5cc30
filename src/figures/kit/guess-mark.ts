// What a reader guessed, in every picture alike: a dotted line with the words "your guess".
import type { Box } from './axes.ts';
import { textWidth, writeText } from './labels.ts';
import type { Group } from './stage.ts';

/** A value of the x axis, down the box; its words stand at the line's top, within the width. */
export function drawGuessDown(
  group: Group,
  { x, box, text, width }: { x: number; box: Box; text: string; width: number },
): void {
  const half = textWidth(text, 13.4) / 2;
  group
    .append('path')
    .attr('class', 'guess-mark')
    .attr('d', `M${x.toFixed(1)},${box.top}V${box.bottom}`);
  writeText(group, {
    x: Math.min(width - half - 2, Math.max(half + 2, x)),
    y: box.top - 6,
    text,
    anchor: 'middle',
    style: 'guess-label halo',
  });
}
