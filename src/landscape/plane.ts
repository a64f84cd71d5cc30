// Geometry of a plane in weight space: where points fall on it, how far off they are, and a grid over it.
import type { PrincipalComponents } from './pca.ts';
import type { Plane } from './landscape.ts';

export interface Projection {
  /** `[M, 2]`, in units of weight-space distance. */
  readonly coordinates: Float32Array;
  /** `[M]`: Euclidean distance from the plane. */
  readonly offPlane: Float32Array;
}

/** The plane of the two leading components through the mean. */
export function planeOfComponents({ mean, directions }: PrincipalComponents): Plane {
  return {
    origin: Float32Array.from(mean),
    directions: Float32Array.from(directions.subarray(0, 2 * mean.length)),
  };
}

/** The plane of the weights themselves, for a model that has two: coordinates are weights. */
export function planeOfTwoWeights(parameters: number): Plane {
  if (parameters !== 2)
    throw new RangeError(
      `directions is 'weights', but the network has ${parameters} weights: that plane needs exactly 2; use 'pca'`,
    );
  return { origin: new Float32Array(2), directions: Float32Array.of(1, 0, 0, 1) };
}

/**
 * Orthogonal projection of M points `[M, P]`. The distance is the length of what is left of a point
 * after its part in the plane is taken away: the difference of squared lengths would cancel.
 * Points that are not finite get NaN.
 */
export function projectOntoPlane(plane: Plane, points: Float32Array): Projection {
  const { origin, directions } = plane;
  const P = origin.length;
  const M = points.length / P;
  const coordinates = new Float32Array(M * 2);
  const offPlane = new Float32Array(M);
  for (let m = 0; m < M; m++) {
    let [a, b] = [0, 0];
    for (let p = 0; p < P; p++) {
      const offset = points[m * P + p]! - origin[p]!;
      a += offset * directions[p]!;
      b += offset * directions[P + p]!;
    }
    let squares = 0;
    for (let p = 0; p < P; p++) {
      const offset = points[m * P + p]! - origin[p]!;
      squares += (offset - a * directions[p]! - b * directions[P + p]!) ** 2;
    }
    const finite = Number.isFinite(a) && Number.isFinite(b);
    coordinates[2 * m] = finite ? a : NaN;
    coordinates[2 * m + 1] = finite ? b : NaN;
    offPlane[m] = finite ? Math.sqrt(squares) : NaN;
  }
  return { coordinates, offPlane };
}

/** Writes the point of the plane at (a, b), `origin + a * directions[0] + b * directions[1]`, into `out` from `at`. */
export function writePointOnPlane(
  plane: Plane,
  a: number,
  b: number,
  out: Float32Array,
  at: number,
): void {
  const { origin, directions } = plane;
  const P = origin.length;
  for (let p = 0; p < P; p++)
    out[at + p] = origin[p]! + a * directions[p]! + b * directions[P + p]!;
}

/** Foot points `[M, P]` of points with coordinates `[M, 2]`: the nearest point of the plane to each. */
export function footPoints(plane: Plane, coordinates: Float32Array): Float32Array {
  const P = plane.origin.length;
  const M = coordinates.length / 2;
  const points = new Float32Array(M * P);
  for (let m = 0; m < M; m++)
    writePointOnPlane(plane, coordinates[2 * m]!, coordinates[2 * m + 1]!, points, m * P);
  return points;
}

/**
 * `size` evenly spaced values along each direction, over the coordinates `[M, 2]` and `margin` times
 * their range on either side. Coordinates that are not finite are passed over.
 */
export function gridOver(
  coordinates: Float32Array,
  size: number,
  margin: number,
): { xs: Float32Array; ys: Float32Array } {
  const ranges = [0, 1].map((direction) => {
    const values = coordinates.filter((value, i) => i % 2 === direction && Number.isFinite(value));
    // Not Math.min(...values): that many arguments would overflow the stack.
    return {
      low: values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : 0,
      high: values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : 0,
    };
  });
  const widest = Math.max(...ranges.map(({ low, high }) => high - low));
  const [xs, ys] = ranges.map(({ low, high }) => {
    // Paths along a line, or a single point, still get a picture: as wide as it is long.
    const air = high > low ? margin * (high - low) : widest / 2 || 1;
    return evenlySpaced(low - air, high + air, size);
  });
  return { xs: xs!, ys: ys! };
}

/**
 * The grid of a plane whose axes are the weights themselves: a square about the origin that holds all
 * coordinates `[M, 2]` and `margin` times their largest magnitude, so that what is symmetric looks so.
 */
export function squareGridOver(
  coordinates: Float32Array,
  size: number,
  margin: number,
): { xs: Float32Array; ys: Float32Array } {
  const reach = coordinates.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  const half = (reach || 1) * (1 + margin);
  return { xs: evenlySpaced(-half, half, size), ys: evenlySpaced(-half, half, size) };
}

export function evenlySpaced(low: number, high: number, size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => low + ((high - low) * i) / (size - 1));
}
