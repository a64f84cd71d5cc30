// The whole Hessian of a small network, and all of its eigenvalues.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Derivatives } from './derivatives.ts';
import { expectLength } from './expectations.ts';

/** Above this many parameters the matrix and its decomposition take minutes: use Lanczos. */
export const mostParameters = 3000;

/** Numbers `[rows, P]` that a block of products may take. */
const blockNumbers = 2 ** 20;

/**
 * H `[P, P]` of the data loss of one network, `weights` `[P]`: products with all unit vectors, in blocks over the
 * axis of networks. Rounding leaves H and its transpose slightly apart; their mean is returned.
 * @throws RangeError where P is above `mostParameters`.
 */
export async function fullHessian(
  derivatives: Derivatives,
  weights: Float32Array,
): Promise<Float64Array> {
  const P = derivatives.parameters;
  expectLength(weights, P, 'fullHessian: the weights of one network');
  if (P > mostParameters) {
    throw new RangeError(
      `fullHessian: the network has ${P} parameters, and at most ${mostParameters} are taken: use hessianEigenpairs or spectralDensity`,
    );
  }
  const rows = new Float64Array(P * P);
  const block = Math.max(1, Math.floor(blockNumbers / P));
  for (let first = 0; first < P; first += block) {
    const length = Math.min(block, P - first);
    const [copies, units] = [new Float32Array(length * P), new Float32Array(length * P)];
    for (let row = 0; row < length; row++) {
      copies.set(weights, row * P);
      units[row * P + first + row] = 1;
    }
    rows.set(await derivatives.hessianVectorProduct(copies, units), first * P);
  }
  for (let i = 0; i < P; i++)
    for (let j = 0; j < i; j++)
      rows[i * P + j] = rows[j * P + i] = (rows[i * P + j]! + rows[j * P + i]!) / 2;
  return rows;
}

/**
 * All P eigenvalues of that Hessian, largest first. The work grows as the cube of P.
 * @throws RangeError where P is above `mostParameters`, or the Hessian is not finite.
 */
export async function hessianSpectrum(
  derivatives: Derivatives,
  weights: Float32Array,
): Promise<Float64Array> {
  const P = derivatives.parameters;
  const hessian = await fullHessian(derivatives, weights);
  if (!hessian.every(Number.isFinite)) {
    throw new RangeError(
      'hessianSpectrum: the Hessian is not finite at these weights: leave networks that diverged out',
    );
  }
  const matrix = Matrix.from1DArray(P, P, hessian);
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues).sort((a, b) => b - a);
}
