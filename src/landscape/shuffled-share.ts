// The share of variance that a first component has of points whose coordinates have nothing to do with each other.
import { randomStream } from '../learning/random.ts';
import { meanOf, quantileOf } from './bootstrap.ts';
import { principalComponents } from './pca.ts';

export interface ChanceShare {
  readonly mean: number;
  /** 95% of the draws lie below. */
  readonly most: number;
}

/**
 * Parallel analysis by permutation (Horn 1965, doi:10.1007/BF02289447; Buja and Eyuboglu 1992,
 * doi:10.1207/s15327906mbr2704_2): of K points `[K, P]` each coordinate is dealt anew among the points, which keeps its
 * spread and breaks every tie to the others; then the first component's share of the variance, over `draws` deals.
 */
export function shuffledShare(
  points: Float32Array,
  K: number,
  draws: number,
  seed: number,
): ChanceShare {
  const P = points.length / K;
  const stream = randomStream(seed, 'shuffled share');
  const shares = Float64Array.from({ length: draws }, () => {
    const dealt = new Float32Array(points.length);
    for (let p = 0; p < P; p++) {
      const column = Array.from({ length: K }, (_, k) => points[k * P + p]!);
      for (const [k, value] of stream.shuffle(column).entries()) dealt[k * P + p] = value;
    }
    return principalComponents(dealt, K, P, 1).explainedVariance[0] ?? NaN;
  }).sort();
  return { mean: meanOf(shares), most: quantileOf(shares, 0.95) };
}
