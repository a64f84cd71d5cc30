// The Hessian of a network with one hidden layer of ReLU units after its layers are rescaled, out of that before.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * Multiplying all weights and biases into H hidden units by a factor a and dividing all weights out of them by it gives
 * `w' = S w` with a diagonal S and `L(w') = L(S^-1 w')`, so that the Hessian there is `S^-1 H S^-1`
 * (Dinh et al. 2017, arXiv:1703.04933, section 4).
 *
 * @returns the diagonal of S, `[P]`; `inputs` and `outputs` count features and outputs.
 */
export function layerScale(
  { inputs, units, outputs }: { inputs: number; units: number; outputs: number },
  factor: number,
): Float64Array {
  const scale = new Float64Array((inputs + 1) * units + (units + 1) * outputs).fill(1);
  scale.fill(factor, 0, (inputs + 1) * units);
  scale.fill(1 / factor, (inputs + 1) * units, (inputs + 1) * units + units * outputs);
  return scale;
}

/** `S^-1 H S^-1`, `[P, P]`. */
export function scaledHessian(hessian: Float64Array, scale: Float64Array): Float64Array {
  const P = scale.length;
  return hessian.map((value, at) => value / (scale[Math.floor(at / P)]! * scale[at % P]!));
}

/** All eigenvalues of a symmetric matrix `[P, P]`, largest first. */
export function symmetricEigenvalues(matrix: Float64Array, P: number): Float64Array {
  const { realEigenvalues } = new EigenvalueDecomposition(Matrix.from1DArray(P, P, matrix), {
    assumeSymmetric: true,
  });
  return Float64Array.from(realEigenvalues).sort((a, b) => b - a);
}

/** The eigenvector of the largest eigenvalue of the block `[from, to)` of a symmetric matrix, `[P]`, zero outside it. */
export function steepestWithin(
  matrix: Float64Array,
  P: number,
  [from, to]: readonly [number, number],
): { readonly direction: Float64Array; readonly curvature: number } {
  const block = Matrix.from1DArray(P, P, matrix).subMatrix(from, to - 1, from, to - 1);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(block, {
    assumeSymmetric: true,
  });
  const top = realEigenvalues.indexOf(Math.max(...realEigenvalues));
  const direction = new Float64Array(P);
  direction.set(eigenvectorMatrix.getColumn(top), from);
  return { direction, curvature: realEigenvalues[top]! };
}
