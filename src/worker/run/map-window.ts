// Which part of a plane is drawn while walkers move on it; it grows when they leave it.

export type Range = readonly [number, number];

/** Room around the untrained weights, as a share of their range: training leads away from them. */
const roomToWalk = 0.5;
/** A map that has to grow is given this share more, so that it does not grow at every step. */
const roomToSpare = 0.35;
/** A map may become this much wider than it was; networks on their way to infinity leave it. */
const largestGrowth = 8;

export class MapWindow {
  xs: Range;
  ys: Range;
  readonly #limits: readonly [Range, Range];

  constructor(xs: Range, ys: Range) {
    this.xs = xs;
    this.ys = ys;
    this.#limits = [widened(xs, (largestGrowth - 1) / 2), widened(ys, (largestGrowth - 1) / 2)];
  }

  /** A square around coordinates `[N, 2]`, with room to walk. */
  static around(coordinates: Float32Array): MapWindow {
    const ranges = [rangeOf(coordinates, 0), rangeOf(coordinates, 1)] as const;
    const half = Math.max(...ranges.map(([low, high]) => high - low)) / 2 || 1;
    const [xs, ys] = ranges.map(([low, high]): Range => {
      const middle = (low + high) / 2;
      return widened([middle - half, middle + half], roomToWalk);
    });
    return new MapWindow(xs!, ys!);
  }

  /** Grows to hold coordinates `[N, 2]`, as far as it may; says whether it had to. */
  include(coordinates: Float32Array): boolean {
    const [xs, ys] = ([this.xs, this.ys] as const).map((shown, axis) => {
      const limit = this.#limits[axis as 0 | 1];
      const [low, high] = rangeOf(coordinates, axis as 0 | 1, limit);
      const spare = roomToSpare * (shown[1] - shown[0]);
      return [
        low < shown[0] ? Math.max(limit[0], low - spare) : shown[0],
        high > shown[1] ? Math.min(limit[1], high + spare) : shown[1],
      ] as const;
    });
    const grew = !same(xs!, this.xs) || !same(ys!, this.ys);
    this.xs = xs!;
    this.ys = ys!;
    return grew;
  }
}

const same = (a: Range, b: Range): boolean => a[0] === b[0] && a[1] === b[1];

function widened([low, high]: Range, share: number): Range {
  const more = share * (high - low);
  return [low - more, high + more];
}

/** Range of one axis of coordinates `[N, 2]`, over what is finite and within the limits. */
function rangeOf(
  coordinates: Float32Array,
  axis: 0 | 1,
  [least, most]: Range = [-Infinity, Infinity],
): Range {
  let [low, high] = [Infinity, -Infinity];
  for (let i = axis; i < coordinates.length; i += 2) {
    const value = coordinates[i]!;
    if (!Number.isFinite(value) || value < least || value > most) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 0];
}
