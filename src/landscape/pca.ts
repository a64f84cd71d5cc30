// Principal components of points in weight space, by ml-pca on whichever of two matrices is smaller.
import { Matrix } from 'ml-matrix';
import { PCA } from 'ml-pca';
import { completeRow, fixSign, orthonormaliseRow } from './orthonormal.ts';
import { symmetricProduct } from './symmetric-product.ts';

export interface PrincipalComponents {
  /** `[P]`. */
  readonly mean: Float64Array;
  /** `[count, P]`, orthonormal, largest variance first; of each, the entry of largest magnitude is positive. */
  readonly directions: Float64Array;
  /** Share of the total variance of up to ten leading components; empty where the points do not vary. */
  readonly explainedVariance: readonly number[];
  readonly method: 'covariance' | 'gram';
}

/** How many components' shares of variance are reported. */
export const reportedComponents = 10;

/** Below this share of the largest eigenvalue, an eigenvalue is rounding and its direction arbitrary. */
const rankTolerance = 1e-12;

/**
 * Principal components of K points `[K, P]`.
 *
 * With X the centred points, ml-pca decomposes the covariance `X'X / (K - 1)` `[P, P]` where P <= K.
 * Where P > K it decomposes the Gram matrix `XX' / (K - 1)` `[K, K]`, which has the same non-zero
 * eigenvalues: an eigenvector v of it with eigenvalue lambda gives the direction
 * `X'v / sqrt(lambda (K - 1))` (Jolliffe, Principal Component Analysis, 2nd ed., section 3.5).
 * Directions in which the points do not vary are completed from the unit axes.
 *
 * The work grows as the cube of the smaller of K and P; on one core about 1 s for 550, 7 s for 1,050.
 * @throws RangeError where P < count, K is 0 or a point is not finite.
 */
export function principalComponents(
  points: Float32Array,
  K: number,
  P: number,
  count: number,
  method: PrincipalComponents['method'] = P <= K ? 'covariance' : 'gram',
): PrincipalComponents {
  checkPoints(points, K, P, count);
  const mean = meanOf(points, K, P);
  const size = method === 'covariance' ? P : K;
  const scatter =
    method === 'covariance' ? covarianceScatter(points, mean, K, P) : gram(points, mean, K, P);
  for (let i = 0; i < scatter.length; i++) scatter[i]! /= Math.max(1, K - 1);
  let total = 0;
  for (let i = 0; i < size; i++) total += scatter[i * size + i]!;

  const decomposition = new PCA(Matrix.from1DArray(size, size, scatter), {
    isCovarianceMatrix: true,
  });
  const eigenvalues = decomposition.getEigenvalues();
  const eigenvectors = decomposition.getEigenvectors();

  const directions = new Float64Array(count * P);
  for (let row = 0; row < count; row++) {
    const eigenvalue = eigenvalues[row] ?? 0;
    if (!(eigenvalue > rankTolerance * eigenvalues[0]!)) {
      completeRow(directions, row, P);
    } else {
      const vector = Float64Array.from(eigenvectors.getColumn(row));
      const direction =
        method === 'covariance' ? vector : combine(points, mean, vector, K, P, eigenvalue);
      directions.set(direction, row * P);
      orthonormaliseRow(directions, row, P);
    }
    fixSign(directions, row, P);
  }
  const components = total > 0 ? Math.min(reportedComponents, P, K - 1) : 0;
  const explainedVariance = eigenvalues
    .slice(0, components)
    .map((eigenvalue) => Math.max(0, eigenvalue) / total);
  return { mean, directions, explainedVariance, method };
}

function checkPoints(points: Float32Array, K: number, P: number, count: number): void {
  if (K < 1) throw new RangeError('principal components of no points: at least one is needed');
  if (P < count)
    throw new RangeError(
      `${count} principal components of points with ${P} coordinates: there are at most ${P}; use a network with more weights`,
    );
  if (points.length !== K * P)
    throw new RangeError(
      `principal components of ${K} points with ${P} coordinates need ${K * P} numbers, got ${points.length}`,
    );
  const bad = points.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `point ${Math.floor(bad / P)} has ${points[bad]} at coordinate ${bad % P}: leave points that are not finite out of the principal components`,
    );
}

function meanOf(points: Float32Array, K: number, P: number): Float64Array {
  const mean = new Float64Array(P);
  for (let k = 0; k < K; k++) for (let p = 0; p < P; p++) mean[p]! += points[k * P + p]!;
  return mean.map((sum) => sum / K);
}

/** `X'X` `[P, P]`. */
function covarianceScatter(
  points: Float32Array,
  mean: Float64Array,
  K: number,
  P: number,
): Float64Array {
  return symmetricProduct(P, K, (row, first, block, at, length) => {
    for (let k = 0; k < length; k++) block[at + k] = points[(first + k) * P + row]! - mean[row]!;
  });
}

/** `XX'` `[K, K]`. */
function gram(points: Float32Array, mean: Float64Array, K: number, P: number): Float64Array {
  return symmetricProduct(K, P, (row, first, block, at, length) => {
    for (let p = 0; p < length; p++)
      block[at + p] = points[row * P + first + p]! - mean[first + p]!;
  });
}

/** `X'v / sqrt(lambda (K - 1))` `[P]`. */
function combine(
  points: Float32Array,
  mean: Float64Array,
  vector: Float64Array,
  K: number,
  P: number,
  eigenvalue: number,
): Float64Array {
  const direction = new Float64Array(P);
  for (let k = 0; k < K; k++)
    for (let p = 0; p < P; p++) direction[p]! += vector[k]! * (points[k * P + p]! - mean[p]!);
  const length = Math.sqrt(eigenvalue * (K - 1));
  return direction.map((value) => value / length);
}
