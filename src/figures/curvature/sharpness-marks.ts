// What is drawn over the lines of sharpness: each condition's 2/η, one network in the foreground, and a reader's guess.
import type { Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, writeText } from '../kit/labels.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { SharpnessCondition } from './sharpness-along-data.ts';
import { drawPath, drawRing } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';

export interface ThresholdsOptions {
  readonly conditions: readonly SharpnessCondition[];
  readonly box: Box;
  /** Pixels between two names. */
  readonly gap: number;
  y(value: number): number;
}

/** A dashed line at each threshold, named at its right end. */
export function drawThresholds(group: Group, { conditions, box, gap, y }: ThresholdsOptions): void {
  const { left, right, top, bottom } = box;
  const lines = conditions.flatMap(({ threshold, colour, short }) =>
    threshold === null ? [] : [{ threshold, colour, short, at: y(threshold) }],
  );
  for (const { at, colour } of lines)
    drawPath(group, 'line threshold', `M${left},${at.toFixed(1)}H${right + 6}`, {
      colour,
      width: 1.5,
      dash: '6 4',
    });
  const places = spread(
    lines.map(({ at }) => at),
    gap,
    top,
    bottom,
  );
  for (const [index, { threshold, short, colour, at }] of lines.entries()) {
    const place = places[index]!;
    const lead = `M${right + 6},${at.toFixed(1)}L${right + 12},${place.toFixed(1)}`;
    drawPath(group, 'line', lead, { colour });
    const text = `2/η = ${formatNumber(threshold)}`;
    writeText(group, { x: right + 14, y: place + 1, text, style: 'strong halo' });
    writeText(group, { x: right + 14, y: place + 15, text: short, style: 'muted small halo' });
  }
}

export interface PickedNetwork {
  readonly colour: string;
  /** By snapshot, in pixels; of the loss the first snapshot is left out. */
  readonly sharpness: readonly Point[];
  readonly loss: readonly Point[];
  /** Snapshots at which the loss was higher than before. */
  readonly rises: readonly number[];
  /** Snapshot at which the sharpness first is above the threshold. */
  readonly crossing: number | null;
}

/** Bold lines, the rises of the loss in ink, and a ring where the threshold is crossed. */
export function drawPickedNetwork(group: Group, network: PickedNetwork): void {
  const { colour, sharpness, loss, rises, crossing } = network;
  for (const points of [sharpness, loss]) {
    const d = linePath(points);
    drawPath(group, 'casing', d, { width: 4.2 });
    drawPath(group, 'line', d, { colour, width: 2.2 });
    const end = points.at(-1);
    if (end !== undefined) drawEnd(group, end, colour);
  }
  if (sharpness[0] !== undefined) drawStart(group, sharpness[0], colour);
  // The loss begins with snapshot 1, which is its point 0.
  const pairs = rises.filter((s) => s > 1).map((s) => [loss[s - 2]!, loss[s - 1]!]);
  const lines = pairs.map((pair) => linePath(pair)).join('');
  drawPath(group, 'line ink rises', lines, { width: 2.4 });
  const at = crossing === null ? undefined : sharpness[crossing];
  if (at !== undefined) drawRing(group, at, 6, 'line ink crossing');
}

export interface GuessOptions {
  readonly guess: number;
  readonly box: Box;
  y(value: number): number;
}

export function drawGuess(group: Group, { guess, box, y }: GuessOptions): void {
  const at = y(guess);
  const line = `M${box.left},${at.toFixed(1)}H${box.right}`;
  drawPath(group, 'line accent-line guess', line, { width: 2, dash: '2 4' });
  // Above its line, but for one at the very top.
  const isBelow = at - 6 < box.top + 8;
  writeText(group, {
    x: box.left + 6,
    y: isBelow ? at + 15 : at - 6,
    text: `your guess: ${formatNumber(guess)}`,
    style: 'accent halo',
  });
}
