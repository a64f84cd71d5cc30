// Below the lines: how much wider the second valley is than the first, and how long the weights are, for each line.
import { scaleLinear } from 'd3';
import { drawAxes, type Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import type { Group } from '../kit/stage.ts';
import type { Valley, ValleyGuess, Valleys } from './valley-data.ts';
import { drawWhisker } from '../kit/whisker.ts';

/** What a reader can guess: the end whose valley is wider, or neither. */

export interface SummaryOptions {
  readonly box: Box;
  readonly valleys: Valleys;
  /** Key of the line drawn above. */
  readonly shown: string;
  /** False: only the first line's numbers are given. */
  readonly revealed: boolean;
  readonly guess: ValleyGuess | null;
  readonly colours: readonly [string, string];
}

const rowHeight = 24;
export const summaryHeight = (lines: number): number => 30 + lines * rowHeight + 38;

export const isKnown = (valleys: Valleys, valley: Valley, revealed: boolean): boolean =>
  revealed || valley === valleys.lines[0];

export function drawSummary(group: Group, options: SummaryOptions): void {
  const { box, valleys, shown, revealed } = options;
  const width = box.right - box.left;
  const isNarrow = width < 480;
  const label = (valley: Valley): string =>
    isNarrow
      ? valley.name.replace('weight decay ', '').replace('no weight decay', 'none')
      : valley.name;
  const gutter = isNarrow ? 50 : 136;
  const gap = isNarrow ? 22 : 36;
  const each = (width - gutter - gap) / 2;
  const top = box.top + 26;
  const bottom = top + valleys.lines.length * rowHeight;
  const left: Box = { left: box.left + gutter, right: box.left + gutter + each, top, bottom };
  const right: Box = { left: left.right + gap, right: box.right, top, bottom };
  if (isNarrow) writeText(group, { x: box.left, y: top - 10, text: 'Decay', style: 'axis-name' });
  for (const [row, valley] of valleys.lines.entries()) {
    const y = top + (row + 0.5) * rowHeight;
    writeText(group, {
      x: left.left - 10,
      y: y + 4,
      text: label(valley),
      anchor: 'end',
      style: valley.key === shown ? 'strong' : 'muted',
    });
    if (isKnown(valleys, valley, revealed)) continue;
    for (const { left: from, right: to } of [left, right])
      writeText(group, {
        x: (from + to) / 2,
        y: y + 4,
        text: '?',
        anchor: 'middle',
        style: 'muted',
      });
  }
  drawDifferences(group, left, options, isNarrow);
  drawNorms(group, right, options, isNarrow);
}

function drawDifferences(
  group: Group,
  box: Box,
  { valleys, revealed, guess, shown }: SummaryOptions,
  isNarrow: boolean,
): void {
  const ends = valleys.lines.flatMap(({ difference: { value, interval } }) => [
    value,
    ...(interval ?? []),
  ]);
  const low = Math.min(-0.35, 1.1 * Math.min(...ends));
  const high = Math.max(0.35, 1.1 * Math.max(...ends));
  const x = scaleLinear([low, high], [box.left, box.right]);
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: x.ticks(isNarrow ? 3 : 5),
    xFormat: formatNumber,
  });
  const name = isNarrow
    ? 'Width, large − small'
    : 'Width of the valley, large less small (share of the line)';
  const fits = textWidth(name) < box.right - box.left + 30;
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.top - 10,
    text: fits ? name : 'Width, large less small',
    anchor: 'middle',
    style: 'axis-name',
  });
  const zero = x(0).toFixed(1);
  group.append('path').attr('class', 'reference').attr('d', `M${zero},${box.top}V${box.bottom}`);
  writeText(group, {
    x: box.left,
    y: box.bottom + 33,
    text: isNarrow ? 'narrower' : 'large is narrower',
    style: 'muted small',
  });
  writeText(group, {
    x: box.right,
    y: box.bottom + 33,
    text: isNarrow ? 'wider' : 'large is wider',
    anchor: 'end',
    style: 'muted small',
  });
  for (const [row, valley] of valleys.lines.entries()) {
    if (!isKnown(valleys, valley, revealed)) continue;
    const { value, interval } = valley.difference;
    drawWhisker(group, {
      mean: x(value),
      interval: interval && [x(interval[0]), x(interval[1])],
      across: box.top + (row + 0.5) * rowHeight,
      colour: 'currentColor',
      mark: 'diamond',
      size: valley.key === shown ? 5.5 : 4,
    });
  }
  if (guess === null || !revealed) return;
  // The guess is of the last line: a bar over the side on which it places the answer.
  const y = box.bottom - 3;
  const near = (box.right - box.left) * 0.06;
  const [from, to] =
    guess === 'neither'
      ? [x(0) - near, x(0) + near]
      : guess === 'to'
        ? [x(0), box.right]
        : [box.left, x(0)];
  group
    .append('path')
    .attr('class', 'guess-mark')
    .attr('d', `M${from.toFixed(1)},${y}H${to.toFixed(1)}`);
  const half = textWidth('your guess') / 2;
  writeText(group, {
    x: Math.min(box.right - half, Math.max(box.left + half, (from + to) / 2)),
    y: y - 6,
    text: 'your guess',
    anchor: 'middle',
    style: 'guess-label halo',
  });
}

function drawNorms(
  group: Group,
  box: Box,
  { valleys, revealed, shown, colours }: SummaryOptions,
  isNarrow: boolean,
): void {
  const all = valleys.lines.flatMap(({ ends }) => ends.map(({ norm }) => norm.value));
  const room = 0.12 * (Math.max(...all) - Math.min(...all)) || 1;
  const x = scaleLinear([Math.min(...all) - room, Math.max(...all) + room], [box.left, box.right]);
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: x.ticks(isNarrow ? 3 : 5),
    xFormat: formatNumber,
  });
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.top - 10,
    text: isNarrow ? 'Length of weights' : 'Length of the weights (Euclidean)',
    anchor: 'middle',
    style: 'axis-name',
  });
  for (const [row, valley] of valleys.lines.entries()) {
    if (!isKnown(valleys, valley, revealed)) continue;
    const y = box.top + (row + 0.5) * rowHeight;
    const [a, b] = valley.ends.map(({ norm }) => x(norm.value)) as [number, number];
    group
      .append('path')
      .attr('class', 'hairline')
      .attr('stroke-width', 2)
      .attr('d', `M${a.toFixed(1)},${y}H${b.toFixed(1)}`);
    for (const [end, { norm }] of valley.ends.entries())
      drawWhisker(group, {
        mean: x(norm.value),
        interval: [x(norm.interval[0]), x(norm.interval[1])],
        across: y,
        colour: colours[end]!,
        mark: end === 0 ? 'circle' : 'square',
        size: valley.key === shown ? 5.5 : 4.5,
      });
  }
}
