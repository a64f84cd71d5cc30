// Eigenvalues and eigenvectors of the small symmetric tridiagonal matrices that Lanczos leaves.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface TridiagonalEigen {
  /** `[n]`, smallest first. */
  readonly values: Float64Array;
  /** Entry `row` of unit eigenvector `index`. */
  entry(row: number, index: number): number;
}

/** Of T `[n, n]` with diagonal `alpha[0..n)` and `beta[k] = T[k, k+1] = T[k+1, k]`; entries beyond are not read. */
export function tridiagonalEigen(
  alpha: ArrayLike<number>,
  beta: ArrayLike<number>,
  n: number,
): TridiagonalEigen {
  const matrix = Matrix.zeros(n, n);
  for (let k = 0; k < n; k++) {
    matrix.set(k, k, alpha[k]!);
    if (k + 1 === n) continue;
    matrix.set(k, k + 1, beta[k]!);
    matrix.set(k + 1, k, beta[k]!);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  return {
    values: Float64Array.from(realEigenvalues),
    entry: (row, index) => eigenvectorMatrix.get(row, index),
  };
}
