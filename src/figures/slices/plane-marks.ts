// The networks on a plane: the shadows of their paths, hollow where they start and solid where they end.
import type { Box } from '../kit/axes.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, simplify, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import { shadowPath, type Plane, type PlanePlace, type Track } from './plane.ts';

/** Sizes in pixels. */
export interface TrackLook {
  readonly line: number;
  /** How much wider the line's casing is; 0 for none. */
  readonly casing: number;
  readonly startRadius: number;
  readonly endRadius: number;
  readonly endOutline: number;
  /** How far over an end its name stands, or under it where that is too high; null without names. */
  readonly name: { readonly over: number; readonly under: number } | null;
}

/** Tracks that are drawn alike and dimmed together. */
export interface TrackBundle {
  readonly tracks: readonly Track[];
  readonly opacity: number | null;
  readonly look: TrackLook;
}

/** Lines lie under starts, and starts under ends; a track of one mark alone is an end. */
export function drawTracks(
  group: Group,
  { tracks, opacity, look }: TrackBundle,
  { plane, place, until }: { plane: Plane; place: PlanePlace; until: number | null },
): void {
  const own = group.append('g').attr('opacity', opacity);
  const paths = tracks.flatMap((track) => {
    const points = shadowPath(plane, place, track, until);
    const [start, end] = [points[0], points.at(-1)];
    return start === undefined || end === undefined ? [] : [{ track, points, start, end }];
  });
  for (const { track, points } of paths)
    if (track.rows.length > 1) drawPath(own, points, track.colour, look);
  for (const { track, start } of paths)
    if (track.rows.length > 1) drawStart(own, start, track.colour, look.startRadius);
  for (const { track, points, end } of paths) {
    // Who has not left the start is there alone, hollow.
    if (track.rows.length > 1 && points.length === 1) {
      if (look.name !== null) writeMarkName(own, track.title, end, place.box, look.name);
      continue;
    }
    drawEnd(own, end, track.colour, look.endRadius)
      .attr('class', 'outlined')
      .attr('stroke-width', look.endOutline);
    if (look.name !== null) writeMarkName(own, track.title, end, place.box, look.name);
  }
}

/** A path brightens from its start to its front: each piece and how strong it is. */
const glow = [0.45, 0.7, 1] as const;

/** As many pieces, joined end to end; fewer where there are fewer steps. */
function pieces(points: readonly Point[]): { points: readonly Point[]; strength: number }[] {
  const steps = points.length - 1;
  const count = Math.min(glow.length, steps);
  return Array.from({ length: count }, (_, k) => ({
    points: points.slice(
      Math.round((k * steps) / count),
      Math.round(((k + 1) * steps) / count) + 1,
    ),
    strength: glow[glow.length - count + k]!,
  }));
}

/** Pixels that a path may lie beside its place: fifty of them weigh. */
const unseen = 0.3;

function drawPath(
  group: Group,
  points: readonly Point[],
  colour: string,
  { line, casing }: TrackLook,
): void {
  if (casing > 0)
    group
      .append('path')
      .attr('class', 'casing faint')
      .attr('stroke-width', line + casing)
      .attr('d', linePath(points));
  for (const piece of pieces(points))
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', colour)
      .attr('stroke-opacity', piece.strength === 1 ? null : piece.strength)
      .attr('stroke-width', line)
      .attr('d', linePath(simplify(piece.points, unseen), { grain: 2 }));
}

function writeMarkName(
  group: Group,
  text: string,
  [x, y]: Point,
  box: Box,
  { over, under }: { over: number; under: number },
): void {
  const half = textWidth(text) / 2;
  writeText(group, {
    x: Math.min(box.right - half - 4, Math.max(box.left + half + 4, x)),
    y: y - over < box.top + 12 ? y + under : y - over,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}
