// Which points of the surface the reader sees, and which lie behind a ridge.
import type { SurfaceModel, Vector } from './surface-model.ts';
import { groundAt } from './surface-model.ts';

/** Rays start this far above the ground, in world units, so that a point does not hide itself. */
const clearance = 0.003;

/** True where nothing of the surface stands between a point on it and the reader. */
export function isVisible(model: SurfaceModel, point: Vector, reader: Vector): boolean {
  const towards: Vector = [reader[0] - point[0], reader[1] - point[1], reader[2] - point[2]];
  const across = Math.hypot(towards[0], towards[2]);
  // Two looks into every cell that the ray passes over.
  const cell = Math.min(
    (2 * model.halfWidth) / (model.columns - 1),
    (2 * model.halfDepth) / (model.rows - 1),
  );
  const step = cell / 2 / Math.max(across, 1e-9);
  if (facesAway(model, point, towards, cell)) return false;
  for (let t = step; t < 1; t += step) {
    const y = point[1] + clearance + t * towards[1];
    if (y > model.height) return true;
    const ground = groundAt(model, point[0] + t * towards[0], point[2] + t * towards[2]);
    if (ground === null) return true;
    if (ground > y) return false;
  }
  return true;
}

/** True on a slope whose normal (-dY/dX, 1, -dY/dZ) points away from the reader. */
function facesAway(model: SurfaceModel, [x, y, z]: Vector, towards: Vector, cell: number): boolean {
  const reach = 0.3 * cell;
  // One-sided at the rim, where one of the two looks leaves the block.
  const slope = (dx: number, dz: number): number => {
    const after = groundAt(model, x + dx, z + dz);
    const before = groundAt(model, x - dx, z - dz);
    if (after === null && before === null) return 0;
    if (after === null) return (y - (before as number)) / reach;
    if (before === null) return (after - y) / reach;
    return (after - before) / (2 * reach);
  };
  return towards[1] - slope(reach, 0) * towards[0] - slope(0, reach) * towards[2] < 0;
}

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
