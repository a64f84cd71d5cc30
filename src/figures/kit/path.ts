// Short SVG path data: relative coordinates with one decimal, rounded so that errors do not add up.

export type Point = readonly [number, number];

const tenths = (value: number): number => Math.round(value * 10);
const text = (value: number): string => String(value / 10);

export interface LineOptions {
  readonly closed?: boolean;
  /** What places are rounded to, in tenths of a pixel. */
  readonly grain?: number;
}

/** A polyline through the points; a point that is not finite breaks it. */
export function linePath(
  points: Iterable<Point>,
  { closed = false, grain = 1 }: LineOptions = {},
): string {
  const rounded = (value: number): number => Math.round((value * 10) / grain) * grain;
  let path = '';
  let previousX: number | null = null;
  let previousY = 0;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      previousX = null;
      continue;
    }
    const nextX = rounded(x);
    const nextY = rounded(y);
    if (previousX === null) path += `M${text(nextX)},${text(nextY)}l`;
    else if (nextX === previousX && nextY === previousY) continue;
    else
      path += `${path.endsWith('l') ? '' : ' '}${text(nextX - previousX)},${text(nextY - previousY)}`;
    previousX = nextX;
    previousY = nextY;
  }
  // A lone point draws as a dot where the line cap is round.
  path = path.replace(/l(?=M|$)/g, 'h0');
  return closed && path !== '' ? `${path}z` : path;
}

/** Dots in one path: stroke it with a round cap, the stroke's width is the diameter. */
export function dotsPath(points: Iterable<Point>): string {
  let path = '';
  for (const [x, y] of points)
    if (Number.isFinite(x) && Number.isFinite(y))
      path += `M${text(tenths(x))},${text(tenths(y))}h0`;
  return path;
}

/** Pixels after which a point is kept wherever the line bends at all, so that small bends do not add up. */
const longestSpan = 40;
const straight = 1e-6;

/** Drops points that leave the outline within `tolerance` pixels of where it was (radial distance, then collinearity). */
export function simplify(points: readonly Point[], tolerance: number): Point[] {
  const kept: Point[] = [];
  for (const [index, point] of points.entries()) {
    const last = kept.at(-1);
    if (last === undefined || index === points.length - 1) {
      kept.push(point);
      continue;
    }
    const next = points[index + 1] as Point;
    const length = Math.hypot(next[0] - last[0], next[1] - last[1]);
    const area =
      (next[0] - last[0]) * (last[1] - point[1]) - (last[0] - point[0]) * (next[1] - last[1]);
    const away = length === 0 ? Infinity : Math.abs(area) / length;
    const isFar = Math.hypot(point[0] - last[0], point[1] - last[1]) > longestSpan;
    if (away > tolerance || (isFar && away > straight)) kept.push(point);
  }
  return kept;
}
