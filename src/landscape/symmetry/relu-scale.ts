// Moves scale between a unit's incoming and outgoing weights, which ReLU and linear units do not notice.
import { layerLayouts } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import { checkWeightCount, checkWeights } from './check-weights.ts';
import { hiddenGroups, hiddenLayerCount, unitsOf } from './hidden-groups.ts';

/**
 * Weights `[P]` of the same function with unit k of hidden layer `layer` (0 is the first) scaled by
 * `c = factors[k] > 0`: its incoming weights and bias times c, its outgoing weights divided by c. Since
 * `f(c x) = c f(x)`, the outputs stay (positive homogeneity; Dinh et al. 2017, arXiv:1703.04933).
 * Numbers are rounded to float32 once.
 * @throws RangeError for other activations than relu and linear, layers tied by residual connections, and factors
 * that are not positive.
 */
export function rescaleUnits(
  network: NetworkShape,
  weights: Float32Array,
  layer: number,
  factors: ArrayLike<number>,
): Float32Array {
  checkWeightCount(network, weights, 'the network to rescale');
  const layers = hiddenLayerCount(network);
  if (!(Number.isInteger(layer) && layer >= 0 && layer < layers))
    throw new RangeError(
      `there is no hidden layer ${layer} to rescale in a network with ${layers} hidden layers: expected a whole number below ${layers}`,
    );
  checkHomogeneous(network, [layer]);
  const units = unitsOf(network, layer);
  if (factors.length !== units)
    throw new RangeError(
      `hidden layer ${layer} has ${units} units, but there are ${factors.length} factors: give one for each unit`,
    );
  const bad = Array.from(factors).findIndex((factor) => !(factor > 0 && factor < Infinity));
  if (bad >= 0)
    throw new RangeError(
      `the factor of unit ${bad} of hidden layer ${layer} is ${factors[bad]}: it must be a positive number`,
    );
  const scaled = Float64Array.from(weights);
  scaleInPlace(network, scaled, layer, factors);
  return Float32Array.from(scaled);
}

/**
 * Weights `[P]` of the same function whose hidden units all have incoming vectors (weights and bias) of
 * Euclidean norm 1; layers in order, the outgoing weights taking the norm up. Networks that differ in nothing but
 * the scale of their units become equal, but for rounding. Units whose incoming vector is zero stay.
 * @throws RangeError for other activations than relu and linear, layers tied by residual connections, and weights
 * that are not finite.
 */
export function canonicalScale(network: NetworkShape, weights: Float32Array): Float32Array {
  checkWeights(network, weights, 'the network to rescale');
  const layers = Array.from({ length: hiddenLayerCount(network) }, (_, layer) => layer);
  checkHomogeneous(network, layers);
  const scaled = Float64Array.from(weights);
  for (const layer of layers) {
    const norms = incomingNorms(network, scaled, layer);
    const factors = norms.map((norm) => (norm > 0 ? 1 / norm : 1));
    scaleInPlace(network, scaled, layer, factors);
  }
  return Float32Array.from(scaled);
}

function scaleInPlace(
  network: NetworkShape,
  weights: Float64Array,
  layer: number,
  factors: ArrayLike<number>,
): void {
  const [own, next] = layerLayouts(network).slice(layer, layer + 2);
  const { inputs, outputs: units, weightOffset, biasOffset } = own!;
  for (let k = 0; k < units; k++) {
    const factor = factors[k]!;
    for (let i = 0; i < inputs; i++) weights[weightOffset + i * units + k]! *= factor;
    if (biasOffset !== null) weights[biasOffset + k]! *= factor;
    const row = next!.weightOffset + k * next!.outputs;
    for (let o = 0; o < next!.outputs; o++) weights[row + o]! /= factor;
  }
}

/** `[units]`: Euclidean norm of column k of W with b[k]. */
function incomingNorms(network: NetworkShape, weights: Float64Array, layer: number): Float64Array {
  const { inputs, outputs: units, weightOffset, biasOffset } = layerLayouts(network)[layer]!;
  const squares = new Float64Array(units);
  for (let k = 0; k < units; k++) {
    if (biasOffset !== null) squares[k] = weights[biasOffset + k]! ** 2;
    for (let i = 0; i < inputs; i++) squares[k]! += weights[weightOffset + i * units + k]! ** 2;
  }
  return squares.map(Math.sqrt);
}

function checkHomogeneous(network: NetworkShape, layers: readonly number[]): void {
  const { activation } = network;
  if (activation !== 'relu' && activation !== 'linear')
    throw new RangeError(
      `units of a ${activation} network cannot be rescaled: only relu and linear units pass a positive factor through`,
    );
  for (const group of hiddenGroups(network))
    if ((group.layers.length > 1 || !group.free) && layers.some((l) => group.layers.includes(l)))
      throw new RangeError(
        `hidden layer ${group.layers.at(-1)} adds its input to its output, so its units cannot be rescaled on their own: rescale networks without residual connections`,
      );
}
