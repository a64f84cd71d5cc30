// Which network a reader points at: the one with a mark nearest to the pointer, if any is within reach.
import type { Point } from './path.ts';

/** Of marks `[network, place]`, in CSS pixels; a place that is not finite is never near. */
export function nearestNetwork(
  marks: Iterable<readonly [number, Point]>,
  [px, py]: Point,
  reach: number,
): number | null {
  let best: number | null = null;
  let distance = reach;
  for (const [network, [x, y]] of marks) {
    const away = Math.hypot(x - px, y - py);
    if (away < distance) [best, distance] = [network, away];
  }
  return best;
}
