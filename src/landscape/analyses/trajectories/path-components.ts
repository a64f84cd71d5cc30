// Principal components of paths, and the share of their variance on random planes.
import { meanOf } from '../../bootstrap.ts';
import { randomDirection } from '../../directions/random-direction.ts';
import { orthonormaliseRow } from '../../orthonormal.ts';
import { principalComponents, type PrincipalComponents } from '../../pca.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray } from '../numeric-array.ts';
import type { PathComponents } from './trajectories-result.ts';

export function componentsOf(
  paths: readonly Float32Array[],
  S: number,
  P: number,
  seed: number,
): PathComponents {
  const found = paths.map((path) => principalComponents(path, S, P, 2));
  // Of a path that never moved there are none.
  const k = Math.max(...found.map(({ explainedVariance }) => explainedVariance.length));
  const firstTwo = found.map(({ explainedVariance: [first = 0, second = 0] }) => first + second);
  return {
    explained: numericArray(
      [paths.length, k],
      found.flatMap(({ explainedVariance }) =>
        Array.from({ length: k }, (_, c) => explainedVariance[c] ?? NaN),
      ),
    ),
    coordinates: numericArray(
      [paths.length, S, 2],
      found.flatMap((own, m) => onComponents(own, paths[m]!, S)),
    ),
    firstTwo: estimateOfMean(firstTwo, seed),
  };
}

/** `[S, 2]`, one after the other. */
function onComponents(
  { mean, directions }: PrincipalComponents,
  path: Float32Array,
  S: number,
): number[] {
  const P = mean.length;
  return Array.from({ length: 2 * S }, (_, i) => {
    const [s, row] = [Math.floor(i / 2), i % 2];
    let sum = 0;
    for (let p = 0; p < P; p++) sum += (path[s * P + p]! - mean[p]!) * directions[row * P + p]!;
    return sum;
  });
}

/** Share of a path's variance on random planes, the mean over `draws` of them from number `first` on. */
export function randomPlaneShare(
  path: Float32Array,
  P: number,
  { draws, first, seed }: { draws: number; first: number; seed: number },
): number {
  const S = path.length / P;
  const mean = new Float64Array(P);
  path.forEach((value, i) => (mean[i % P]! += value / S));
  const total = path.reduce((sum, value, i) => sum + (value - mean[i % P]!) ** 2, 0);
  const shares = Float64Array.from({ length: draws }, (_, draw) => {
    const plane = new Float64Array(2 * P);
    for (const row of [0, 1]) {
      plane.set(randomDirection(P, seed, 2 * (first + draw) + row), row * P);
      orthonormaliseRow(plane, row, P);
    }
    let inside = 0;
    for (let s = 0; s < S; s++)
      for (const row of [0, 1]) {
        let along = 0;
        for (let p = 0; p < P; p++) along += (path[s * P + p]! - mean[p]!) * plane[row * P + p]!;
        inside += along * along;
      }
    return inside / total;
  });
  return meanOf(shares);
}
