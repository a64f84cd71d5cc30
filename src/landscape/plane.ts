// Geometry of a plane in weight space: where points fall on it, how far off they are, and a grid over it.
import type { PrincipalComponents } from './pca.ts';
import type { Plane } from './landscape.ts';
import { pointsAt, writePoint } from './slices/frame.ts';
import type { Span } from './slices/frame.ts';
import { projectOntoFrame } from './slices/project.ts';

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

/** Orthogonal projection of M points `[M, P]`, as `projectOntoFrame`. Points that are not finite get NaN. */
export function projectOntoPlane(plane: Plane, points: Float32Array): Projection {
  const { coordinates, off } = projectOntoFrame(spanOf(plane), points);
  return { coordinates, offPlane: off };
}

const spanOf = ({ origin, directions }: Plane): Span => ({
  origin,
  basis: directions,
  orthonormal: true,
});

/** Writes the point of the plane at (a, b), `origin + a * directions[0] + b * directions[1]`, into `out` from `at`. */
export function writePointOnPlane(
  plane: Plane,
  a: number,
  b: number,
  out: Float32Array,
  at: number,
): void {
  writePoint(spanOf(plane), [a, b], out, at);
}

/** Foot points `[M, P]` of points with coordinates `[M, 2]`: the nearest point of the plane to each. */
export function footPoints(plane: Plane, coordinates: Float32Array): Float32Array {
  return pointsAt(spanOf(plane), coordinates);
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
  const [xs, ys] = rangesOver(coordinates, 2, margin).map(([low, high]) =>
    evenlySpaced(low, high, size),
  );
  return { xs: xs!, ys: ys! };
}

/** Along each of D directions: the range of the coordinates `[M, D]`, and `margin` times it on either side. */
export function rangesOver(
  coordinates: Float32Array,
  D: number,
  margin: number,
): readonly (readonly [low: number, high: number])[] {
  const ranges = Array.from({ length: D }, (_, direction) => {
    const values = coordinates.filter((value, i) => i % D === direction && Number.isFinite(value));
    // Not Math.min(...values): that many arguments would overflow the stack.
    return {
      low: values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : 0,
      high: values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : 0,
    };
  });
  const widest = Math.max(...ranges.map(({ low, high }) => high - low));
  return ranges.map(({ low, high }) => {
    // Paths along a line, or a single point, still get a picture: as wide as it is long.
    const air = high > low ? margin * (high - low) : widest / 2 || 1;
    return [low - air, high + air];
  });
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
