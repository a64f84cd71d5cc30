// u'Hu for several vectors u of each of several networks, batched over the axis of networks; and means of such samples.
import type { Derivatives } from './derivatives.ts';
import { networksIn } from './expectations.ts';

/** Numbers `[rows, P]` that a block of products may take. */
const blockNumbers = 2 ** 20;

/**
 * u'Hu `[M, count]` for M networks, `weights` `[M, P]`; `write` fills in vector k of network m, `[P]`.
 * The products are float32, the sums float64.
 */
export async function quadraticForms(
  derivatives: Derivatives,
  weights: Float32Array,
  count: number,
  write: (network: number, k: number, into: Float32Array) => void,
): Promise<Float64Array> {
  const P = derivatives.parameters;
  const total = networksIn(weights, P, 'weights') * count;
  const forms = new Float64Array(total);
  // Levelled, so that the blocks are alike and share one compiled graph.
  const blocks = Math.ceil((total * P) / blockNumbers);
  const block = Math.ceil(total / blocks);
  for (let first = 0; first < total; first += block) {
    const rows = Math.min(block, total - first);
    const [copies, vectors] = [new Float32Array(rows * P), new Float32Array(rows * P)];
    for (let row = 0; row < rows; row++) {
      const network = Math.floor((first + row) / count);
      copies.set(weights.subarray(network * P, (network + 1) * P), row * P);
      write(network, (first + row) % count, vectors.subarray(row * P, (row + 1) * P));
    }
    const products = await derivatives.hessianVectorProduct(copies, vectors);
    for (let row = 0; row < rows; row++) {
      let form = 0;
      for (let i = row * P; i < (row + 1) * P; i++) form += vectors[i]! * products[i]!;
      forms[first + row] = form;
    }
  }
  return forms;
}

export interface Means {
  /** `[M]`. */
  readonly mean: Float64Array;
  /** `[M]`: the standard deviation (n - 1) over the root of n; NaN for one sample. */
  readonly standardError: Float64Array;
}

/** Of each row of `samples` `[M, count]`. */
export function meansOfRows(samples: Float64Array, count: number): Means {
  const M = samples.length / count;
  const [mean, standardError] = [new Float64Array(M), new Float64Array(M)];
  for (let m = 0; m < M; m++) {
    const row = samples.subarray(m * count, (m + 1) * count);
    const average = row.reduce((sum, value) => sum + value, 0) / count;
    const squares = row.reduce((sum, value) => sum + (value - average) ** 2, 0);
    mean[m] = average;
    standardError[m] = Math.sqrt(squares / (count - 1) / count);
  }
  return { mean, standardError };
}
