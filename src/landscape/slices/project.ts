// Where points of weight space fall on a frame, and how far off it they are.
import { inverse, Matrix } from 'ml-matrix';
import { dimensionsOf, gramOf } from './frame.ts';
import type { Span } from './frame.ts';

export interface Projection {
  /** `[M, D]`: of the foot point, the nearest point of the frame. */
  readonly coordinates: Float32Array;
  /** `[M]`: Euclidean distance from the frame. */
  readonly off: Float32Array;
}

/**
 * Coordinates of M points `[M, P]` by least squares: `c = (B B')^-1 B (w - origin)`, which is `B (w - origin)`
 * where the basis B `[D, P]` is orthonormal. The distance is the length of what is left of a point after its part
 * in the frame is taken away: the difference of squared lengths would cancel. Points that are not finite get NaN.
 */
export function projectOntoFrame(span: Span, points: Float32Array): Projection {
  const { origin, basis } = span;
  const P = origin.length;
  const D = dimensionsOf(span);
  const M = points.length / P;
  if (!Number.isInteger(M))
    throw new RangeError(
      `${points.length} numbers are not points of ${P} weights each: expected whole networks of the slice's own shape`,
    );
  const mixing = span.orthonormal ? null : inverse(new Matrix(gramOf(span))).to2DArray();
  const coordinates = new Float32Array(M * D);
  const off = new Float32Array(M);
  for (let m = 0; m < M; m++) {
    const overlaps = new Array<number>(D).fill(0);
    for (let p = 0; p < P; p++) {
      const offset = points[m * P + p]! - origin[p]!;
      for (let d = 0; d < D; d++) overlaps[d]! += offset * basis[d * P + p]!;
    }
    const own =
      mixing?.map((row) => row.reduce((sum, value, d) => sum + value * overlaps[d]!, 0)) ??
      overlaps;
    let squares = 0;
    for (let p = 0; p < P; p++) {
      let rest = points[m * P + p]! - origin[p]!;
      for (let d = 0; d < D; d++) rest -= own[d]! * basis[d * P + p]!;
      squares += rest ** 2;
    }
    const finite = own.every(Number.isFinite);
    coordinates.set(finite ? own : own.map(() => NaN), m * D);
    off[m] = finite ? Math.sqrt(squares) : NaN;
  }
  return { coordinates, off };
}
