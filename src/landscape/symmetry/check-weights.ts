// Refuses weights that do not fit a network, or that are not finite.
import { parameterCount } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';

/**
 * `name` says whose weights they are, as in "the reference network".
 * @throws RangeError where `weights` is not P finite numbers.
 */
export function checkWeights(network: NetworkShape, weights: Float32Array, name: string): void {
  checkWeightCount(network, weights, name);
  const bad = weights.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `weight ${bad} of ${name} is ${weights[bad]}: leave networks that diverged out`,
    );
}

/** @throws RangeError where `weights` is not P numbers. */
export function checkWeightCount(network: NetworkShape, weights: Float32Array, name: string): void {
  const P = parameterCount(network);
  if (weights.length !== P)
    throw new RangeError(
      `${name} has ${weights.length} weights, but a network of ${network.sizes.join('-')} units has ${P}: give the weights of one network of this shape`,
    );
}
