// t-SNE: points of the plane whose neighbours are those of the originals; what is far apart is not kept.
import { TSNE } from '@keckelt/tsne';
import { randomStream } from '../../learning/random.ts';
import type { RandomStream } from '../../learning/random.ts';
import { checkDistances } from './distances.ts';

export interface TsneOptions {
  /** Effective number of neighbours that each point keeps; more than 1, at most (K - 1) / 3. */
  readonly perplexity: number;
  /** Steps of gradient descent; the first 100 are exaggerated. */
  readonly iterations: number;
  readonly seed: number;
}

/** Attractions are this many times too strong in the first 100 iterations; the library's own. */
const earlyExaggeration = 4;
/** The library's own step size, enough for a few hundred points. */
const smallestLearningRate = 10;

/**
 * Draws the library's first placement from our stream: its own draws from `Math.random`. Rounded to single precision,
 * as all is that comes from a logarithm or an exponential, which engines round differently in the last place.
 */
class SeededTsne extends TSNE {
  readonly #random: RandomStream;

  constructor(random: RandomStream, options: { perplexity: number; epsilon: number }) {
    super(options);
    this.#random = random;
  }

  override gaussRandom(): number {
    return Math.fround(this.#random.normal());
  }
}

/** What the library keeps to itself: the probability of each pair of neighbours `[K * K]`. */
interface Prepared {
  P: Float64Array;
}

/**
 * t-SNE (van der Maaten and Hinton 2008, JMLR 9:2579) of a distance matrix `[K, K]` into the plane, `[K, 2]`: exact
 * gradients by @keckelt/tsne, first placement normal with deviation 1e-4 from the seed. Distances are taken in units
 * of their root mean square, which changes nothing in exact arithmetic and keeps the search for each point's width
 * in range. The step size grows with K, as `max(10, K / 16)` (Belkina et al. 2019, doi:10.1038/s41467-019-13055-y,
 * have K / exaggeration for a gradient without its factor of 4).
 *
 * The descent is chaotic, but takes sums, products and quotients alone: begun from the same bits, it ends with the
 * same bits in Node and in every browser.
 *
 * Only neighbourhoods mean something: sizes of groups, distances between them and the orientation do not.
 * Time grows with K^2 for each iteration.
 * @throws RangeError where the perplexity does not fit K, or all distances are 0.
 */
export function tsne(distances: Float64Array, options: TsneOptions): Float32Array {
  const { perplexity, iterations, seed } = options;
  const K = checkDistances(distances, 't-SNE');
  if (!(perplexity > 1 && perplexity <= (K - 1) / 3))
    throw new RangeError(
      `t-SNE's perplexity is ${perplexity} for ${K} points: expected more than 1 and at most (K - 1) / 3 = ${((K - 1) / 3).toFixed(1)}; ${K > 4 ? 'set another perplexity' : 'use at least 5 points'}`,
    );
  if (!Number.isInteger(iterations) || iterations < 1)
    throw new RangeError(
      `t-SNE's iterations are ${iterations}: expected a whole number of 1 or more`,
    );
  const meanSquare = distances.reduce((sum, d) => sum + d * d, 0) / distances.length;
  if (meanSquare === 0)
    throw new RangeError(`all ${K} points coincide: t-SNE has nothing to place; leave it out`);
  const epsilon = Math.max(smallestLearningRate, K / (4 * earlyExaggeration));
  const method = new SeededTsne(randomStream(seed, 'tsne'), { perplexity, epsilon });
  // The library puts what it is given straight into exp(-beta x): it wants squared distances.
  method.initDataDist(
    Array.from({ length: K }, (_, i) =>
      distances.subarray(i * K, (i + 1) * K).map((d) => (d * d) / meanSquare),
    ),
  );
  const prepared = method as unknown as Prepared;
  prepared.P = prepared.P.map(Math.fround);
  for (let iteration = 0; iteration < iterations; iteration++) method.step();
  return Float32Array.from((method.getSolution() as number[][]).flat());
}
