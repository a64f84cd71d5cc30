// One plane of a study as a map: ground, and the networks' shadows on it. Used large, and as one of many.
import { scaleLinear } from 'd3';
import type { SliceResult } from '../../landscape/analyses/slices.ts';
import type { Box } from '../kit/axes.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import type { LevelScale } from '../kit/level-scale.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { NamedSlice, Track } from './slice-planes.ts';
import type { Group } from '../kit/stage.ts';

export interface PanelPlace {
  readonly box: Box;
  x(value: number): number;
  y(value: number): number;
  /** Pixels per unit across: the scale of distances on the map. */
  readonly unit: number;
  /** How many times the shorter side is stretched; 1 where a distance is a distance in every direction. */
  readonly stretch: number;
}

/** A plane narrower than this share of its length would be a ribbon: it is widened to it, and the map says so. */
const narrowest = 0.55;

/** Height over width of a plane's map. */
export function panelShare({ axes }: SliceResult): number {
  const [xs, ys] = [axes[0]!.values, axes[1]!.values];
  const share = (ys.at(-1)! - ys[0]!) / (xs.at(-1)! - xs[0]!);
  return Math.min(Math.max(share, narrowest), 1 / narrowest);
}

/** Fits a plane into a room, with equal scales on both axes where it is not very narrow. */
export function placePanel(result: SliceResult, room: Box, isCentred = false): PanelPlace {
  const [xs, ys] = [result.axes[0]!.values, result.axes[1]!.values];
  const across = xs.at(-1)! - xs[0]!;
  const up = ys.at(-1)! - ys[0]!;
  const share = panelShare(result);
  const width = Math.min(room.right - room.left, (room.bottom - room.top) / share);
  const left = room.left + (room.right - room.left - width) / 2;
  const top = isCentred ? room.top + (room.bottom - room.top - width * share) / 2 : room.top;
  const box = { left, right: left + width, top, bottom: top + width * share };
  return {
    box,
    x: scaleLinear([xs[0]!, xs.at(-1)!], [box.left, box.right]),
    y: scaleLinear([ys[0]!, ys.at(-1)!], [box.bottom, box.top]),
    unit: width / across,
    stretch: Math.max(share / (up / across), up / across / share),
  };
}

export function drawPanelGround(
  group: Group,
  { result }: NamedSlice,
  surface: ArrayLike<number>,
  { box, x, y }: PanelPlace,
  scale: LevelScale,
): void {
  const [xs, ys] = [result.axes[0]!.values, result.axes[1]!.values];
  drawFilledContours(group, box, { values: surface, xs, ys, x, y }, scale);
}

/** Where a marker's shadow falls, in pixels; not finite where it falls outside the map. */
export function shadowOf({ result }: NamedSlice, place: PanelPlace, row: number): Point {
  const { values } = result.markers.coordinates;
  const [x, y] = [place.x(values[2 * row]!), place.y(values[2 * row + 1]!)];
  const { left, right, top, bottom } = place.box;
  const isOn = x >= left - 0.5 && x <= right + 0.5 && y >= top - 0.5 && y <= bottom + 0.5;
  return isOn ? [x, y] : [NaN, NaN];
}

/** The shadow of a network's way, up to a place in it, between two snapshots too. */
export function shadowPath(
  slice: NamedSlice,
  place: PanelPlace,
  { rows }: Track,
  until: number | null,
): Point[] {
  const last = Math.min(rows.length - 1, until ?? rows.length - 1);
  const points = rows.slice(0, Math.floor(last) + 1).map((row) => shadowOf(slice, place, row));
  const rest = last - Math.floor(last);
  const next = rows[Math.floor(last) + 1];
  if (rest > 0 && next !== undefined) {
    const [from, to] = [points.at(-1)!, shadowOf(slice, place, next)];
    points.push([from[0] + rest * (to[0] - from[0]), from[1] + rest * (to[1] - from[1])]);
  }
  return points;
}

export interface MarksLook {
  readonly until: number | null;
  readonly selected: number | null;
  /** One of many small maps. */
  readonly small: boolean;
  /** Names beside a few marks; a crowd has none. */
  readonly named: boolean;
}

/** Starts are hollow, ends solid; what has one marker alone is an end. */
export function drawPanelMarks(
  group: Group,
  slice: NamedSlice,
  place: PanelPlace,
  { until, selected, small, named }: MarksLook,
): void {
  const isCrowd = slice.tracks.length > 6;
  const radius = (small ? 3 : isCrowd ? 3.8 : 5) * (small && isCrowd ? 0.8 : 1);
  const ordered = [...slice.tracks].sort(
    (a, b) => Number(a.network === selected) - Number(b.network === selected),
  );
  const hasChosen = slice.tracks.some(({ network }) => network === selected);
  for (const track of ordered) {
    const chosen = track.network === selected;
    const points = shadowPath(slice, place, track, until).filter((point) =>
      point.every(Number.isFinite),
    );
    const [start, end] = [points[0], points.at(-1)];
    if (start === undefined || end === undefined) continue;
    const own = group.append('g').attr('opacity', hasChosen && !chosen ? 0.45 : null);
    const strength = (small ? 1.3 : 2) * (chosen && slice.tracks.length > 1 ? 1.4 : 1);
    if (points.length > 1) {
      const d = linePath(points);
      own
        .append('path')
        .attr('class', 'casing')
        .attr('stroke-width', strength + 1.8)
        .attr('d', d);
      own
        .append('path')
        .attr('class', 'line')
        .attr('stroke', track.colour)
        .attr('stroke-width', strength)
        .attr('d', d);
    }
    if (track.rows.length > 1) drawStart(own, start, track.colour, radius * 0.85);
    drawEnd(own, end, track.colour, chosen && slice.tracks.length > 1 ? radius * 1.35 : radius)
      .attr('class', 'outlined')
      .attr('stroke-width', small ? 0.75 : 1.25);
    if (!small && (chosen || (named && !isCrowd)))
      writeMarkName(own, track.title, end, place.box, radius);
  }
}

function writeMarkName(group: Group, text: string, [x, y]: Point, box: Box, radius: number): void {
  const half = textWidth(text) / 2;
  writeText(group, {
    x: Math.min(box.right - half - 4, Math.max(box.left + half + 4, x)),
    y: y - radius - 7 < box.top + 12 ? y + radius + 15 : y - radius - 7,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}
