// Which hidden layers must be reordered together, and what a reordering of a network's hidden units is.
import { addsInput } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';

/**
 * A signed permutation of the hidden units, one entry per hidden layer, the first layer first:
 * new unit k of layer l is old unit `permutations[l][k]`, times `signs[l][k]`.
 */
export interface UnitSymmetry {
  readonly permutations: Int32Array[];
  /** 1 or -1 each. */
  readonly signs: Int8Array[];
}

export interface HiddenGroup {
  /** Consecutive hidden layers (0 is the first) whose units are the same, because each adds its input to its output. */
  readonly layers: readonly number[];
  readonly units: number;
  /** False where the units are tied to the network's inputs, whose order is given. */
  readonly free: boolean;
}

/**
 * Hidden layers in groups that share one permutation, in order. Layer l computes `h' = f(h W + b)`, with its
 * own order of units, or `h' = h + f(h W + b)`, where unit k of h' holds unit k of h: one order for both.
 */
export function hiddenGroups(network: NetworkShape): HiddenGroup[] {
  const groups: { layers: number[]; units: number; free: boolean }[] = [];
  for (let layer = 0; layer < hiddenLayerCount(network); layer++) {
    const tied = addsInput(network, layer);
    const before = groups.at(-1);
    if (tied && before) before.layers.push(layer);
    else groups.push({ layers: [layer], units: unitsOf(network, layer), free: !tied });
  }
  return groups;
}

export const hiddenLayerCount = ({ sizes }: NetworkShape): number => sizes.length - 2;

/** Units of hidden layer `layer`; 0 is the first. */
export const unitsOf = ({ sizes }: NetworkShape, layer: number): number =>
  sizes[layer + 1] as number;

/** Whether `f(-x) = -f(x)`: then a unit with all its weights negated computes the same. */
export const hasOddActivation = ({ activation }: Pick<NetworkShape, 'activation'>): boolean =>
  activation === 'tanh' || activation === 'linear';
