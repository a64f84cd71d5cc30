// Means of networks' weights, group by group: what averaging weights makes.

/**
 * Weights averaged over disjoint groups of `size` rows of `[M, P]`, in the order of the rows; a last group that is not
 * whole is left out. The uniform soup of Wortsman et al. 2022 (arXiv:2203.05482, section 2).
 *
 * @returns `[floor(M / size), P]`.
 * @throws RangeError where a group is not of one row or more, or the weights are not whole rows.
 */
export function groupMeans(weights: Float32Array, P: number, size: number): Float32Array {
  const M = weights.length / P;
  if (!Number.isInteger(M))
    throw new RangeError(`${weights.length} weights are not whole networks of ${P}`);
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`a group of ${size} networks: expected a whole number from 1`);
  const groups = Math.floor(M / size);
  const means = new Float32Array(groups * P);
  for (let g = 0; g < groups; g++)
    for (let p = 0; p < P; p++) {
      let sum = 0;
      for (let m = g * size; m < (g + 1) * size; m++) sum += weights[m * P + p]!;
      means[g * P + p] = sum / size;
    }
  return means;
}
