// How far the loss rises on a path above the straight line between the losses of its ends.

export interface Barriers {
  /** `[C]`, at least 0. */
  readonly barrier: Float64Array;
  /** `[C]`: alpha where it is reached. */
  readonly at: Float64Array;
}

/**
 * Barrier of each of C paths, losses (or errors) `[C, T]` at `alphas` `[T]`, first 0, last 1:
 * `sup over a of L(a) - ((1 - a) L(0) + a L(1))` (Entezari et al. 2022, arXiv:2110.06296, definition of the error
 * barrier). The ends are among the points, so it is never negative; between points it may be higher. NaN where a loss
 * on the path is not finite.
 * @throws RangeError where the losses are not whole paths, or the ends are not among the points.
 */
export function barriersOf(losses: ArrayLike<number>, alphas: readonly number[]): Barriers {
  const T = alphas.length;
  const C = losses.length / T;
  if (!Number.isInteger(C)) {
    throw new RangeError(`${losses.length} losses are not those of whole paths of ${T} points`);
  }
  if (alphas[0] !== 0 || alphas[T - 1] !== 1) {
    throw new RangeError(
      `a barrier on a path from ${alphas[0]} to ${alphas[T - 1]}: expected its ends, 0 and 1, among the points`,
    );
  }
  const barrier = new Float64Array(C);
  const at = new Float64Array(C);
  for (let c = 0; c < C; c++) {
    const [start, end] = [losses[c * T]!, losses[(c + 1) * T - 1]!];
    for (let t = 0; t < T; t++) {
      const alpha = alphas[t]!;
      const rise = losses[c * T + t]! - ((1 - alpha) * start + alpha * end);
      if (!Number.isFinite(rise)) {
        [barrier[c], at[c]] = [NaN, alpha];
        break;
      }
      if (rise > barrier[c]!) [barrier[c], at[c]] = [rise, alpha];
    }
  }
  return { barrier, at };
}

/** Shares of errors, `1 - accuracy`. */
export const errorsOf = (accuracy: Float32Array): Float64Array =>
  Float64Array.from(accuracy, (share) => 1 - share);
