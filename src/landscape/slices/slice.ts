// The loss over a line, a plane or a volume of weight space.
import type { Frame } from './frame.ts';

export interface Slice {
  readonly frame: Frame;
  /** D grids: evenly spaced coordinates along each direction, the first direction first. */
  readonly axes: readonly Float32Array[];
  /** `[nx]`, `[ny, nx]` or `[nz, ny, nx]`, the first direction innermost: training loss at each grid point. */
  readonly loss: Float32Array;
  /** Likewise, test loss; null where there is no test part. */
  readonly testLoss: Float32Array | null;
  /** Likewise, training accuracy; null for regression. */
  readonly accuracy: Float32Array | null;
}

export const pointCount = (axes: readonly Float32Array[]): number =>
  axes.reduce((count, axis) => count * axis.length, 1);

/** Coordinates `[length, D]` of the grid points from number `first` on, in the order of `Slice.loss`. */
export function gridCoordinates(
  axes: readonly Float32Array[],
  first = 0,
  length = pointCount(axes) - first,
): Float32Array {
  const D = axes.length;
  const coordinates = new Float32Array(length * D);
  for (let i = 0; i < length; i++) {
    let rest = first + i;
    for (let d = 0; d < D; d++) {
      const axis = axes[d]!;
      coordinates[i * D + d] = axis[rest % axis.length]!;
      rest = Math.floor(rest / axis.length);
    }
  }
  return coordinates;
}

/** The distance of neighbouring grid points along an evenly spaced axis, in its coordinate. */
export const spacingOf = (axis: Float32Array): number =>
  (axis.at(-1)! - axis[0]!) / (axis.length - 1);
