// How wide a valley looks on a line: the 1D measure of sharp and flat that a picture suggests.

/**
 * Width, in alpha, of the stretch around `centre` on which losses `[T]` at rising `alphas` `[T]` stay within `rise`
 * of the loss at `centre`; the ends of the stretch by linear interpolation between points. `centre` must be one of
 * the alphas. Null where the loss does not leave the stretch within the sampled range on one of its sides, or is not
 * finite at `centre`; where it is not finite beside it, the stretch ends at the last point that is.
 *
 * The width of a minimum that sits on a line says something of that line alone, and rescaling the weights changes it
 * (Dinh et al. 2017; Li et al. 2018, section 3).
 * @throws RangeError where the centre is not among the alphas, losses are not as many, or the rise is not above 0.
 */
export function valleyWidth(
  losses: ArrayLike<number>,
  alphas: readonly number[],
  centre: number,
  rise: number,
): number | null {
  const at = alphas.findIndex((alpha) => Math.abs(alpha - centre) < 1e-9);
  if (at < 0) {
    throw new RangeError(
      `a valley around ${centre} on a line sampled from ${alphas[0]} to ${alphas.at(-1)}: expected ${centre} among its points`,
    );
  }
  if (losses.length !== alphas.length || !(rise > 0)) {
    throw new RangeError(
      `a valley of ${losses.length} losses at ${alphas.length} points, up to a rise of ${rise}: expected a loss at each point, and a rise above 0`,
    );
  }
  if (!Number.isFinite(losses[at])) return null;
  const level = losses[at]! + rise;
  const reach = (step: 1 | -1): number | null => {
    for (let t = at + step; t >= 0 && t < alphas.length; t += step) {
      const [inside, outside] = [losses[t - step]!, losses[t]!];
      if (!(outside <= level)) {
        const share = Number.isFinite(outside) ? (level - inside) / (outside - inside) : 0;
        return Math.abs(
          alphas[t - step]! + step * share * Math.abs(alphas[t]! - alphas[t - step]!) - centre,
        );
      }
    }
    return null;
  };
  const [left, right] = [reach(-1), reach(1)];
  return left === null || right === null ? null : left + right;
}
