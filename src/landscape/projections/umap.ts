// UMAP: points of the plane that keep the graph of nearest neighbours.
import { UMAP } from 'umap-js';
import { randomStream } from '../../learning/random.ts';
import { checkDistances } from './distances.ts';

export interface UmapOptions {
  /** Size of a neighbourhood, the point itself counted as in the reference implementation; 2 to K - 1. */
  readonly neighbours: number;
  /** How close points may come in the plane; 0 to 1, where groups are about 1 wide. */
  readonly minDistance: number;
  /** Passes over the graph; 500 if absent, the reference's number for small data. */
  readonly epochs?: number;
  readonly seed: number;
}

/**
 * UMAP (McInnes, Healy and Melville 2018, arXiv:1802.03426) of a distance matrix `[K, K]` into the plane, `[K, 2]`,
 * by umap-js. Neighbours are exact, from the matrix, where the reference searches approximately; the first placement
 * is random in [-10, 10]^2 from the seed, where the reference uses a spectral one: how groups lie to one another is
 * therefore chance.
 *
 * The descent is chaotic, so what it starts from is rounded (`roundPreparation`): Node and Chromium then agree bit for
 * bit. Each step still takes powers: an engine that rounds `Math.pow` differently ends with another picture of the
 * same neighbours.
 * @throws RangeError where the neighbourhood does not fit K.
 */
export function umap(distances: Float64Array, options: UmapOptions): Float32Array {
  const { neighbours, minDistance, epochs = 500, seed } = options;
  const K = checkDistances(distances, 'UMAP');
  if (!Number.isInteger(neighbours) || neighbours < 2 || neighbours > K - 1)
    throw new RangeError(
      `UMAP's neighbours are ${neighbours} for ${K} points: expected a whole number from 2 to K - 1 = ${K - 1}; ${K > 2 ? 'set another number' : 'use at least 3 points'}`,
    );
  if (!(minDistance >= 0 && minDistance <= 1))
    throw new RangeError(
      `UMAP's minimum distance is ${minDistance}: expected a number from 0 to 1`,
    );
  if (!Number.isInteger(epochs) || epochs < 1)
    throw new RangeError(`UMAP's epochs are ${epochs}: expected a whole number of 1 or more`);
  const method = new UMAP({
    nComponents: 2,
    nNeighbors: neighbours,
    minDist: minDistance,
    nEpochs: epochs,
    random: randomStream(seed, 'umap').uniform,
  });
  const nearest = Array.from({ length: K }, (_, i) => nearestTo(distances, K, i, neighbours));
  method.setPrecomputedKNN(
    nearest,
    nearest.map((row, i) => row.map((j) => distances[i * K + j]!)),
  );
  // With its neighbours given, the library reads no more of the points than how many they are.
  method.initializeFit(Array.from({ length: K }, () => []));
  roundPreparation(method);
  for (let epoch = 0; epoch < epochs; epoch++) method.step();
  return Float32Array.from(method.getEmbedding().flat());
}

/** What the library keeps to itself between preparing and stepping: when each edge pulls, and the curve it pulls by. */
interface Prepared {
  readonly optimizationState: Record<'a' | 'b', number> &
    Record<
      | 'epochsPerSample'
      | 'epochOfNextSample'
      | 'epochsPerNegativeSample'
      | 'epochOfNextNegativeSample',
      number[]
    >;
}

/** To single precision: all of it comes from exponentials, which engines round differently in the last place. */
function roundPreparation(method: UMAP): void {
  const { optimizationState: state } = method as unknown as Prepared;
  state.a = Math.fround(state.a);
  state.b = Math.fround(state.b);
  state.epochsPerSample = state.epochsPerSample.map(Math.fround);
  state.epochOfNextSample = state.epochOfNextSample.map(Math.fround);
  state.epochsPerNegativeSample = state.epochsPerNegativeSample.map(Math.fround);
  state.epochOfNextNegativeSample = state.epochOfNextNegativeSample.map(Math.fround);
}

/** The `count` points nearest to point i, itself first, then by distance; of equal ones the first. */
function nearestTo(distances: Float64Array, K: number, i: number, count: number): number[] {
  const at = (j: number) => (j === i ? -1 : distances[i * K + j]!);
  return Array.from({ length: K }, (_, j) => j)
    .sort((a, b) => at(a) - at(b))
    .slice(0, count);
}
