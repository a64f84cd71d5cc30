// The way from a network's own numbering to another, a few units at a time: each stop is the same function.
import type { NetworkShape } from '../../learning/network-shape.ts';
import { identitySymmetry } from './apply-symmetry.ts';
import { hiddenGroups } from './hidden-groups.ts';
import type { UnitSymmetry } from './hidden-groups.ts';

/** Units that have a number of their own: layers tied by residual connections share theirs. */
export const numberedUnits = (network: NetworkShape): number =>
  hiddenGroups(network).reduce((sum, { units, free }) => sum + (free ? units : 0), 0);

/**
 * The first `done` of a network's units, the first layer first, at the places that `target` gives them. Each trades
 * places with the unit that stood there, so that every stop is a signed permutation: with 0 done nothing has moved, with
 * `numberedUnits` of them the result is `target`.
 */
export function renumberFirst(
  network: NetworkShape,
  target: UnitSymmetry,
  done: number,
): UnitSymmetry {
  const symmetry = identitySymmetry(network);
  let left = done;
  for (const { layers, units, free } of hiddenGroups(network)) {
    if (!free) continue;
    const here = Math.min(left, units);
    left -= here;
    for (const layer of layers) {
      const [order, signs] = [symmetry.permutations[layer]!, symmetry.signs[layer]!];
      for (let k = 0; k < here; k++) {
        const from = order.indexOf(target.permutations[layer]![k]!);
        order[from] = order[k]!;
        order[k] = target.permutations[layer]![k]!;
        signs[k] = target.signs[layer]![k]!;
      }
    }
  }
  return symmetry;
}
