// Reorders and negates hidden units without changing what a network computes.
import { layerLayouts } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import { checkSymmetry } from './check-symmetry.ts';
import { checkWeightCount } from './check-weights.ts';
import { hiddenLayerCount, unitsOf } from './hidden-groups.ts';
import type { HiddenGroup, UnitSymmetry } from './hidden-groups.ts';

/**
 * Weights `[P]` of the same function with the hidden units reordered. With permutations p and signs s of the
 * layer, p' and s' of the layer before (identity for the inputs, and for p of the outputs):
 * `W[i, k] = s'[i] s[k] W_old[p'[i], p[k]]`, `b[k] = s[k] b_old[p[k]]`.
 * Numbers are moved and negated, never rounded.
 * Hecht-Nielsen 1990, On the algebraic structure of feedforward network weight spaces; signs need an odd activation.
 * @throws RangeError where the symmetry is not one of this network's.
 */
export function applySymmetry(
  network: NetworkShape,
  weights: Float32Array,
  symmetry: UnitSymmetry,
): Float32Array {
  checkWeightCount(network, weights, 'the network to reorder');
  checkSymmetry(network, symmetry);
  const result = new Float32Array(weights.length);
  const layouts = layerLayouts(network);
  for (const [layer, { inputs, outputs, weightOffset, biasOffset }] of layouts.entries()) {
    const rows = symmetry.permutations[layer - 1];
    const rowSigns = symmetry.signs[layer - 1];
    const columns = symmetry.permutations[layer];
    const columnSigns = symmetry.signs[layer];
    for (let i = 0; i < inputs; i++) {
      const from = weightOffset + (rows ? rows[i]! : i) * outputs;
      const to = weightOffset + i * outputs;
      const sign = rowSigns ? rowSigns[i]! : 1;
      for (let k = 0; k < outputs; k++)
        result[to + k] =
          sign * (columnSigns ? columnSigns[k]! : 1) * weights[from + (columns ? columns[k]! : k)]!;
    }
    if (biasOffset === null) continue;
    for (let k = 0; k < outputs; k++)
      result[biasOffset + k] =
        (columnSigns ? columnSigns[k]! : 1) * weights[biasOffset + (columns ? columns[k]! : k)]!;
  }
  return result;
}

/** Every unit where it is. */
export function identitySymmetry(network: NetworkShape): UnitSymmetry {
  const layers = Array.from({ length: hiddenLayerCount(network) }, (_, l) => unitsOf(network, l));
  return {
    permutations: layers.map((units) => Int32Array.from({ length: units }, (_, k) => k)),
    signs: layers.map((units) => new Int8Array(units).fill(1)),
  };
}

/** One group of layers reordered, every other unit where it is. */
export function groupSymmetry(
  network: NetworkShape,
  { layers }: HiddenGroup,
  { permutation, signs }: { readonly permutation: Int32Array; readonly signs: Int8Array },
): UnitSymmetry {
  const symmetry = identitySymmetry(network);
  for (const layer of layers) {
    symmetry.permutations[layer] = permutation.slice();
    symmetry.signs[layer] = signs.slice();
  }
  return symmetry;
}
