// How far apart two networks are as functions: by what they output, sample by sample.
import { distanceMatrix } from '../projections/distances.ts';
import type { Points } from '../projections/distances.ts';
import type { Predictions } from './predictions.ts';

/**
 * Root-mean-square over samples of the Euclidean distance of two networks' outputs, `[M, M]`, for any outputs
 * `[M, count, outputs]`: `sqrt(sum_s |f_i(s) - f_j(s)|^2 / count)`. In the unit of the outputs.
 */
export function outputDistance(outputs: Points, networks: number, count: number): Float64Array {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`a distance of outputs on ${count} samples: expected at least one`);
  return distanceMatrix(outputs, networks).map((distance) => distance / Math.sqrt(count));
}

/** The same of probability vectors: 0 to sqrt(2), where two networks are certain of different classes throughout. */
export const predictionDistance = ({ probabilities, networks, count }: Predictions): Float64Array =>
  outputDistance(probabilities, networks, count);

/**
 * Mean over samples of the Jensen-Shannon distance of two networks' probabilities, `[M, M]`:
 * `sqrt(H((p + q) / 2) - (H(p) + H(q)) / 2)` with entropies H in bits, 0 to 1; the root is a metric
 * (Endres and Schindelin 2003, doi:10.1109/TIT.2003.813506). The differences of entropies keep about 1e-8.
 */
export function jensenShannonDistance(predictions: Predictions): Float64Array {
  const { networks: M, count, classes, probabilities } = predictions;
  const entropies = Float64Array.from({ length: M * count }, (_, row) => {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += surprise(probabilities[row * classes + c]!);
    return sum;
  });
  const distances = new Float64Array(M * M);
  for (let i = 0; i < M; i++)
    for (let j = 0; j < i; j++) {
      let total = 0;
      for (let s = 0; s < count; s++) {
        const [a, b] = [i * count + s, j * count + s];
        let mixed = 0;
        for (let c = 0; c < classes; c++)
          mixed += surprise(
            (probabilities[a * classes + c]! + probabilities[b * classes + c]!) / 2,
          );
        total += Math.sqrt(Math.max(0, mixed - (entropies[a]! + entropies[b]!) / 2));
      }
      distances[i * M + j] = distances[j * M + i] = total / count;
    }
  return distances;
}

/** `-p log2 p`, 0 at 0. */
const surprise = (p: number): number => (p > 0 ? -p * Math.log2(p) : 0);
