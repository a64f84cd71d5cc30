// Symmetries of a network drawn by chance, and what undoes one.
import { identitySymmetry } from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import {
  hasOddActivation,
  hiddenGroups,
  type UnitSymmetry,
} from '../../../../src/landscape/symmetry/hidden-groups.ts';
import type { NetworkShape } from '../../../../src/learning/network-shape.ts';
import type { RandomStream } from '../../../../src/learning/random.ts';

/**
 * A symmetry drawn uniformly from all of a network's: permutations, and signs where the activation is odd.
 * Layers tied by residual connections get the same, layers tied to the inputs stay.
 */
export function randomSymmetry(network: NetworkShape, stream: RandomStream): UnitSymmetry {
  const symmetry = identitySymmetry(network);
  for (const { layers, units, free } of hiddenGroups(network)) {
    if (!free) continue;
    const permutation = stream.shuffle(Int32Array.from({ length: units }, (_, k) => k));
    const signs = Int8Array.from({ length: units }, () =>
      hasOddActivation(network) && stream.integer(2) === 1 ? -1 : 1,
    );
    for (const layer of layers) {
      symmetry.permutations[layer] = permutation.slice();
      symmetry.signs[layer] = signs.slice();
    }
  }
  return symmetry;
}

/** What undoes `symmetry`. */
export function invertSymmetry({ permutations, signs }: UnitSymmetry): UnitSymmetry {
  const inverse: UnitSymmetry = {
    permutations: permutations.map((order) => new Int32Array(order.length)),
    signs: signs.map((layer) => new Int8Array(layer.length)),
  };
  for (const [layer, order] of permutations.entries())
    for (const [k, unit] of order.entries()) {
      inverse.permutations[layer]![unit] = k;
      inverse.signs[layer]![unit] = signs[layer]![k]!;
    }
  return inverse;
}
