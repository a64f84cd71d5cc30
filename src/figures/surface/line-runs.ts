// Lines on the page: cut where they are hidden, and with the points left out that nobody would miss.

export interface Run<Point> {
  readonly visible: boolean;
  readonly points: Point[];
}

/** Cuts a line into runs that are seen and runs that are hidden; neighbours share their end. */
export function runs<Point>(
  line: readonly Point[],
  visible: (point: Point) => boolean,
): Run<Point>[] {
  const result: Run<Point>[] = [];
  for (const point of line) {
    const seen = visible(point);
    const last = result.at(-1);
    if (last && last.visible === seen) last.points.push(point);
    else {
      // The step between is drawn faintly: its hidden end decides.
      if (last && !seen)
        result.push({ visible: seen, points: [last.points.at(-1) as Point, point] });
      else {
        last?.points.push(point);
        result.push({ visible: seen, points: [point] });
      }
    }
  }
  return result.filter(({ points }) => points.length > 1);
}

type Place = readonly [x: number, y: number];

/** Ramer 1972, Douglas & Peucker 1973: the fewest of a line's points from which none of it lies further than `slack`. */
export function simplified<Point extends Place>(points: readonly Point[], slack: number): Point[] {
  if (points.length < 3) return [...points];
  const kept = new Uint8Array(points.length);
  kept[0] = kept[points.length - 1] = 1;
  const waiting: [number, number][] = [[0, points.length - 1]];
  while (waiting.length > 0) {
    const [from, to] = waiting.pop()!;
    const [ax, ay] = points[from]!;
    const [dx, dy] = [points[to]![0] - ax, points[to]![1] - ay];
    const length = Math.hypot(dx, dy);
    let [furthest, distance] = [-1, slack];
    for (let k = from + 1; k < to; k++) {
      const [x, y] = [points[k]![0] - ax, points[k]![1] - ay];
      const away = length > 0 ? Math.abs(x * dy - y * dx) / length : Math.hypot(x, y);
      if (away > distance) [furthest, distance] = [k, away];
    }
    if (furthest < 0) continue;
    kept[furthest] = 1;
    waiting.push([from, furthest], [furthest, to]);
  }
  return points.filter((_, k) => kept[k] === 1);
}
