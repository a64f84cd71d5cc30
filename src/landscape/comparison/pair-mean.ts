// The mean over pairs of networks, and how sure it is: pairs that share a network are not independent.
import { bootstrapInterval, type Estimate } from '../bootstrap.ts';

/**
 * Mean of a symmetric matrix `[N, N]` over pairs of two networks, pairs that are not finite left out; NaN where none
 * is left. The interval is a percentile bootstrap (see bootstrap.ts) that draws networks, not pairs, and looks at the
 * pairs of different networks among those drawn, each as often as it occurs: the vertex bootstrap of Snijders and
 * Borgatti 1999 (Connections 22(2), 161-170), but that pairs of a network with itself are left out. Of two networks,
 * which are one pair, it has no width.
 * @throws RangeError where the matrix is not `[N, N]`.
 */
export function pairMean(matrix: ArrayLike<number>, N: number, seed: number): Estimate {
  checkSquare(matrix, N);
  const networks = Float64Array.from({ length: N }, (_, n) => n);
  const values = Float64Array.from(matrix);
  const isLeftOut = Uint8Array.from(values, (value, at) =>
    Number(Math.floor(at / N) === at % N || !Number.isFinite(value)),
  );
  const places = new Int32Array(N);
  // Called for every resample, and looks at all pairs: worth plain loops.
  const mean = (drawn: Float64Array): number => {
    places.set(drawn);
    let [sum, count] = [0, 0];
    for (let a = 0; a < N; a++) {
      const row = places[a]! * N;
      for (let b = 0; b < N; b++) {
        const at = row + places[b]!;
        if (isLeftOut[at]) continue;
        sum += values[at]!;
        count++;
      }
    }
    return sum / count;
  };
  return { value: mean(networks), interval: bootstrapInterval(networks, mean, seed) };
}

/**
 * Of each network, the mean over its pairs with the others, `[N]`, pairs that are not finite left out: for trends over
 * conditions. These means are not independent: each pair is in two of them.
 * @throws RangeError where the matrix is not `[N, N]`.
 */
export function meanOverOthers(matrix: ArrayLike<number>, N: number): Float64Array {
  checkSquare(matrix, N);
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

function checkSquare(matrix: ArrayLike<number>, N: number): void {
  if (matrix.length === N * N) return;
  throw new RangeError(
    `a mean over pairs of ${N} networks needs a matrix of ${N * N} numbers, got ${matrix.length}`,
  );
}
