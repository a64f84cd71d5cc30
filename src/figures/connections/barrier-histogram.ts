// How high the barriers of all pairs are: a histogram that stands on the colour scale, and so is its legend too.
import { bandOf } from './barrier-scale.ts';
import { intervalText } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import type { LevelScale } from '../kit/level-scale.ts';
import { drawPath, fillPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';

/** The barriers of all pairs under one alignment. */
export interface BarrierDistribution {
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
  readonly distributions: readonly BarrierDistribution[];
}

const bins = 48;
const labelHeight = 56;
const axisHeight = 30;

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
  const { x, y, width, height, scale, distributions } = options;
  const floor = y + height - axisHeight;
  const top = y + labelHeight + (width < 260 ? 14 : 0);
  const step = width / bins;
  writeText(group, { x, y: y + 10, text: options.title, style: 'axis-name' });
  for (const { values, isGhost } of distributions) {
    const counts = countBins(scale, values);
    const most = Math.max(...counts, 1);
    const rise = (count: number): number => ((floor - top) * count) / most;
    if (isGhost) drawOutline(group, counts.map(rise), { x, floor, step });
    else drawBars(group, counts.map(rise), { x, floor, step, scale });
  }
  drawColourAxis(group, options, floor);
  for (const distribution of distributions) drawMean(group, distribution, options, top);
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
    if (path !== '') fillPath(group, 'bar', path, scale.bands[band]!.colour);
}

function drawOutline(
  group: Group,
  heights: readonly number[],
  { x, floor, step }: { x: number; floor: number; step: number },
): void {
  const path = heights
    .map((height) => `V${(floor - height).toFixed(1)}h${step.toFixed(2)}`)
    .join('');
  drawPath(group, 'line ghost', `M${x},${floor}${path}V${floor}`, { width: 1 });
}

/** The value at a share of the scale. */
function valueAt(scale: LevelScale, share: number): number {
  const { minimum, maximum, logarithmic } = scale;
  return logarithmic
    ? minimum * (maximum / minimum) ** share
    : minimum + share * (maximum - minimum);
}

/** The colours under the bars, with the values at which they change. */
function drawColourAxis(group: Group, { x, width, scale }: HistogramOptions, floor: number): void {
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

/** The mean as a diamond with its interval, and both in words above. */
function drawMean(
  group: Group,
  distribution: BarrierDistribution,
  { x, width, scale }: HistogramOptions,
  top: number,
): void {
  const { mean, interval, isGhost } = distribution;
  const at = (value: number): number => x + scale.share(value) * width;
  const y = top - 7;
  if (interval.every(Number.isFinite)) {
    const [low, high] = interval.map((end) => at(end).toFixed(1));
    const whiskers = `M${low},${y}H${high}M${low},${y - 3}v6M${high},${y - 3}v6`;
    drawPath(group, `line ${isGhost ? 'ghost' : 'accent-line'}`, whiskers, { width: 2 });
  }
  drawPath(
    group,
    isGhost ? 'muted-bar' : 'accent-mark',
    `M${at(mean).toFixed(1)},${y - 5}l5,5l-5,5l-5,-5z`,
  );
  for (const { up, text, style } of labelsOf(distribution, width)) {
    const half = textWidth(text, 11.5) / 2;
    const place = Math.min(x + width - half, Math.max(x + half, at(mean)));
    writeText(group, { x: place, y: y - up, text, anchor: 'middle', style });
  }
}

function labelsOf({ mean, interval, isGhost, text }: BarrierDistribution, width: number) {
  if (isGhost) {
    // Where both fit into one row they share it: the two means lie far apart.
    const up = width < 260 ? 37 : 23;
    return [{ up, text: `${text}: ${formatNumber(mean)}`, style: 'muted halo small' }];
  }
  return [
    { up: 23, text: `mean ${formatNumber(mean)}`, style: 'accent halo' },
    { up: 9, text: intervalText(interval), style: 'muted small halo' },
  ];
}
