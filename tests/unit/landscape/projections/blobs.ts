// Points for the tests of projections.
import { randomStream } from '../../../../src/learning/random.ts';

/** `groups` blobs of `size` points each in `D` dimensions: centres 20 long and orthogonal, deviation 1. */
export function blobs(groups: number, size: number, D: number, seed = 1): Float32Array {
  const random = randomStream(seed, 'blobs of a test');
  const points = new Float32Array(groups * size * D);
  for (let k = 0; k < groups * size; k++)
    for (let d = 0; d < D; d++)
      points[k * D + d] = (d === Math.floor(k / size) ? 20 : 0) + random.normal();
  return points;
}

/** Points of which no two distances are equal. */
export function cloud(K: number, D: number, seed = 1): Float32Array {
  const random = randomStream(seed, 'cloud of a test');
  return Float32Array.from({ length: K * D }, () => random.normal());
}

/** How many points of `[K, 2]` have a point of another group for their nearest, groups being `size` in a row. */
export function strangers(coordinates: Float32Array, size: number): number {
  const K = coordinates.length / 2;
  const between = (i: number, j: number) =>
    Math.hypot(
      coordinates[2 * i]! - coordinates[2 * j]!,
      coordinates[2 * i + 1]! - coordinates[2 * j + 1]!,
    );
  let count = 0;
  for (let i = 0; i < K; i++) {
    let nearest = i === 0 ? 1 : 0;
    for (let j = 0; j < K; j++) if (j !== i && between(i, j) < between(i, nearest)) nearest = j;
    if (Math.floor(nearest / size) !== Math.floor(i / size)) count++;
  }
  return count;
}
