// One condition's networks on a line: dots that do not hide each other, and the mean with its interval below them.
import { dodge } from '../kit/dodge.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawOutcome } from '../kit/marks.ts';
import type { Mean, OutcomeRow } from './outcome-rows.ts';
import { networkColour } from '../kit/palette.ts';
import type { Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';

export interface Strip {
  readonly places: ReadonlyMap<number, Point>;
  readonly radius: number;
}

interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** The mean's whisker lies below the dots. */
const meanHeight = 13;
const [largestRadius, smallestRadius] = [4.5, 2.5];

/** The largest dots whose tallest pile fits in every row; where even small ones do not, they overlap. */
export function stripRadius(
  rows: readonly OutcomeRow[],
  band: Band,
  x: (value: number) => number,
): number {
  const room = band.bottom - meanHeight - band.top;
  const placed = rows.map((row) => row.values.filter(Number.isFinite).map(x));
  for (let radius = largestRadius; radius > smallestRadius; radius -= 0.5) {
    const tallest = Math.max(...placed.map((places) => Math.max(0, ...dodge(places, 2 * radius))));
    if (tallest + 2 * radius <= room) return radius;
  }
  return smallestRadius;
}

export function stripPlaces(
  row: OutcomeRow,
  band: Band,
  options: {
    x: (value: number) => number;
    radius: number;
    /** Where the axis ends, and how much room there is beside it. */
    right: number;
    gutter: number;
  },
): Strip {
  const { x, radius, right, gutter } = options;
  const ground = band.bottom - meanHeight;
  const networks = row.values.map((_, n) => n);
  const drawn = networks.filter((n) => Number.isFinite(row.values[n]));
  const at = drawn.map((n) => x(row.values[n]!));
  const heights = dodge(at, 2 * radius);
  const tallest = Math.max(0, ...heights);
  const squeeze = tallest > 0 ? Math.min(1, (ground - band.top - 2 * radius) / tallest) : 1;
  const places = new Map<number, Point>();
  for (const [index, n] of drawn.entries())
    places.set(n, [at[index]!, ground - radius - squeeze * heights[index]!]);
  // What has no place on the axis stands beside it, in a block.
  const absent = networks.filter((n) => !Number.isFinite(row.values[n]));
  const columns = Math.max(1, Math.floor((gutter - 14) / 7));
  const lines = Math.ceil(absent.length / columns);
  const gap = Math.min(7, (band.bottom - band.top - 6) / Math.max(1, lines - 1));
  for (const [index, n] of absent.entries())
    places.set(n, [
      right + 14 + (index % columns) * 7,
      band.top + 3 + Math.floor(index / columns) * gap,
    ]);
  return { places, radius };
}

/** Disc, square or cross, as a network converged, was stuck or diverged. */
export function drawStrip(group: Group, row: OutcomeRow, { places, radius }: Strip): void {
  for (const [n, [x, y]] of places) {
    const isPlaced = Number.isFinite(row.values[n]);
    const r = isPlaced ? radius : Math.min(radius, 2.5);
    drawOutcome(group, row.outcomeOf[n], [x, y], networkColour(n), r);
  }
}

export interface MeanPlace {
  readonly x: (value: number) => number;
  readonly y: number;
  /** How far right may be written. */
  readonly right: number;
  readonly format: (value: number) => string;
}

export function drawMean(
  group: Group,
  mean: Mean | null,
  { x, y, right, format }: MeanPlace,
): void {
  if (mean === null) return;
  const at = x(mean.value);
  const [from, to] = mean.interval?.map(x) ?? [at, at];
  if (mean.interval !== null)
    group
      .append('path')
      .attr('class', 'line accent-line')
      .attr('stroke-width', 1.75)
      .attr(
        'd',
        `M${from!.toFixed(1)},${y}H${to!.toFixed(1)}M${from!.toFixed(1)},${y - 3}v6M${to!.toFixed(1)},${y - 3}v6`,
      );
  group
    .append('path')
    .attr('class', 'accent-mark')
    .attr('d', `M${at.toFixed(1)},${y - 5}l5,5l-5,5l-5,-5z`);
  const text = format(mean.value);
  const isLeft = Math.max(at + 5, to!) + 6 + textWidth(text, 11) > right;
  writeText(group, {
    x: isLeft ? Math.min(at - 5, from!) - 5 : Math.max(at + 5, to!) + 5,
    y: y + 4,
    text,
    anchor: isLeft ? 'end' : 'start',
    style: 'accent small halo',
  });
}
