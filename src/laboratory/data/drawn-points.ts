// Points placed by hand, as plain lists: what a stroke adds, what the eraser takes.
import { counted } from '../../learning/counted.ts';
import type { RandomStream } from '../../learning/random.ts';

export type HandPoint = readonly [x: number, y: number, label: number];
export type HandPoints = readonly HandPoint[];

export const mostPoints = 4_000;
export const fewestPoints = 8;
export const mostClasses = 20;
/** How far the point editor goes from its middle. */
export const editorExtent = 2;

/** Three decimals, so that links stay short; no negative zero. */
const short = (value: number): number => Math.round(value * 1000) / 1000 + 0;

const within = (value: number, extent: number): number =>
  Math.max(-extent, Math.min(extent, value));

export function placed(
  points: HandPoints,
  [x, y]: readonly [number, number],
  label: number,
  extent = editorExtent,
): HandPoints {
  if (points.length >= mostPoints) return points;
  return [...points, [short(within(x, extent)), short(within(y, extent)), label]];
}

/** Some points about a place, normally distributed. */
export function sprayed(
  points: HandPoints,
  [x, y]: readonly [number, number],
  label: number,
  { count, spread, stream }: { count: number; spread: number; stream: RandomStream },
  extent = editorExtent,
): HandPoints {
  let more = points;
  for (let k = 0; k < count; k++) {
    const at = [x + spread * stream.normal(), y + spread * stream.normal()] as const;
    more = placed(more, at, label, extent);
  }
  return more;
}

/** All within `radius` of a place go. */
export function erased(
  points: HandPoints,
  [x, y]: readonly [number, number],
  radius: number,
): HandPoints {
  const left = points.filter(([a, b]) => Math.hypot(a - x, b - y) > radius);
  return left.length === points.length ? points : left;
}

/** The one nearest to a place goes, if it is within `radius`. */
export function nearestErased(
  points: HandPoints,
  [x, y]: readonly [number, number],
  radius: number,
): HandPoints {
  let [nearest, least] = [-1, radius];
  points.forEach(([a, b], i) => {
    const distance = Math.hypot(a - x, b - y);
    if (distance <= least) [nearest, least] = [i, distance];
  });
  return nearest < 0 ? points : points.filter((_, i) => i !== nearest);
}

/** Points of each class, up to the highest that has any. */
export function countsOf(points: HandPoints): number[] {
  const counts: number[] = [];
  for (const [, , label] of points) {
    while (counts.length <= label) counts.push(0);
    counts[label] = (counts[label] as number) + 1;
  }
  return counts;
}

/** Classes numbered from 0 without a gap, in their order. */
export function withoutGaps(points: HandPoints): HandPoints {
  const counts = countsOf(points);
  if (counts.every((count) => count > 0)) return points;
  const used = counts.flatMap((count, label) => (count > 0 ? [label] : []));
  const numberOf = new Map(used.map((label, number) => [label, number]));
  return points.map(([x, y, label]) => [x, y, numberOf.get(label) ?? 0]);
}

/** What is missing before networks can learn from these points; null where nothing is. */
export function missingYet(points: HandPoints): string | null {
  const more = fewestPoints - points.length;
  const counts = countsOf(points);
  const classes = counts.filter((count) => count > 0).length;
  const lonely = counts.indexOf(1);
  if (more > 0 && points.length > 0)
    return `${counted(more, 'more point')}, of two classes at least, and they are the data.`;
  if (more > 0)
    return `Place ${fewestPoints} points of two classes at least, and they are the data.`;
  if (classes < 2) return 'One class leaves nothing to tell apart: place points of a second one.';
  if (lonely >= 0)
    return `Class ${lonely} has one point: place another, to train on one and test on the other.`;
  return null;
}

export const samePoints = (a: HandPoints, b: HandPoints): boolean =>
  a.length === b.length &&
  a.every((point, i) => point.every((value, k) => value === (b[i] as HandPoint)[k]));

/** Half the side of the point editor that all points need. */
export const extentOf = (points: HandPoints): number =>
  Math.ceil(
    points.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), editorExtent) - 1e-9,
  );
