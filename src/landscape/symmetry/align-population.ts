// Aligns many networks of one shape to one of them.
import { parameterCount } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import { matchActivations } from './activation-matching.ts';
import type { Alignment } from './alignment.ts';
import { identitySymmetry } from './apply-symmetry.ts';
import { checkWeights } from './check-weights.ts';
import type { UnitSymmetry } from './hidden-groups.ts';
import { matchWeights } from './weight-matching.ts';
import type { WeightMatchingOptions } from './weight-matching.ts';

export type AlignmentMethod =
  | ({ readonly kind: 'weights' } & WeightMatchingOptions)
  | {
      readonly kind: 'activations';
      /** Of all M networks on the same inputs: each hidden layer `[M, count, units]`, as `ActivationReader` reads them. */
      readonly activations: readonly Float32Array[];
      readonly count: number;
      readonly signFlips?: boolean | undefined;
    };

export interface WorkOptions {
  readonly method: AlignmentMethod;
  readonly signal?: AbortSignal | undefined;
  /** Called with alignments done and to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface PopulationAlignment {
  /** `[M, P]`: every network aligned. */
  readonly weights: Float32Array;
  /** `[M]`: what was done to each. */
  readonly symmetries: readonly UnitSymmetry[];
  /** `[M]`: distance of each to the reference. */
  readonly distanceBefore: Float64Array;
  readonly distanceAfter: Float64Array;
}

/** Longest stretch of work, in milliseconds, before other tasks (an abort among them) get their turn. */
const longestStretch = 50;

/** Network `index` aligned to network `to`, of M networks `[M, P]`. */
export function alignPair(
  network: NetworkShape,
  weights: Float32Array,
  to: number,
  index: number,
  method: AlignmentMethod,
): Alignment {
  const M = networksIn(network, weights);
  const [reference, own] = [to, index].map((row) => {
    if (!(Number.isInteger(row) && row >= 0 && row < M))
      throw new RangeError(
        `there is no network ${row} to align among ${M}: expected a whole number from 0 to ${M - 1}`,
      );
    const one = rowOf(weights, M, row);
    checkWeights(network, one, `network ${row}`);
    return one;
  }) as [Float32Array, Float32Array];
  if (to === index)
    return {
      symmetry: identitySymmetry(network),
      weights: own.slice(),
      distanceBefore: 0,
      distanceAfter: 0,
      sweeps: 0,
    };
  if (method.kind === 'weights') return matchWeights(network, reference, own, method);
  const { activations, count, signFlips } = method;
  return matchActivations(network, reference, own, {
    referenceActivations: activations.map((layer) => rowOf(layer, M, to)),
    activations: activations.map((layer) => rowOf(layer, M, index)),
    count,
    signFlips,
  });
}

/**
 * All of M networks `[M, P]` aligned to network `to`, which stays as it is.
 * @throws the signal's reason when it is aborted, between two networks.
 */
export async function alignPopulation(
  network: NetworkShape,
  weights: Float32Array,
  options: WorkOptions & { readonly to: number },
): Promise<PopulationAlignment> {
  const M = networksIn(network, weights);
  const aligned = new Float32Array(weights.length);
  const symmetries: UnitSymmetry[] = [];
  const distanceBefore = new Float64Array(M);
  const distanceAfter = new Float64Array(M);
  await inTurns(M, options, (index) => {
    const one = alignPair(network, weights, options.to, index, options.method);
    rowOf(aligned, M, index).set(one.weights);
    symmetries.push(one.symmetry);
    distanceBefore[index] = one.distanceBefore;
    distanceAfter[index] = one.distanceAfter;
  });
  return { weights: aligned, symmetries, distanceBefore, distanceAfter };
}

/** Does `total` pieces of work in order, with a turn for others every now and then. */
async function inTurns(
  total: number,
  { signal, onProgress }: WorkOptions,
  work: (index: number) => void,
): Promise<void> {
  let since = performance.now();
  for (let index = 0; index < total; index++) {
    signal?.throwIfAborted();
    work(index);
    onProgress?.(index + 1, total);
    if (performance.now() - since < longestStretch) continue;
    await new Promise<void>((resolve) => setTimeout(resolve));
    since = performance.now();
  }
  signal?.throwIfAborted();
}

function networksIn(network: NetworkShape, weights: Float32Array): number {
  const P = parameterCount(network);
  const M = weights.length / P;
  if (!Number.isInteger(M) || M === 0)
    throw new RangeError(
      `${weights.length} weights are not whole networks of ${network.sizes.join('-')} units with ${P} weights each: give [M, ${P}] of at least one network`,
    );
  return M;
}

/** Row `index` of M equally long ones. */
function rowOf(values: Float32Array, M: number, index: number): Float32Array {
  const width = values.length / M;
  return values.subarray(index * width, (index + 1) * width);
}
