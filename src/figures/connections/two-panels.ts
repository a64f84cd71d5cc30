// Two charts of one figure: beside each other, or below each other on a narrow screen.
import type { Box } from '../kit/axes.ts';
import { writeText } from '../kit/labels.ts';
import type { Group } from '../kit/stage.ts';

export const isStacked = (width: number): boolean => width < 600;

/** Room for a title and the name of the y axis above a chart, and for its numbers to the left of it. */
const [above, left] = [56, 52];
const gap = { beside: 76, below: 92 } as const;

/** @param tall height of each chart, without its axes. */
export function placeTwoPanels(width: number, tall: number): readonly [Box, Box] {
  const stacked = isStacked(width);
  const side = stacked ? width - 60 : (width - left - gap.beside - 12) / 2;
  const boxAt = (x: number, top: number): Box => ({
    left: x,
    right: x + side,
    top,
    bottom: top + tall,
  });
  return [
    boxAt(left, above),
    stacked ? boxAt(left, above + tall + gap.below) : boxAt(left + side + gap.beside, above),
  ];
}

export function writePanelTitle(group: Group, box: Box, text: string): void {
  writeText(group, { x: box.left - 50, y: box.top - 32, text, style: 'strong' });
}

export function writePanelAxis(group: Group, box: Box, text: string): void {
  writeText(group, { x: box.left - 50, y: box.top - 12, text, style: 'axis-name' });
}
