// How often two networks choose different classes, and how often they would if their errors fell independently.
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

/**
 * What disagreement would be if two networks of these accuracies, a and b, erred independently and an error fell on
 * each of the C - 1 wrong classes alike: `1 - ab - (1 - a)(1 - b) / (C - 1)`, `[M, M]`; 0 of a network to itself.
 * Real networks err on the same hard samples and stay below it.
 */
export function independentDisagreement(
  accuracy: ArrayLike<number>,
  classes: number,
): Float64Array {
  const M = accuracy.length;
  if (classes < 2)
    throw new RangeError(`disagreement by chance with ${classes} classes: expected at least two`);
  return Float64Array.from({ length: M * M }, (_, at) => {
    const [i, j] = [Math.floor(at / M), at % M];
    if (i === j) return 0;
    const [a, b] = [accuracy[i]!, accuracy[j]!];
    return 1 - a * b - ((1 - a) * (1 - b)) / (classes - 1);
  });
}
