// N multilayer perceptrons as one graph: weights [N, P] in, outputs [N, batch, outputs] out.
import {
  add,
  concat,
  filled,
  gelu,
  matmul,
  relu,
  reshape,
  sigmoid,
  sizeOf,
  slice,
  tanh,
} from '../engine/graph/index.ts';
import type { Tensor } from '../engine/graph/index.ts';
import type { Activation } from './experiment.ts';
import { addsInput, layerLayouts } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';

const activationOf: Readonly<Record<Activation, (x: Tensor) => Tensor>> = {
  tanh,
  relu,
  gelu,
  sigmoid,
  linear: (x) => x,
};

/**
 * Cuts flat weights `[N, P]` into each layer's W `[N, inputs, outputs]` and b `[N, 1, outputs]`, in order.
 * Differentiating with respect to the parts, not to the whole, spares the graph a padded sum per part.
 */
export function unpackWeights(shape: NetworkShape, weights: Tensor): Tensor[] {
  const networks = weights.shape[0] as number;
  const part = (offset: number, rows: number, columns: number): Tensor =>
    reshape(slice(weights, 1, offset, offset + rows * columns), [networks, rows, columns]);
  return layerLayouts(shape).flatMap(({ inputs, outputs, weightOffset, biasOffset }) => [
    part(weightOffset, inputs, outputs),
    ...(biasOffset === null ? [] : [part(biasOffset, 1, outputs)]),
  ]);
}

/** The inverse of `unpackWeights`: parts back to `[N, P]`. */
export const packWeights = (parts: readonly Tensor[]): Tensor =>
  concat(
    parts.map((part) => {
      const networks = part.shape[0] as number;
      return reshape(part, [networks, sizeOf(part.shape) / networks]);
    }),
    1,
  );

/**
 * h W + b. Inputs that all networks share, `[1, batch, inputs]`, are small beside the result: there a column of
 * ones and b as a last row of W spare a pass over `[N, batch, outputs]` forward, and one backward.
 */
function affine(hidden: Tensor, weight: Tensor, bias: Tensor | undefined): Tensor {
  if (!bias) return matmul(hidden, weight);
  const [networks, batch] = hidden.shape as [number, number];
  if (networks === weight.shape[0]) return add(matmul(hidden, weight), bias);
  const ones = filled(1, [networks, batch, 1]);
  return matmul(concat([hidden, ones], 2), concat([weight, bias], 1));
}

/**
 * What every layer gives, in order: hidden layers `[N, batch, units]`, then outputs `[N, batch, outputs]` (logits,
 * or values for regression), for inputs `[1, batch, features]` shared by all networks, or `[N, batch, features]`.
 * Layer: h' = f(h W + b), plus h where `residual` is set and a hidden layer keeps its width (He et al. 2016,
 * eq. 1); the last layer is linear.
 */
export function networkLayers(
  shape: NetworkShape,
  parts: readonly Tensor[],
  inputs: Tensor,
): Tensor[] {
  const perLayer = shape.bias ? 2 : 1;
  const last = shape.sizes.length - 2;
  const layers: Tensor[] = [];
  for (let layer = 0; layer <= last; layer++) {
    const hidden = layers.at(-1) ?? inputs;
    const [weight, bias] = parts.slice(layer * perLayer, (layer + 1) * perLayer);
    const sum = affine(hidden, weight as Tensor, bias);
    const activated = layer === last ? sum : activationOf[shape.activation](sum);
    layers.push(addsInput(shape, layer) ? add(hidden, activated) : activated);
  }
  return layers;
}

/** The last of `networkLayers`. */
export const networkOutputs = (
  shape: NetworkShape,
  parts: readonly Tensor[],
  inputs: Tensor,
): Tensor => networkLayers(shape, parts, inputs).at(-1) as Tensor;
