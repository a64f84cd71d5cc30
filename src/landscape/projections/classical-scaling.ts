// Classical scaling: coordinates whose Euclidean distances come nearest to given ones.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { fixSign } from '../orthonormal.ts';
import { checkDistances } from './distances.ts';

export interface ClassicalScaling {
  /** `[K, dimensions]`, centred, in the unit of the distances; of each axis the largest entry is positive. */
  readonly coordinates: Float64Array;
  /** `[K]`, largest first. */
  readonly eigenvalues: Float64Array;
  /** Share of each axis kept, eigenvalue over the sum of all magnitudes; 0 where all distances are 0. */
  readonly explained: readonly number[];
  /** Sum of the magnitudes of negative eigenvalues over that of all: 0 for distances that are Euclidean. */
  readonly negativeShare: number;
}

/**
 * Classical scaling of a distance matrix `[K, K]` (Torgerson 1952, doi:10.1007/BF02288916): with J the centring
 * matrix, `B = -J D^2 J / 2 = V L V'` (squares entry by entry), and the coordinates are the leading `V sqrt(L)`. Of
 * Euclidean distances these are the principal components of the points. An axis whose eigenvalue is negative is 0.
 *
 * The work grows with K^3: about 2 s for 1,050 points.
 */
export function classicalScaling(distances: Float64Array, dimensions: number): ClassicalScaling {
  const K = checkDistances(distances, 'classical scaling');
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > K)
    throw new RangeError(
      `classical scaling of ${K} points into ${dimensions} dimensions: expected a whole number from 1 to ${K}`,
    );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(K, K, doublyCentred(distances, K)),
    { assumeSymmetric: true },
  );
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const eigenvalues = Float64Array.from(order, (i) => realEigenvalues[i]!);
  const total = eigenvalues.reduce((sum, value) => sum + Math.abs(value), 0);
  const negative = eigenvalues.reduce((sum, value) => sum + Math.max(0, -value), 0);

  const axes = new Float64Array(dimensions * K);
  const coordinates = new Float64Array(K * dimensions);
  for (let d = 0; d < dimensions; d++) {
    const length = Math.sqrt(Math.max(0, eigenvalues[d]!));
    for (let k = 0; k < K; k++) axes[d * K + k] = length * eigenvectorMatrix.get(k, order[d]!);
    fixSign(axes, d, K);
    for (let k = 0; k < K; k++) coordinates[k * dimensions + d] = axes[d * K + k]!;
  }
  const share = (value: number) => (total > 0 ? value / total : 0);
  return {
    coordinates,
    eigenvalues,
    explained: Array.from(eigenvalues.subarray(0, dimensions), (value) =>
      share(Math.max(0, value)),
    ),
    negativeShare: share(negative),
  };
}

/** `-J D^2 J / 2` `[K, K]`. */
function doublyCentred(distances: Float64Array, K: number): Float64Array {
  const centred = distances.map((d) => (-d * d) / 2);
  const means = Float64Array.from({ length: K }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < K; j++) sum += centred[i * K + j]!;
    return sum / K;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / K;
  for (let i = 0; i < K; i++)
    for (let j = 0; j < K; j++) centred[i * K + j]! -= means[i]! + means[j]! - mean;
  return centred;
}
