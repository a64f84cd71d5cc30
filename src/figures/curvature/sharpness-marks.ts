// What is drawn over the lines of sharpness: each condition's 2/η, one network in the foreground, and a reader's guess.
import type { Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, writeText } from '../kit/labels.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { SharpnessCondition } from './sharpness-path.ts';
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
    group
      .append('path')
      .attr('class', 'line threshold')
      .attr('stroke', colour)
      .attr('stroke-width', 1.5)
      .attr('stroke-dasharray', '6 4')
      .attr('d', `M${left},${at.toFixed(1)}H${right + 6}`);
  const places = spread(
    lines.map(({ at }) => at),
    gap,
    top,
    bottom,
  );
  for (const [index, { threshold, short, colour, at }] of lines.entries()) {
    const place = places[index]!;
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', colour)
      .attr('d', `M${right + 6},${at.toFixed(1)}L${right + 12},${place.toFixed(1)}`);
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
    group.append('path').attr('class', 'casing').attr('stroke-width', 4.2).attr('d', d);
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', colour)
      .attr('stroke-width', 2.2)
      .attr('d', d);
    const end = points.at(-1);
    if (end !== undefined) drawEnd(group, end, colour);
  }
  if (sharpness[0] !== undefined) drawStart(group, sharpness[0], colour);
  // The loss begins with snapshot 1, which is its point 0.
  const pairs = rises.filter((s) => s > 1).map((s) => [loss[s - 2]!, loss[s - 1]!]);
  group
    .append('path')
    .attr('class', 'line ink rises')
    .attr('stroke-width', 2.4)
    .attr('d', pairs.map((pair) => linePath(pair)).join(''));
  const at = crossing === null ? undefined : sharpness[crossing];
  if (at === undefined) return;
  group
    .append('circle')
    .attr('class', 'line ink crossing')
    .attr('cx', at[0].toFixed(1))
    .attr('cy', at[1].toFixed(1))
    .attr('r', 6)
    .attr('stroke-width', 1.5);
}

export interface GuessOptions {
  readonly guess: number;
  readonly box: Box;
  y(value: number): number;
}

export function drawGuess(group: Group, { guess, box, y }: GuessOptions): void {
  const at = y(guess);
  group
    .append('path')
    .attr('class', 'line accent-line guess')
    .attr('stroke-width', 2)
    .attr('stroke-dasharray', '2 4')
    .attr('d', `M${box.left},${at.toFixed(1)}H${box.right}`);
  // Above its line, but for one at the very top.
  const isBelow = at - 6 < box.top + 8;
  writeText(group, {
    x: box.left + 6,
    y: isBelow ? at + 15 : at - 6,
    text: `your guess: ${formatNumber(guess)}`,
    style: 'accent halo',
  });
}
