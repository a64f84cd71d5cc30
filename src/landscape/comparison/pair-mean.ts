// The mean over pairs of networks, and how sure it is: pairs that share a network are not independent.
import { bootstrapInterval, type Estimate } from '../bootstrap.ts';

/**
 * Mean of a symmetric matrix `[N, N]` over pairs of two networks, pairs that are not finite left out. The interval
 * draws networks, not pairs: a resample's pairs are those of two different networks in it (the nodes of Snijders and
 * Borgatti 1999, "Non-parametric standard errors and tests for network statistics").
 */
export function pairMean(matrix: ArrayLike<number>, N: number, seed: number): Estimate {
  if (matrix.length !== N * N) {
    throw new RangeError(
      `a mean over pairs of ${N} networks needs a matrix of ${N * N} numbers, got ${matrix.length}`,
    );
  }
  const networks = Float64Array.from({ length: N }, (_, n) => n);
  const mean = (drawn: Float64Array): number => {
    let [sum, count] = [0, 0];
    for (const i of drawn)
      for (const j of drawn) {
        const value = matrix[i * N + j]!;
        if (i === j || !Number.isFinite(value)) continue;
        sum += value;
        count++;
      }
    return sum / count;
  };
  return { value: mean(networks), interval: bootstrapInterval(networks, mean, seed) };
}

/** Of each network, the mean over its pairs with the others, `[N]`: for trends over conditions. */
export function meanOverOthers(matrix: ArrayLike<number>, N: number): Float64Array {
  return Float64Array.from({ length: N }, (_, i) => {
    let [sum, count] = [0, 0];
    for (let j = 0; j < N; j++) {
      const value = matrix[i * N + j]!;
      if (i === j || !Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  });
}
