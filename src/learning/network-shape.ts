// Where each layer's weights lie in a network's flat vector of parameters.
import type { Activation } from './experiment.ts';

export interface NetworkShape {
  /** Units per layer, input first, output last: `[2, 64, 2]`. */
  readonly sizes: readonly number[];
  readonly activation: Activation;
  /** A hidden layer as wide as its input adds that input to its output. */
  readonly residual: boolean;
  readonly bias: boolean;
}

export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  /** Offset of W `[inputs, outputs]`, row-major, in the flat vector. */
  readonly weightOffset: number;
  /** Offset of b `[outputs]`, or null where layers have no bias. */
  readonly biasOffset: number | null;
}

/** Layers in order: W, then b, one layer after the other; a layer computes `x @ W + b`. */
export function layerLayouts(shape: NetworkShape): LayerLayout[] {
  let offset = 0;
  return shape.sizes.slice(1).map((outputs, layer) => {
    const inputs = shape.sizes[layer] as number;
    const weightOffset = offset;
    offset += inputs * outputs;
    const biasOffset = shape.bias ? offset : null;
    if (shape.bias) offset += outputs;
    return { inputs, outputs, weightOffset, biasOffset };
  });
}

/** P, the number of weights and biases of one network. */
export function parameterCount(shape: NetworkShape): number {
  return layerLayouts(shape).reduce(
    (total, { inputs, outputs }) => total + inputs * outputs + (shape.bias ? outputs : 0),
    0,
  );
}

/** Whether layer `layer` (0 is the first) adds its input to its output: hidden, residual, and as wide as its input. */
export function addsInput({ sizes, residual }: NetworkShape, layer: number): boolean {
  const isHidden = layer < sizes.length - 2;
  return residual && isHidden && sizes[layer] === sizes[layer + 1];
}
