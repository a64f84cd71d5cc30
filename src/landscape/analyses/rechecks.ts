// How numbers of a result are held against the same computed again.
import type { Recheck } from './analysis.ts';

/**
 * The smallest differences that mean anything, whatever the size of the numbers: below them single precision gives
 * noise, which another order of summing gives otherwise.
 *
 * - A loss is the mean of `logsumexp(z) - z` (or of squares): a rounding of logits z of the size of 10 is 6e-7 for each
 *   sample, whatever is left of the difference.
 * - A gradient is made of `softmax(z) - y`, rounded to 6e-8 where z is sure of y, times activations of the size of 1.
 * - A Hessian is made of `p (1 - p)`, whose rounding is 6e-8 likewise, times products of these; saturated networks
 *   have eigenvalues of 1e-11 and less, all of it noise of up to 1e-8.
 * - A coordinate in weight space is a sum over weights of the size of 1.
 */
export const floors = {
  loss: 1e-5,
  gradientNorm: 1e-6,
  eigenvalue: 1e-6,
  coordinate: 1e-5,
} as const;

/** Of what is not finite, it is chance whether it is NaN or infinite. */
const orMissing = (value: number): number => (Number.isFinite(value) ? value : NaN);

/** The same quantity of two computations: equal but for a share of its size, and for what is noise in it anyhow. */
const same =
  (quantity: keyof typeof floors, usually: number) =>
  (what: string, recorded: number, again: number, relative = usually): Recheck => ({
    what,
    recorded: orMissing(recorded),
    again: orMissing(again),
    tolerance: floors[quantity] + relative * Math.abs(recorded),
  });

/** Losses of two computations: providers order their sums differently, which a large loss feels more than a small one. */
export const sameLoss = same('loss', 1e-4);
export const sameGradientNorm = same('gradientNorm', 1e-3);
export const sameEigenvalue = same('eigenvalue', 1e-3);
export const sameCoordinate = same('coordinate', 1e-4);

/** Shares of `count` samples that networks get right: one on the boundary may fall to either side. */
export const sameShare = (
  what: string,
  recorded: number,
  again: number,
  count: number,
): Recheck => ({ what, recorded, again, tolerance: 2.5 / count });

/** Ratios of eigenvalues: where the larger is noise, so is the ratio. */
export const sameEigenvalueRatio = (
  what: string,
  recorded: number,
  again: number,
  { relative, largest }: { readonly relative: number; readonly largest: number },
): Recheck => ({
  what,
  recorded,
  again,
  tolerance: (2 * relative + floors.eigenvalue / Math.abs(largest)) * (1 + Math.abs(recorded)),
});

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
