// What aligning one network to another gives, whichever way the units were matched.
import type { NetworkShape } from '../../learning/network-shape.ts';
import { applySymmetry } from './apply-symmetry.ts';
import type { UnitSymmetry } from './hidden-groups.ts';

export interface Alignment {
  /** What was done to the network to bring it to the reference. */
  readonly symmetry: UnitSymmetry;
  /** `[P]`: the network aligned; it computes what it did. */
  readonly weights: Float32Array;
  /** Euclidean distance in weight space to the reference. */
  readonly distanceBefore: number;
  readonly distanceAfter: number;
  /** Passes over all groups of layers, the last one that changed nothing included; 0 where nothing can be reordered. */
  readonly sweeps: number;
}

export function alignmentOf(
  network: NetworkShape,
  reference: Float32Array,
  weights: Float32Array,
  symmetry: UnitSymmetry,
  sweeps: number,
): Alignment {
  const aligned = applySymmetry(network, weights, symmetry);
  return {
    symmetry,
    weights: aligned,
    distanceBefore: weightDistance(reference, weights),
    distanceAfter: weightDistance(reference, aligned),
    sweeps,
  };
}

/** Euclidean distance of two weight vectors `[P]`, summed in double precision. */
export function weightDistance(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let p = 0; p < a.length; p++) squares += (a[p]! - b[p]!) ** 2;
  return Math.sqrt(squares);
}
