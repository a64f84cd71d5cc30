// Directions in proportion to the network that they start from.
import { layerLayouts, parameterCount } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { Biases, Normalisation } from './plane-spec.ts';

/**
 * A direction `[P]` rescaled part by part to the norms of a network's weights `[P]`, so that slices of networks
 * of different scale can be compared (Li et al. 2018, section 4):
 *
 * - `filter`: each filter `d_f <- d_f |w_f| / |d_f|`, where the filter of a unit is the weights into it, a column of
 *   W `[in, out]`, its bias not among them;
 * - `layer`: the same for each layer's W as a whole;
 * - `none`: the direction as it is.
 *
 * A part of the direction that is zero stays zero, and so does one whose weights are zero.
 *
 * Biases, as the paper's published code has it (github.com/tomgoldstein/loss-landscape, net_plotter.py,
 * `normalize_directions_for_weights`): `zero`, its default there (`ignore = 'biasbn'`), leaves biases where they are;
 * `as-weights` copies the network's own biases into the direction. Random numbers do not survive in either.
 */
export function normaliseDirection(
  network: NetworkShape,
  direction: Float32Array,
  weights: Float32Array,
  mode: Normalisation,
  biases: Biases = 'zero',
): Float32Array {
  const P = parameterCount(network);
  for (const [values, what] of [
    [direction, 'a direction'],
    [weights, 'weights'],
  ] as const)
    if (values.length !== P)
      throw new RangeError(
        `${what} of ${values.length} numbers for a network of ${P} weights (${network.sizes.join('-')}): expected one for each`,
      );
  const result = direction.slice();
  if (mode === 'none') return result;
  for (const { inputs, outputs, weightOffset, biasOffset } of layerLayouts(network)) {
    const size = inputs * outputs;
    if (mode === 'layer') rescale(result, weights, weightOffset, size, 1);
    else
      for (let unit = 0; unit < outputs; unit++)
        rescale(result, weights, weightOffset + unit, inputs, outputs);
    if (biasOffset === null) continue;
    if (biases === 'zero') result.fill(0, biasOffset, biasOffset + outputs);
    else result.set(weights.subarray(biasOffset, biasOffset + outputs), biasOffset);
  }
  return result;
}

/** `count` entries from `start`, `stride` apart, get the norm of the same entries of the weights, in place. */
function rescale(
  direction: Float32Array,
  weights: Float32Array,
  start: number,
  count: number,
  stride: number,
): void {
  let [own, wanted] = [0, 0];
  for (let i = 0; i < count; i++) {
    own += direction[start + i * stride]! ** 2;
    wanted += weights[start + i * stride]! ** 2;
  }
  if (own === 0) return;
  const factor = Math.sqrt(wanted / own);
  for (let i = 0; i < count; i++)
    direction[start + i * stride] = factor === 0 ? 0 : factor * direction[start + i * stride]!;
}
