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
 * angle. Its cosine is the smaller singular value of `B A'`, its sine the larger one of what is left of B outside of A;
 * both are taken, since near 0 the cosine tells nothing, and near 90 the sine
 * (Björck and Golub 1973, doi:10.2307/2005662).
 */
export function degreesBetweenPlanes(a: Float64Array, b: Float64Array): number {
  const P = a.length / 2;
  const [first, second] = [a.subarray(0, P), a.subarray(P)];
  const overlaps = [b.subarray(0, P), b.subarray(P)].map(
    (row) => [dot(row, first), dot(row, second)] as const,
  );
  const rest = b.map((value, i) => {
    const [along, across] = overlaps[i < P ? 0 : 1]!;
    return value - along * first[i % P]! - across * second[i % P]!;
  });
  const [, cosine] = singularValues(overlaps.map((row) => Float64Array.from(row)));
  const [sine] = singularValues([rest.subarray(0, P), rest.subarray(P)]);
  return (Math.atan2(sine, cosine) * 180) / Math.PI;
}

/** Both singular values of two rows, the larger first: the roots of the eigenvalues of their Gram matrix. */
function singularValues(rows: readonly Float64Array[]): readonly [number, number] {
  const [u, v] = rows as [Float64Array, Float64Array];
  const [uu, uv, vv] = [dot(u, u), dot(u, v), dot(v, v)];
  const [middle, half] = [(uu + vv) / 2, Math.hypot((uu - vv) / 2, uv)];
  return [Math.sqrt(middle + half), Math.sqrt(Math.max(0, middle - half))];
}
