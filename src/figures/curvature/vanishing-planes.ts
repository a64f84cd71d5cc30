// Random planes through a quadratic landscape with known eigenvalues, and what curvature each of them shows.
import { randomNormal } from 'd3';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** The landscape on a plane, `(a x^2 + 2 b x y + c y^2) / 2`: heights above the centre, distances in weight space. */
export interface PlaneCurvature {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Largest and smallest curvature of any line in the plane. */
  readonly largest: number;
  readonly smallest: number;
}

export function planeCurvature(a: number, b: number, c: number): PlaneCurvature {
  const [middle, reach] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return { a, b, c, largest: middle + reach, smallest: middle - reach };
}

export const heightOn = ({ a, b, c }: PlaneCurvature, x: number, y: number): number =>
  (a * x * x + 2 * b * x * y + c * y * y) / 2;

/**
 * `U' diag(eigenvalues) U` for random planes. Turning all directions leaves their distribution as it is, so that
 * the eigenvectors may be taken as the axes: U is two standard normal vectors, made orthonormal. Seeded.
 */
export function randomPlanes(
  eigenvalues: ArrayLike<number>,
  count: number,
  seed: number,
): PlaneCurvature[] {
  // Any state but zeros will do; the first numbers of states so alike are alike too, and are thrown away.
  const generator = xoroshiro128plusFromState([seed | 0, 0x9e3779b9 | 0, 0x85ebca6b | 0, 1]);
  const uniform = (): number => uniformFloat64(generator);
  for (let i = 0; i < 20; i++) uniform();
  const normal = randomNormal.source(uniform)();
  const d = eigenvalues.length;
  const [u, v] = [new Float64Array(d), new Float64Array(d)];
  return Array.from({ length: count }, () => {
    let [uu, uv, vv] = [0, 0, 0];
    for (let i = 0; i < d; i++) {
      u[i] = normal();
      v[i] = normal();
      uu += u[i]! ** 2;
      uv += u[i]! * v[i]!;
    }
    for (let i = 0; i < d; i++) {
      v[i]! -= (uv / uu) * u[i]!;
      vv += v[i]! ** 2;
    }
    let [a, b, c] = [0, 0, 0];
    for (let i = 0; i < d; i++) {
      const lambda = eigenvalues[i]!;
      a += lambda * u[i]! ** 2;
      b += lambda * u[i]! * v[i]!;
      c += lambda * v[i]! ** 2;
    }
    return planeCurvature(a / uu, b / Math.sqrt(uu * vv), c / vv);
  });
}
