// Turning a plane through weight space into another one, about a point that both go through.
import { dot, orthonormaliseRow } from '../orthonormal.ts';

/**
 * Directions `[2, P]` a share `t` of the way from `from` to `to`, both orthonormal `[2, P]`:
 * `cos(t pi / 2) from_i + sin(t pi / 2) to_i`, made orthonormal in their order. At 0 and at 1 these are the given ones.
 * In many dimensions two unrelated directions stand nearly at a right angle, so that t is nearly the share of it turned.
 */
export function turnedDirections(from: Float64Array, to: Float64Array, t: number): Float64Array {
  const P = from.length / 2;
  if (to.length !== from.length)
    throw new RangeError(
      `planes in ${P} and ${to.length / 2} dimensions: expected directions of the same networks`,
    );
  if (t <= 0 || t >= 1) return (t <= 0 ? from : to).slice();
  const [own, other] = [Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2)];
  const turned = from.map((value, i) => own * value + other * to[i]!);
  for (const row of [0, 1]) orthonormaliseRow(turned, row, P);
  return turned;
}

/**
 * The largest angle that a direction of one plane stands at to the other plane, in degrees: the larger principal
 * angle, `arccos` of the smaller singular value of `A B'` (Björck and Golub 1973, doi:10.2307/2005662).
 */
export function degreesBetweenPlanes(a: Float64Array, b: Float64Array): number {
  const P = a.length / 2;
  const row = (plane: Float64Array, i: number) => plane.subarray(i * P, (i + 1) * P);
  const [p, q, r, s] = [
    dot(row(a, 0), row(b, 0)),
    dot(row(a, 0), row(b, 1)),
    dot(row(a, 1), row(b, 0)),
    dot(row(a, 1), row(b, 1)),
  ];
  // Singular values of a 2 x 2 matrix: their squares add up to the sum of squares, their product is |determinant|.
  const [sum, product] = [p * p + q * q + r * r + s * s, Math.abs(p * s - q * r)];
  const smaller = Math.sqrt(
    Math.max(0, (sum - Math.sqrt(Math.max(0, sum * sum - 4 * product * product))) / 2),
  );
  return (Math.acos(Math.min(1, smaller)) * 180) / Math.PI;
}
