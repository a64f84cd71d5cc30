// How often two networks choose different classes.
import { accuracies } from './predictions.ts';
import type { Predictions } from './predictions.ts';

/** Share of samples on which two networks choose different classes, `[M, M]` (Fort et al. 2019, arXiv:1912.02757). */
export function disagreement({ networks: M, count, chosen }: Predictions): Float64Array {
  const shares = new Float64Array(M * M);
  for (let i = 0; i < M; i++)
    for (let j = 0; j < i; j++) {
      let different = 0;
      for (let s = 0; s < count; s++)
        if (chosen[i * count + s] !== chosen[j * count + s]) different++;
      shares[i * M + j] = shares[j * M + i] = different / count;
    }
  return shares;
}

/**
 * Disagreement with a reference network i over the error rate of the other, `d(i, j) / (1 - accuracy of j)`, `[M, M]`
 * (ibid.): a worse network disagrees more for that alone. Not symmetric; 0 of a network to itself, and NaN or
 * infinite where j makes no error.
 */
export function normalisedDisagreement(predictions: Predictions, labels: Int32Array): Float64Array {
  const M = predictions.networks;
  const accuracy = accuracies(predictions, labels);
  return disagreement(predictions).map((share, at) =>
    Math.floor(at / M) === at % M ? 0 : share / (1 - accuracy[at % M]!),
  );
}
