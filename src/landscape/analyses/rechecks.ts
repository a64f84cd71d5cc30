// How numbers of a result are held against the same computed again.
import type { Recheck } from './analysis.ts';

/** Losses of two computations: providers order their sums differently, which a large loss feels more than a small one. */
export const sameLoss = (
  what: string,
  recorded: number,
  again: number,
  relative = 1e-4,
): Recheck => ({ what, recorded, again, tolerance: 1e-5 + relative * Math.abs(recorded) });

/** v'Hv of unit vectors `[M, P]` and their products Hv `[M, P]`: eigenvalues, where the vectors are eigenvectors. */
export function rayleighQuotients(
  vectors: Float32Array,
  products: Float32Array,
  M: number,
): Float64Array {
  const P = vectors.length / M;
  return Float64Array.from({ length: M }, (_, m) => {
    let sum = 0;
    for (let i = m * P; i < (m + 1) * P; i++) sum += vectors[i]! * products[i]!;
    return sum;
  });
}
