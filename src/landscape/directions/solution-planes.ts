// The line through two solutions, and the plane through three.
import { orthonormalFrame } from '../slices/frame.ts';
import type { Frame } from '../slices/frame.ts';

/**
 * The line through two weight vectors `[P]`: origin the first, direction `(second - first) / |second - first|`, so
 * that the second is at their distance.
 * @throws RangeError where they are equal.
 */
export function lineThroughTwo(
  first: Float32Array,
  second: Float32Array,
  names: readonly [string, string] = ['the first', 'the second'],
): Frame {
  return orthonormalFrame(first, difference(second, first), [`from ${names[0]} to ${names[1]}`]);
}

/**
 * The plane through three weight vectors `[P]`, the first at (0, 0) (Garipov et al. 2018):
 * `u = second - first`, `v = (third - first) - <third - first, u> / |u|^2 u`, both divided by their lengths.
 * @throws RangeError where they lie on one line.
 */
export function planeThroughThree(
  first: Float32Array,
  second: Float32Array,
  third: Float32Array,
  names: readonly [string, string, string] = ['the first', 'the second', 'the third'],
): Frame {
  const directions = new Float64Array(2 * first.length);
  directions.set(difference(second, first));
  directions.set(difference(third, first), first.length);
  return orthonormalFrame(first, directions, [
    `from ${names[0]} to ${names[1]}`,
    `towards ${names[2]}, at a right angle`,
  ]);
}

/** In double precision: nothing of two close solutions is lost. */
function difference(to: Float32Array, from: Float32Array): Float64Array {
  if (to.length !== from.length)
    throw new RangeError(
      `solutions of ${from.length} and ${to.length} weights: expected networks of one shape`,
    );
  return Float64Array.from(to, (value, p) => value - from[p]!);
}
