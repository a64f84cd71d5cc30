// How high the barriers of all pairs are: a histogram that stands on the colour scale, and so is its legend too.
import { bandOf } from './barrier-scale.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import type { LevelScale } from '../kit/level-scale.ts';
import type { Group } from '../kit/stage.ts';

export interface Spread {
  readonly text: string;
  readonly values: readonly number[];
  readonly mean: number;
  readonly interval: readonly [number, number];
  /** Drawn as an outline, for comparison. */
  readonly isGhost: boolean;
}

export interface HistogramOptions {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly scale: LevelScale;
  readonly title: string;
  readonly spreads: readonly Spread[];
}

const bins = 48;
const labelRoom = 56;
const footRoom = 30;

/** Counts by position on the scale; what lies at or below its lower end is in the first bin. */
export function countBins(scale: LevelScale, values: readonly number[]): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(scale.share(value) * bins));
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

export function drawHistogram(group: Group, options: HistogramOptions): void {
  const { x, y, width, height, scale, spreads } = options;
  const floor = y + height - footRoom;
  const top = y + labelRoom + (width < 260 ? 14 : 0);
  const step = width / bins;
  writeText(group, { x, y: y + 10, text: options.title, style: 'axis-name' });
  for (const spread of spreads) {
    const counts = countBins(scale, spread.values);
    const most = Math.max(...counts, 1);
    const rise = (count: number): number => ((floor - top) * count) / most;
    if (spread.isGhost) drawOutline(group, counts.map(rise), { x, floor, step });
    else drawBars(group, counts.map(rise), { x, floor, step, scale });
  }
  drawFoot(group, options, floor);
  for (const spread of spreads) drawMean(group, spread, options, top);
}

function drawBars(
  group: Group,
  heights: readonly number[],
  { x, floor, step, scale }: { x: number; floor: number; step: number; scale: LevelScale },
): void {
  const paths = scale.bands.map(() => '');
  for (const [bin, height] of heights.entries()) {
    if (height === 0) continue;
    const band = bandOf(scale, valueAt(scale, (bin + 0.5) / heights.length));
    paths[band] +=
      `M${(x + bin * step).toFixed(1)},${floor}v${-Math.max(1, height).toFixed(1)}h${(step - 0.6).toFixed(1)}V${floor}z`;
  }
  for (const [band, path] of paths.entries())
    if (path !== '')
      group
        .append('path')
        .attr('class', 'bar')
        .attr('fill', scale.bands[band]!.colour)
        .attr('d', path);
}

function drawOutline(
  group: Group,
  heights: readonly number[],
  { x, floor, step }: { x: number; floor: number; step: number },
): void {
  const path = heights
    .map((height) => `V${(floor - height).toFixed(1)}h${step.toFixed(2)}`)
    .join('');
  group
    .append('path')
    .attr('class', 'line ghost')
    .attr('stroke-width', 1)
    .attr('d', `M${x},${floor}${path}V${floor}`);
}

/** The value at a share of the scale. */
function valueAt(scale: LevelScale, share: number): number {
  const { minimum, maximum, logarithmic } = scale;
  return logarithmic
    ? minimum * (maximum / minimum) ** share
    : minimum + share * (maximum - minimum);
}

/** The colours under the bars, with the values at which they change. */
function drawFoot(group: Group, { x, width, scale }: HistogramOptions, floor: number): void {
  const at = (value: number): number => x + scale.share(value) * width;
  for (const band of scale.bands)
    group
      .append('rect')
      .attr('x', at(band.low).toFixed(1))
      .attr('y', floor + 2)
      .attr('width', (at(band.high) - at(band.low)).toFixed(1))
      .attr('height', 8)
      .attr('fill', band.colour);
  const lowest = scale.logarithmic ? `≤ ${formatNumber(roundDown(scale.minimum))}` : '0';
  writeText(group, { x, y: floor + 24, text: lowest, style: 'muted small' });
  let free = x + textWidth(lowest, 11) + 14;
  for (const threshold of scale.thresholds) {
    const text = formatNumber(threshold);
    const half = textWidth(text, 11) / 2;
    if (at(threshold) - half < free || at(threshold) + half > x + width + 6) continue;
    writeText(group, {
      x: at(threshold),
      y: floor + 24,
      text,
      anchor: 'middle',
      style: 'muted small',
    });
    free = at(threshold) + half + 10;
  }
}

const roundDown = (value: number): number => Number(value.toPrecision(1));

function drawMean(group: Group, spread: Spread, options: HistogramOptions, top: number): void {
  const { x, width, scale } = options;
  const at = (value: number): number => x + scale.share(value) * width;
  const [low, high] = spread.interval;
  const y = top - 7;
  // Where both fit into one row they share it: the two means lie far apart.
  const above = width < 260 ? 37 : 23;
  const whiskers = spread.isGhost ? 'ghost' : 'accent-line';
  if (Number.isFinite(low) && Number.isFinite(high))
    group
      .append('path')
      .attr('class', `line ${whiskers}`)
      .attr('stroke-width', 2)
      .attr(
        'd',
        `M${at(low).toFixed(1)},${y}H${at(high).toFixed(1)}M${at(low).toFixed(1)},${y - 3}v6M${at(high).toFixed(1)},${y - 3}v6`,
      );
  group
    .append('path')
    .attr('class', spread.isGhost ? 'muted-bar' : 'accent-mark')
    .attr('d', `M${at(spread.mean).toFixed(1)},${y - 5}l5,5l-5,5l-5,-5z`);
  const rows = spread.isGhost
    ? [
        {
          up: above,
          text: `${spread.text}: ${formatNumber(spread.mean)}`,
          style: 'muted halo small',
        },
      ]
    : [
        { up: 23, text: `mean ${formatNumber(spread.mean)}`, style: 'accent halo' },
        {
          up: 9,
          text: `95% interval ${formatNumber(low)} to ${formatNumber(high)}`,
          style: 'muted small halo',
        },
      ];
  for (const { up, text, style } of rows) {
    const half = textWidth(text, 11.5) / 2;
    const place = Math.min(x + width - half, Math.max(x + half, at(spread.mean)));
    writeText(group, { x: place, y: y - up, text, anchor: 'middle', style });
  }
}
