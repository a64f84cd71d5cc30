// A flat piece of weight space of one to three dimensions: an origin, directions that span it, and its points.
import { dot, orthonormaliseRow } from '../orthonormal.ts';

/** The point at coordinates c is `origin + sum over d of c[d] * basis[d]`. */
export interface Frame {
  /** `[P]`. */
  readonly origin: Float32Array;
  /** `[D, P]`, D from 1 to 3, linearly independent. */
  readonly basis: Float32Array;
  /**
   * Whether the basis is orthonormal: coordinates are then distances in weight space. Otherwise a coordinate
   * counts lengths of its own direction, and two directions need not meet at a right angle.
   */
  readonly orthonormal: boolean;
  /** What each direction is, one phrase each, for the axes of a picture. */
  readonly axisNames: readonly string[];
}

/** What coordinates need of a frame. */
export type Span = Pick<Frame, 'origin' | 'basis' | 'orthonormal'>;

/** A direction with less than this share of its length outside the span of those before it adds nothing but rounding. */
const independence = 1e-5;
/** Rounding that single precision leaves in dot products of unit vectors. */
const roundingOfProducts = 1e-5;

export const dimensionsOf = ({ origin, basis }: Span): number => basis.length / origin.length;

/** `B B'` `[D, D]`: squared lengths of the directions, and their products. */
export function gramOf({ origin, basis }: Span): number[][] {
  const P = origin.length;
  const D = basis.length / P;
  return Array.from({ length: D }, (_, i) =>
    Array.from({ length: D }, (__, j) => {
      let sum = 0;
      for (let p = 0; p < P; p++) sum += basis[i * P + p]! * basis[j * P + p]!;
      return sum;
    }),
  );
}

/**
 * A frame of directions `[D, P]` with the lengths that they have.
 * @throws RangeError where sizes do not fit, a number is not finite, or a direction is zero or depends on those before.
 */
export function scaledFrame(
  origin: Float32Array,
  basis: Float32Array,
  axisNames: readonly string[],
): Frame {
  orthonormalRows(origin, basis, axisNames);
  const gram = gramOf({ origin, basis, orthonormal: false });
  const orthonormal = gram.every((row, i) =>
    row.every((value, j) => Math.abs(value - (i === j ? 1 : 0)) < roundingOfProducts),
  );
  return { origin, basis, orthonormal, axisNames };
}

/**
 * The frame of an orthonormal basis of the same span: Gram-Schmidt in the order of the directions `[D, P]`, so that
 * the first keeps its course.
 * @throws RangeError as `scaledFrame`.
 */
export function orthonormalFrame(
  origin: Float32Array,
  directions: ArrayLike<number>,
  axisNames: readonly string[],
): Frame {
  const rows = orthonormalRows(origin, directions, axisNames);
  return { origin, basis: Float32Array.from(rows), orthonormal: true, axisNames };
}

function orthonormalRows(
  origin: Float32Array,
  directions: ArrayLike<number>,
  axisNames: readonly string[],
): Float64Array {
  const P = origin.length;
  const D = directions.length / P;
  if (D !== axisNames.length || D < 1 || D > 3)
    throw new RangeError(
      `${directions.length} numbers are not ${axisNames.length} directions of ${P} weights each: expected 1 to 3 directions as long as the network's weights`,
    );
  checkFinite(origin, 'the origin of the slice');
  const rows = Float64Array.from(directions);
  for (let row = 0; row < D; row++) {
    const own = rows.subarray(row * P, (row + 1) * P);
    const name = `direction ${row + 1} (${axisNames[row]})`;
    checkFinite(own, name);
    const length = lengthOutside(rows, row, P, 0);
    if (length === 0)
      throw new RangeError(`${name} is zero everywhere: expected a direction to go along`);
    const left = lengthOutside(rows, row, P, row);
    if (left <= independence * length)
      throw new RangeError(
        `${name} lies within the span of the directions before it: choose one that leaves it, or fewer dimensions`,
      );
    orthonormaliseRow(rows, row, P);
  }
  return rows;
}

/** The length of what is left of a row when the first `above` rows, which are orthonormal, are taken out of it. */
function lengthOutside(rows: Float64Array, row: number, P: number, above: number): number {
  const rest = rows.slice(row * P, (row + 1) * P);
  for (let other = 0; other < above; other++) {
    const axis = rows.subarray(other * P, (other + 1) * P);
    const overlap = dot(rest, axis);
    for (let p = 0; p < P; p++) rest[p]! -= overlap * axis[p]!;
  }
  return Math.sqrt(dot(rest, rest));
}

function checkFinite(values: ArrayLike<number>, name: string): void {
  for (let p = 0; p < values.length; p++)
    if (!Number.isFinite(values[p]))
      throw new RangeError(
        `${name} has ${values[p]} at weight ${p}: a slice needs finite numbers; choose a network that did not diverge`,
      );
}

/** Writes the point at `coordinates` into `out` from `at`. */
export function writePoint(
  { origin, basis }: Span,
  coordinates: ArrayLike<number>,
  out: Float32Array,
  at: number,
): void {
  const P = origin.length;
  for (let p = 0; p < P; p++) {
    let sum = origin[p]!;
    for (let d = 0; d < coordinates.length; d++) sum += coordinates[d]! * basis[d * P + p]!;
    out[at + p] = sum;
  }
}

/** The points `[M, P]` at coordinates `[M, D]`. */
export function pointsAt(span: Span, coordinates: Float32Array): Float32Array {
  const P = span.origin.length;
  const D = dimensionsOf(span);
  const points = new Float32Array((coordinates.length / D) * P);
  for (let m = 0; m < coordinates.length / D; m++)
    writePoint(span, coordinates.subarray(m * D, (m + 1) * D), points, m * P);
  return points;
}
