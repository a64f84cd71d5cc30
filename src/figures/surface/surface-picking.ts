// Which path a reader meant by pointing at the page.
import type { Camera } from './surface-camera.ts';
import { drapedPath } from './surface-model.ts';
import type { SurfaceScene } from './surface-scene.ts';

/** How far off a path a click may land, in CSS pixels. */
const slack = 18;

/** The network whose path passes nearest to a point of the page; null where none is near. */
export function nearestNetwork(
  { model, data }: Pick<SurfaceScene, 'model' | 'data'>,
  camera: Camera,
  x: number,
  y: number,
): number | null {
  let nearest: number | null = null;
  let least = slack;
  for (const path of data.paths) {
    for (const piece of drapedPath(model, path.points)) {
      const points = piece.map((point) => camera.project(point));
      points.forEach(([x1, y1], i) => {
        const [x0, y0] = points[i - 1] ?? [x1, y1];
        const lengthSquared = (x1 - x0) ** 2 + (y1 - y0) ** 2;
        const along =
          lengthSquared > 0 ? ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / lengthSquared : 0;
        const t = Math.min(Math.max(along, 0), 1);
        const distance = Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0));
        if (distance < least) {
          least = distance;
          nearest = path.network;
        }
      });
    }
  }
  return nearest;
}
