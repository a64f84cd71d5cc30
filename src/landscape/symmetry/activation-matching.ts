// Aligns one network to another by reordering its hidden units so that their activations come close.
import type { NetworkShape } from '../../learning/network-shape.ts';
import { alignmentOf } from './alignment.ts';
import type { Alignment } from './alignment.ts';
import { groupSymmetry, identitySymmetry } from './apply-symmetry.ts';
import { signFlipsFor } from './check-symmetry.ts';
import { checkWeights } from './check-weights.ts';
import { hiddenGroups, hiddenLayerCount, unitsOf } from './hidden-groups.ts';
import type { HiddenGroup } from './hidden-groups.ts';
import { pairUnits } from './pair-units.ts';
import { composeSymmetries } from './symmetry-group.ts';

export interface ActivationMatchingOptions {
  /** Hidden activations of the reference, `[count, units]` each, the first layer first: see `createActivationReader`. */
  readonly referenceActivations: readonly Float32Array[];
  /** Likewise of the network to align, on the same inputs. */
  readonly activations: readonly Float32Array[];
  /** Inputs that both were read on. */
  readonly count: number;
  /** Whether units may be negated too; by default where the activation is odd (tanh, linear). */
  readonly signFlips?: boolean | undefined;
}

/**
 * Reorders (and negates) the hidden units of `weights` `[P]` so that the sum of squared differences of its
 * activations Z_B from those of `reference` `[P]`, Z_A, is least: `|Z_A - Z_B P|^2`, which is the assignment
 * that maximises the trace of `(Z_A' Z_B) P`, since P changes no length (activation matching of Ainsworth et al. 2023,
 * arXiv:2209.04836, section 3.1). With signs, of the inner products' absolute values.
 *
 * Reordering one layer changes no other layer's activations, so each group of layers is matched on its own
 * and exactly; layers tied by residual connections add their products up. Weights are not compared: the
 * distance may grow. Units that are zero on all inputs are paired arbitrarily.
 * @throws RangeError where weights or activations do not fit or are not finite.
 */
export function matchActivations(
  network: NetworkShape,
  reference: Float32Array,
  weights: Float32Array,
  options: ActivationMatchingOptions,
): Alignment {
  checkWeights(network, reference, 'the reference network');
  checkWeights(network, weights, 'the network to align');
  const { referenceActivations, activations, count } = options;
  checkActivations(network, referenceActivations, count, 'the reference network');
  checkActivations(network, activations, count, 'the network to align');
  const signFlips = signFlipsFor(network, options.signFlips);
  const groups = hiddenGroups(network).filter(({ free }) => free);
  let symmetry = identitySymmetry(network);
  for (const group of groups) {
    const pairs = pairUnits(
      unitActivations(referenceActivations, group, count),
      unitActivations(activations, group, count),
      group.units,
      signFlips,
    );
    symmetry = composeSymmetries(symmetry, groupSymmetry(network, group, pairs));
  }
  return alignmentOf(network, reference, weights, symmetry, groups.length === 0 ? 0 : 1);
}

/** `[units, layers * count]`: the activations of each unit of a group of layers in a row. */
function unitActivations(
  activations: readonly Float32Array[],
  { layers, units }: HiddenGroup,
  count: number,
): Float64Array {
  const width = layers.length * count;
  const rows = new Float64Array(units * width);
  for (const [place, layer] of layers.entries())
    for (let sample = 0; sample < count; sample++)
      for (let k = 0; k < units; k++)
        rows[k * width + place * count + sample] = activations[layer]![sample * units + k]!;
  return rows;
}

function checkActivations(
  network: NetworkShape,
  activations: readonly Float32Array[],
  count: number,
  name: string,
): void {
  const layers = hiddenLayerCount(network);
  if (activations.length !== layers)
    throw new RangeError(
      `there are activations of ${activations.length} layers of ${name}, but it has ${layers} hidden layers: give those of each`,
    );
  for (const [layer, values] of activations.entries()) {
    const units = unitsOf(network, layer);
    if (values.length !== count * units)
      throw new RangeError(
        `hidden layer ${layer} of ${name} has ${values.length} activations, expected ${count * units}: ${units} units on ${count} inputs`,
      );
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new RangeError(
        `unit ${bad % units} of hidden layer ${layer} of ${name} gives ${values[bad]} on input ${Math.floor(bad / units)}: leave networks that diverged out`,
      );
  }
}
