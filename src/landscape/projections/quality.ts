// How far a projection can be trusted: neighbours kept, distances kept, and what chance would show.
import { randomStream } from '../../learning/random.ts';
import { checkDistances } from './distances.ts';

/** 'own': distances on the plane are in the unit of the originals; 'fitted': only their ratios mean something. */
export type Scale = 'own' | 'fitted';

export interface Fidelity {
  readonly trustworthiness: number;
  readonly continuity: number;
  readonly stress: number;
}

export interface ProjectionQuality extends Fidelity {
  /** k, the size of the neighbourhoods compared. */
  readonly neighbours: number;
  /** How `stress` treats the unit of the projection. */
  readonly scale: Scale;
  /** The same of the same coordinates dealt out at random, the mean over some deals: what chance would show. */
  readonly chance: Fidelity;
}

/** Deals of the coordinates behind `chance`. */
const deals = 5;

/**
 * Trustworthiness (Venna and Kaski 2001, doi:10.1007/3-540-44668-0_68): 1 where the k nearest on the plane are the k
 * nearest among the originals, less the further off intruders are,
 * `1 - 2 / (K k (2K - 3k - 1)) sum_i sum_{j intrudes on i} (r(i, j) - k)`,
 * where r(i, j) is the rank of j among the originals by distance from i (1 is the nearest), and j intrudes on i if it
 * is among the k nearest on the plane and not among the originals. Ties rank by index.
 * @param original `[K, K]`. @param projected `[K, K]`. @throws RangeError where k is not below K / 2.
 */
export function trustworthiness(
  original: Float64Array,
  projected: Float64Array,
  neighbours: number,
): number {
  const K = checkPair(original, projected, neighbours);
  return intrusion(ranks(original, K), ranks(projected, K), identity(K), neighbours);
}

/** Continuity (ibid.): the same with the two exchanged; less than 1 where original neighbours were torn apart. */
export function continuity(
  original: Float64Array,
  projected: Float64Array,
  neighbours: number,
): number {
  return trustworthiness(projected, original, neighbours);
}

/**
 * Kruskal's stress-1 (Kruskal 1964, doi:10.1007/BF02289565), `sqrt(sum (d - b delta)^2 / sum d^2)` over pairs, with
 * d the projected distances and delta the originals. With scale 'own', b is 1. With 'fitted', for methods whose unit
 * is arbitrary (t-SNE, UMAP), b is the best, `sum d delta / sum delta^2`; stress is then between 0 and 1 and does not
 * change with either unit.
 */
export function stress(original: Float64Array, projected: Float64Array, scale: Scale): number {
  const K = checkPair(original, projected);
  return stressOf(original, projected, identity(K), scale);
}

/** All three, beside what they are when the coordinates are dealt out to the points at random. */
export function projectionQuality(
  original: Float64Array,
  projected: Float64Array,
  options: { readonly neighbours: number; readonly scale: Scale; readonly seed: number },
): ProjectionQuality {
  const { neighbours, scale, seed } = options;
  const K = checkPair(original, projected, neighbours);
  const [before, after] = [ranks(original, K), ranks(projected, K)];
  const measure = (deal: Int32Array): Fidelity => {
    const back = new Int32Array(K);
    deal.forEach((j, i) => (back[j] = i));
    return {
      trustworthiness: intrusion(before, after, deal, neighbours),
      continuity: intrusion(after, before, back, neighbours),
      stress: stressOf(original, projected, deal, scale),
    };
  };
  const dealt = Array.from({ length: deals }, (_, index) =>
    measure(randomStream(seed, 'projection-chance', index).shuffle(identity(K))),
  );
  const mean = (of: keyof Fidelity) => dealt.reduce((sum, each) => sum + each[of], 0) / deals;
  return {
    ...measure(identity(K)),
    neighbours,
    scale,
    chance: {
      trustworthiness: mean('trustworthiness'),
      continuity: mean('continuity'),
      stress: mean('stress'),
    },
  };
}

const identity = (K: number): Int32Array => Int32Array.from({ length: K }, (_, i) => i);

/** `[K, K]`: of each point, the rank of every other by distance, from 1; 0 is the point itself. */
function ranks(distances: Float64Array, K: number): Int32Array {
  const all = new Int32Array(K * K);
  for (let i = 0; i < K; i++) {
    const row = distances.subarray(i * K, (i + 1) * K);
    const others = identity(K).filter((j) => j !== i);
    others.sort((a, b) => row[a]! - row[b]! || a - b);
    others.forEach((j, place) => (all[i * K + j] = place + 1));
  }
  return all;
}

/** Trustworthiness by ranks, where point i stands at place `deal[i]` of the second ranking. */
function intrusion(before: Int32Array, after: Int32Array, deal: Int32Array, k: number): number {
  const K = deal.length;
  let excess = 0;
  for (let i = 0; i < K; i++)
    for (let j = 0; j < K; j++) {
      const rank = before[i * K + j]!;
      if (rank > k && after[deal[i]! * K + deal[j]!]! <= k) excess += rank - k;
    }
  return 1 - (2 * excess) / (K * k * (2 * K - 3 * k - 1));
}

function stressOf(
  original: Float64Array,
  projected: Float64Array,
  deal: Int32Array,
  scale: Scale,
): number {
  const K = deal.length;
  let [both, originals, projections] = [0, 0, 0];
  forPairs(K, (i, j) => {
    const [delta, d] = [original[i * K + j]!, projected[deal[i]! * K + deal[j]!]!];
    both += d * delta;
    originals += delta * delta;
    projections += d * d;
  });
  const b = scale === 'own' ? 1 : both / originals;
  let squares = 0;
  // Summed from the differences: 1 less a squared correlation would cancel for a good projection.
  forPairs(K, (i, j) => {
    squares += (projected[deal[i]! * K + deal[j]!]! - b * original[i * K + j]!) ** 2;
  });
  return Math.sqrt(squares / projections);
}

function forPairs(K: number, visit: (i: number, j: number) => void): void {
  for (let i = 0; i < K; i++) for (let j = 0; j < i; j++) visit(i, j);
}

function checkPair(original: Float64Array, projected: Float64Array, neighbours = 1): number {
  const K = checkDistances(original, 'the originals of a projection');
  const places = checkDistances(projected, 'a projection');
  if (places !== K)
    throw new RangeError(
      `a projection has ${places} points, its originals ${K}: expected as many; project the points that are compared`,
    );
  if (!Number.isInteger(neighbours) || neighbours < 1 || neighbours >= K / 2)
    throw new RangeError(
      `the quality of a projection of ${K} points over ${neighbours} neighbours: expected a whole number from 1 to below K / 2 = ${K / 2}`,
    );
  for (const [distances, which] of [
    [original, 'original'],
    [projected, 'projected'],
  ] as const)
    if (distances.every((d) => d === 0))
      throw new RangeError(
        `all ${K} ${which} points coincide: a projection has no quality then; leave it out`,
      );
  return K;
}
