// How far apart points are, pair by pair, and at what angle.
import { symmetricProduct } from '../symmetric-product.ts';

export type Points = Float32Array | Float64Array;

/**
 * Below this share of `|a|^2 + |b|^2`, `|a - b|^2` is summed from the differences: taken from products it would
 * have lost more than four of its sixteen digits.
 */
const closePair = 1e-4;

/**
 * Euclidean distances `[K, K]` of K points `[K, D]`, from `|a - b|^2 = |a|^2 + |b|^2 - 2 ab` about the mean point,
 * or, where that cancels, from the differences: close pairs are as accurate as far ones, and equal points have
 * distance 0.
 * @throws RangeError where a point is not finite.
 */
export function distanceMatrix(points: Points, K: number): Float64Array {
  const D = dimensionsOf(points, K, 'distances');
  const mean = meanPoint(points, K, D);
  const distances = symmetricProduct(K, D, (row, first, block, at, length) => {
    for (let d = 0; d < length; d++)
      block[at + d] = points[row * D + first + d]! - mean[first + d]!;
  });
  const squares = Float64Array.from({ length: K }, (_, i) => distances[i * K + i]!);
  for (let i = 0; i < K; i++) {
    distances[i * K + i] = 0;
    for (let j = 0; j < i; j++) {
      const about = squares[i]! + squares[j]!;
      let squared = about - 2 * distances[i * K + j]!;
      if (!(squared > closePair * about)) squared = squaredDistance(points, i, j, D);
      distances[i * K + j] = distances[j * K + i] = Math.sqrt(squared);
    }
  }
  return distances;
}

/**
 * Cosines `[K, K]` of the angles between K points `[K, D]`, seen from the origin: `ab / (|a| |b|)`.
 * @throws RangeError where a point is not finite, or is the origin.
 */
export function cosineMatrix(points: Points, K: number): Float64Array {
  const D = dimensionsOf(points, K, 'cosines');
  const cosines = symmetricProduct(K, D, (row, first, block, at, length) => {
    for (let d = 0; d < length; d++) block[at + d] = points[row * D + first + d]!;
  });
  const lengths = Float64Array.from({ length: K }, (_, i) => Math.sqrt(cosines[i * K + i]!));
  const origin = lengths.indexOf(0);
  if (origin >= 0)
    throw new RangeError(
      `point ${origin} is the origin, which has no direction: leave it out of the cosines`,
    );
  for (let i = 0; i < K; i++) {
    cosines[i * K + i] = 1;
    for (let j = 0; j < i; j++) {
      const cosine = cosines[i * K + j]! / (lengths[i]! * lengths[j]!);
      // Rounding must not leave the range of a cosine.
      cosines[i * K + j] = cosines[j * K + i] = Math.max(-1, Math.min(1, cosine));
    }
  }
  return cosines;
}

/**
 * K of a distance matrix `[K, K]`.
 * @throws RangeError where it is not square, or not symmetric with a diagonal of 0 and finite entries of 0 or more.
 */
export function checkDistances(distances: Float64Array, what: string): number {
  const K = Math.sqrt(distances.length);
  if (!Number.isInteger(K) || K < 1)
    throw new RangeError(
      `${distances.length} numbers are no distance matrix for ${what}: expected K * K of K points; use distanceMatrix`,
    );
  for (let i = 0; i < K; i++)
    for (let j = 0; j <= i; j++) {
      const [here, back] = [distances[i * K + j]!, distances[j * K + i]!];
      if (i === j ? here === 0 : here === back && here >= 0 && here < Infinity) continue;
      throw new RangeError(
        `the distances of ${i} to ${j} and back are ${here} and ${back} for ${what}: expected ${i === j ? '0 of a point to itself' : 'the same finite number of 0 or more'}; leave networks that diverged out`,
      );
    }
  return K;
}

function dimensionsOf(points: Points, K: number, what: string): number {
  const D = points.length / K;
  if (!Number.isInteger(K) || K < 1 || !Number.isInteger(D) || D < 1)
    throw new RangeError(
      `${points.length} numbers are not ${K} points for ${what}: expected [K, D] with at least one point and one coordinate`,
    );
  const bad = points.findIndex((value: number) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `point ${Math.floor(bad / D)} has ${points[bad]} at coordinate ${bad % D}: leave points that are not finite out of the ${what}`,
    );
  return D;
}

function meanPoint(points: Points, K: number, D: number): Float64Array {
  const mean = new Float64Array(D);
  for (let k = 0; k < K; k++) for (let d = 0; d < D; d++) mean[d]! += points[k * D + d]!;
  return mean.map((sum) => sum / K);
}

function squaredDistance(points: Points, i: number, j: number, D: number): number {
  let sum = 0;
  for (let d = 0; d < D; d++) sum += (points[i * D + d]! - points[j * D + d]!) ** 2;
  return sum;
}
