// Below the lines: how much wider the second valley is than the first, and how long the weights are, for each line.
import { scaleLinear, type ScaleLinear } from 'd3';
import { drawAxes, type Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { shortDecayName } from '../kit/setting-names.ts';
import { drawPath, drawVertical } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';
import { isKnown, type Valley, type ValleyGuess, type Valleys } from './valley-lines-data.ts';

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

/** One of the two panels side by side, a row a line. */
interface Panel extends SummaryOptions {
  readonly box: Box;
  readonly isNarrow: boolean;
}

const rowHeight = 24;
export const summaryHeight = (lines: number): number => 30 + lines * rowHeight + 38;

const rowMiddle = ({ top }: Box, row: number): number => top + (row + 0.5) * rowHeight;

export function drawSummary(group: Group, options: SummaryOptions): void {
  const { box, valleys } = options;
  const width = box.right - box.left;
  const isNarrow = width < 480;
  const gutter = isNarrow ? 50 : 136;
  const gap = isNarrow ? 22 : 36;
  const each = (width - gutter - gap) / 2;
  const top = box.top + 26;
  const bottom = top + valleys.lines.length * rowHeight;
  const left: Box = { left: box.left + gutter, right: box.left + gutter + each, top, bottom };
  const right: Box = { left: left.right + gap, right: box.right, top, bottom };
  if (isNarrow) writeText(group, { x: box.left, y: top - 10, text: 'Decay', style: 'axis-name' });
  drawRowNames(group, { ...options, box: left, isNarrow }, right);
  drawDifferences(group, { ...options, box: left, isNarrow });
  drawNorms(group, { ...options, box: right, isNarrow });
}

/** The lines by name, and a question mark in both panels where a reader is to guess. */
function drawRowNames(group: Group, left: Panel, right: Box): void {
  const { valleys, shown, revealed, isNarrow } = left;
  for (const [row, valley] of valleys.lines.entries()) {
    const y = rowMiddle(left.box, row) + 4;
    writeText(group, {
      x: left.box.left - 10,
      y,
      text: isNarrow ? shortDecayName(valley.name) : valley.name,
      anchor: 'end',
      style: valley.key === shown ? 'strong' : 'muted',
    });
    if (isKnown(valleys, valley, revealed)) continue;
    for (const box of [left.box, right])
      writeText(group, {
        x: (box.left + box.right) / 2,
        y,
        text: '?',
        anchor: 'middle',
        style: 'muted',
      });
  }
}

/** Axis and heading that both panels have. */
function drawPanelAxis(
  group: Group,
  { box, isNarrow }: Panel,
  x: ScaleLinear<number, number>,
  name: string,
): void {
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
    text: name,
    anchor: 'middle',
    style: 'axis-name',
  });
}

/** Lines whose numbers are given, with their rows. */
const knownRows = ({ valleys, revealed }: Panel): (readonly [number, Valley])[] =>
  [...valleys.lines.entries()].filter(([, valley]) => isKnown(valleys, valley, revealed));

function drawDifferences(group: Group, panel: Panel): void {
  const { box, valleys, shown, isNarrow } = panel;
  const ends = valleys.lines.flatMap(({ difference: { value, interval } }) => [
    value,
    ...(interval ?? []),
  ]);
  const low = Math.min(-0.35, 1.1 * Math.min(...ends));
  const high = Math.max(0.35, 1.1 * Math.max(...ends));
  const x = scaleLinear([low, high], [box.left, box.right]);
  const name = isNarrow
    ? 'Width, large − small'
    : 'Width of the valley, large less small (share of the line)';
  const fits = textWidth(name) < box.right - box.left + 30;
  drawPanelAxis(group, panel, x, fits ? name : 'Width, large less small');
  drawVertical(group, 'reference', x(0), box);
  drawSides(group, panel);
  for (const [row, valley] of knownRows(panel)) {
    const { value, interval } = valley.difference;
    drawWhisker(group, {
      mean: x(value),
      interval: interval && [x(interval[0]), x(interval[1])],
      across: rowMiddle(box, row),
      colour: 'currentColor',
      mark: 'diamond',
      size: valley.key === shown ? 5.5 : 4,
    });
  }
  drawGuess(group, panel, x);
}

/** What each side of no difference means. */
function drawSides(group: Group, { box, isNarrow }: Panel): void {
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
}

/** The guess is of the last line: a bar over the side on which it places the answer. */
function drawGuess(
  group: Group,
  { box, guess, revealed }: Panel,
  x: (value: number) => number,
): void {
  if (guess === null || !revealed) return;
  const y = box.bottom - 3;
  const near = (box.right - box.left) * 0.06;
  const [from, to] =
    guess === 'neither'
      ? [x(0) - near, x(0) + near]
      : guess === 'to'
        ? [x(0), box.right]
        : [box.left, x(0)];
  drawPath(group, 'guess-mark', `M${from.toFixed(1)},${y}H${to.toFixed(1)}`);
  const half = textWidth('your guess') / 2;
  writeText(group, {
    x: Math.min(box.right - half, Math.max(box.left + half, (from + to) / 2)),
    y: y - 6,
    text: 'your guess',
    anchor: 'middle',
    style: 'guess-label halo',
  });
}

function drawNorms(group: Group, panel: Panel): void {
  const { box, valleys, shown, colours, isNarrow } = panel;
  const all = valleys.lines.flatMap(({ ends }) => ends.map(({ norm }) => norm.value));
  const room = 0.12 * (Math.max(...all) - Math.min(...all)) || 1;
  const x = scaleLinear([Math.min(...all) - room, Math.max(...all) + room], [box.left, box.right]);
  drawPanelAxis(
    group,
    panel,
    x,
    isNarrow ? 'Length of weights' : 'Length of the weights (Euclidean)',
  );
  for (const [row, valley] of knownRows(panel)) {
    const y = rowMiddle(box, row);
    const [a, b] = valley.ends.map(({ norm }) => x(norm.value)) as [number, number];
    drawPath(group, 'hairline', `M${a.toFixed(1)},${y}H${b.toFixed(1)}`, { width: 2 });
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
