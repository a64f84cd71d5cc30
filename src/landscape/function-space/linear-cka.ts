// How alike two layers represent the same samples, whatever the order, rotation and size of their units.
import { symmetricProduct } from '../symmetric-product.ts';

/** Numbers of centred Gram matrices held at once: 256 MB. */
const mostGramNumbers = 2 ** 25;

/**
 * Linear centred kernel alignment of every two of M networks, activations `[M, count, units]` of one layer on the same
 * samples, each unit less its mean; `[M, M]`. Of two layers X and Y `[count, units]` (Kornblith et al. 2019,
 * arXiv:1905.00414, section 3): `|Y'X|_F^2 / (|X'X|_F |Y'Y|_F)`, 1 for a rotated, scaled copy and of a network to
 * itself, 0 for uncorrelated units. NaN where a layer gives the same for every sample.
 *
 * Chance is not 0: two layers of u unrelated Gaussian units on n samples have about `u / (n + u)`.
 *
 * Two ways to one number: 'units' multiplies units with units, as above, in `M^2 units^2 count / 2` products;
 * 'samples' makes each network's Gram matrix of samples, `K = XX'`, of which `|Y'X|_F^2 = sum K_x K_y` over entries,
 * in `M count^2 units / 2 + M^2 count^2 / 4`. The cheaper is taken, if the Gram matrices fit into 256 MB.
 */
export function linearCkaMatrix(
  activations: Float32Array,
  networks: number,
  count: number,
  method?: 'units' | 'samples',
): Float64Array {
  const M = networks;
  const size = activations.length / M;
  if (!Number.isInteger(M) || M < 1 || !Number.isInteger(size))
    throw new RangeError(
      `${activations.length} activations are not those of ${M} networks: expected [networks, count, units]`,
    );
  const layers = Array.from({ length: M }, (_, m) =>
    centredUnits(activations.subarray(m * size, (m + 1) * size), count, m),
  );
  const products =
    (method ?? cheaperMethod(M, count, size / count)) === 'samples'
      ? bySamples(layers, count)
      : byUnits(layers, count);
  const own = Float64Array.from({ length: M }, (_, i) => products[i * M + i]!);
  return products.map((product, at) => {
    const [i, j] = [Math.floor(at / M), at % M];
    if (i === j) return own[i] === 0 ? NaN : 1;
    return product / Math.sqrt(own[i]! * own[j]!);
  });
}

function cheaperMethod(M: number, count: number, units: number): 'units' | 'samples' {
  const byUnitsCost = (M * M * units * units * count) / 2;
  const bySamplesCost = (M * count * count * units) / 2 + (M * M * count * count) / 4;
  return bySamplesCost < byUnitsCost && (M * count * count) / 2 <= mostGramNumbers
    ? 'samples'
    : 'units';
}

/** `|X_j' X_i|_F^2` of every two layers `[units, count]`. */
function byUnits(layers: readonly Float64Array[], count: number): Float64Array {
  const M = layers.length;
  const products = new Float64Array(M * M);
  for (let i = 0; i < M; i++)
    for (let j = 0; j <= i; j++)
      products[i * M + j] = products[j * M + i] = squaredProduct(layers[i]!, layers[j]!, count);
  return products;
}

/** The same from Gram matrices of samples; their lower triangles, since each entry off the diagonal counts twice. */
function bySamples(layers: readonly Float64Array[], count: number): Float64Array {
  const grams = layers.map((layer) => {
    const units = layer.length / count;
    const gram = symmetricProduct(count, units, (sample, first, block, at, length) => {
      for (let u = 0; u < length; u++) block[at + u] = layer[(first + u) * count + sample]!;
    });
    const triangle = new Float64Array((count * (count + 1)) / 2);
    let next = 0;
    for (let s = 0; s < count; s++)
      for (let t = 0; t <= s; t++)
        triangle[next++] = gram[s * count + t]! * (s === t ? 1 : Math.SQRT2);
    return triangle;
  });
  return symmetricProduct(layers.length, grams[0]!.length, (row, first, block, at, length) => {
    block.set(grams[row]!.subarray(first, first + length), at);
  });
}

/** Activations `[count, units]` turned to `[units, count]`, each unit less its mean. */
function centredUnits(activations: Float32Array, count: number, network?: number): Float64Array {
  const units = activations.length / count;
  const of = network === undefined ? 'a layer' : `network ${network}`;
  if (!Number.isInteger(count) || count < 2 || !Number.isInteger(units) || units < 1)
    throw new RangeError(
      `${activations.length} activations of ${of} are not [${count}, units]: expected the same number of units for each of at least two samples`,
    );
  const centred = new Float64Array(units * count);
  for (let u = 0; u < units; u++) {
    let [sum, constant] = [0, true];
    const first = activations[u]!;
    for (let s = 0; s < count; s++) {
      const value = activations[s * units + u]!;
      sum += value;
      if (value !== first) constant = false;
    }
    if (!Number.isFinite(sum))
      throw new RangeError(
        `unit ${u} of ${of} has activations that are not finite: leave networks that diverged out of the alignment`,
      );
    // The mean of equal numbers may round; what never changes must stay 0.
    if (constant) continue;
    const mean = sum / count;
    for (let s = 0; s < count; s++) centred[u * count + s] = activations[s * units + u]! - mean;
  }
  return centred;
}

/** `|B A'|_F^2` of rows `[units, count]` and `[units', count]`, four rows of b at a time. */
function squaredProduct(a: Float64Array, b: Float64Array, count: number): number {
  let total = 0;
  for (let i = 0; i < a.length; i += count) {
    let j = 0;
    for (; j + 4 * count <= b.length; j += 4 * count) {
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (let k = 0; k < count; k++) {
        const value = a[i + k]!;
        sum0 += value * b[j + k]!;
        sum1 += value * b[j + count + k]!;
        sum2 += value * b[j + 2 * count + k]!;
        sum3 += value * b[j + 3 * count + k]!;
      }
      total += sum0 * sum0 + sum1 * sum1 + sum2 * sum2 + sum3 * sum3;
    }
    for (; j < b.length; j += count) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += a[i + k]! * b[j + k]!;
      total += sum * sum;
    }
  }
  return total;
}
