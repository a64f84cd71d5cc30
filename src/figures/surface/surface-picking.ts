// Which path a reader meant by pointing at the page, or by a key.
import type { Camera } from './surface-camera.ts';
import type { SurfacePath } from './surface-data.ts';
import { drapedPath } from './surface-drape.ts';
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

/** On the map, where `place` says where a point of the plane lies: the network with the nearest snapshot; null where none is near. */
export function nearestOnMap(
  paths: readonly SurfacePath[],
  place: (x: number, y: number) => readonly [number, number],
  x: number,
  y: number,
): number | null {
  let nearest: number | null = null;
  let least = slack;
  for (const { points, network } of paths) {
    for (const [a, b] of points) {
      const [px, py] = place(a, b);
      const distance = Math.hypot(px - x, py - y);
      if (distance < least) [least, nearest] = [distance, network];
    }
  }
  return nearest;
}

/** The next or the previous network, round and round; null where there are no paths. */
export function steppedNetwork(
  paths: readonly SurfacePath[],
  selected: number | null,
  by: 1 | -1,
): number | null {
  const networks = paths.map((path) => path.network);
  const at = selected === null ? -1 : networks.indexOf(selected);
  const next = at < 0 && by < 0 ? networks.length - 1 : at + by;
  return networks[(next + networks.length) % networks.length] ?? null;
}
