// How much each point of a curve's control polygon counts at t: the one formula of its training and its drawing.
import type { CurveShape } from './curve-spec.ts';

/**
 * `[bends + 2]`: the curve is `phi(t) = sum over k of weight_k(t) point_k`, the points being the first end, the bends
 * and the second end.
 *
 * Bezier of degree n = bends + 1: Bernstein polynomials `C(n, k) (1 - t)^(n - k) t^k`; with one bend
 * `(1 - t)^2 w1 + 2 t (1 - t) theta + t^2 w2`. Polygon: linear between neighbouring points, which lie evenly in t; with
 * one bend `2 (t theta + (1/2 - t) w1)` up to t = 1/2. (Garipov et al. 2018, arXiv:1802.10026, section 3.)
 * @throws RangeError where t is not in [0, 1].
 */
export function curveWeights(shape: CurveShape, bends: number, t: number): number[] {
  if (!(t >= 0 && t <= 1)) throw new RangeError(`a point of a curve at t = ${t}: expected 0 to 1`);
  const n = bends + 1;
  return Array.from({ length: n + 1 }, (_, k) =>
    shape === 'polygon'
      ? Math.max(0, 1 - Math.abs(n * t - k))
      : binomial(n, k) * (1 - t) ** (n - k) * t ** k,
  );
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
