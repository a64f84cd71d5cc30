// Refuses a reordering of hidden units that would change what a network computes.
import { hasOddActivation, hiddenGroups, hiddenLayerCount, unitsOf } from './hidden-groups.ts';
import type { UnitSymmetry } from './hidden-groups.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';

/** @throws RangeError where `symmetry` is not one of the network's: wrong sizes, no permutation, signs, ties. */
export function checkSymmetry(network: NetworkShape, symmetry: UnitSymmetry): void {
  const { permutations, signs } = symmetry;
  const layers = hiddenLayerCount(network);
  if (permutations.length !== layers || signs.length !== layers)
    throw new RangeError(
      `a symmetry with ${permutations.length} permutations and ${signs.length} lists of signs does not fit a network with ${layers} hidden layers: give one of each per hidden layer`,
    );
  for (let layer = 0; layer < layers; layer++)
    checkLayer(network, layer, permutations[layer]!, signs[layer]!);
  for (const group of hiddenGroups(network)) {
    const first = group.layers[0]!;
    if (!group.free && !isIdentity(permutations[first]!, signs[first]!))
      throw new RangeError(
        `hidden layer ${first} adds the network's inputs to its output, so its units cannot be reordered or negated: leave them as they are`,
      );
    for (const layer of group.layers)
      if (!sameOrder(symmetry, first, layer))
        throw new RangeError(
          `hidden layers ${first} and ${layer} share their units through residual connections but have different permutations or signs: give both the same`,
        );
  }
}

/** Whether signs may be flipped: as asked, or where the activation is odd. */
export function signFlipsFor(network: NetworkShape, asked: boolean | undefined): boolean {
  const odd = hasOddActivation(network);
  if (asked && !odd)
    throw new RangeError(
      `signFlips is true, but ${network.activation} is not odd, so a negated unit computes something else: leave signFlips out, or use tanh or linear`,
    );
  return asked ?? odd;
}

function checkLayer(
  network: NetworkShape,
  layer: number,
  permutation: Int32Array,
  signs: Int8Array,
): void {
  const units = unitsOf(network, layer);
  if (permutation.length !== units || signs.length !== units)
    throw new RangeError(
      `hidden layer ${layer} has ${units} units, but its permutation has ${permutation.length} entries and its signs ${signs.length}: give ${units} of each`,
    );
  const seen = new Uint8Array(units);
  for (const unit of permutation) {
    if (!(unit >= 0 && unit < units) || seen[unit])
      throw new RangeError(
        `the permutation of hidden layer ${layer} ${seen[unit] ? 'repeats' : 'holds'} unit ${unit}: it must hold each of 0 to ${units - 1} once`,
      );
    seen[unit] = 1;
  }
  const wrong = signs.find((sign) => sign !== 1 && sign !== -1);
  if (wrong !== undefined)
    throw new RangeError(`a sign of hidden layer ${layer} is ${wrong}: it must be 1 or -1`);
  if (signs.includes(-1) && !hasOddActivation(network))
    throw new RangeError(
      `hidden layer ${layer} has a sign of -1, but ${network.activation} is not odd, so a negated unit computes something else: use signs of 1`,
    );
}

const isIdentity = (permutation: Int32Array, signs: Int8Array): boolean =>
  permutation.every((unit, k) => unit === k) && signs.every((sign) => sign === 1);

const sameOrder = ({ permutations, signs }: UnitSymmetry, a: number, b: number): boolean =>
  permutations[a]!.every((unit, k) => unit === permutations[b]![k]) &&
  signs[a]!.every((sign, k) => sign === signs[b]![k]);
