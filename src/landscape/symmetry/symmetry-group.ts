// Signed permutations of hidden units, one after the other.
import type { UnitSymmetry } from './hidden-groups.ts';

/**
 * First `first`, then `second`: applying the result is applying the two in turn.
 * New unit k is unit `q = second.permutations[k]` of the first result, hence old unit `first.permutations[q]`.
 * @throws RangeError where the two are not of one network.
 */
export function composeSymmetries(first: UnitSymmetry, second: UnitSymmetry): UnitSymmetry {
  const [sizes, others] = [first, second].map(({ permutations }) =>
    permutations.map(({ length }) => length).join('-'),
  );
  if (sizes !== others)
    throw new RangeError(
      `symmetries of hidden layers with ${sizes || 'no'} units and with ${others || 'no'} units cannot be composed: take both of one network`,
    );
  return {
    permutations: second.permutations.map((order, layer) =>
      order.map((unit) => first.permutations[layer]![unit]!),
    ),
    signs: second.signs.map((signs, layer) =>
      signs.map((sign, k) => sign * first.signs[layer]![second.permutations[layer]![k]!]!),
    ),
  };
}
