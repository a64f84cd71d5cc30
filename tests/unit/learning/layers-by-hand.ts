// A multilayer perceptron written out, sample by sample and unit by unit, in float64.
import type { NetworkShape } from '../../../src/learning/network-shape.ts';

const activations = {
  tanh: Math.tanh,
  relu: (x: number) => Math.max(0, x),
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  linear: (x: number) => x,
};

/** What each layer of one network gives, `[count, units]` each, for inputs `[count, features]`. */
export function layersByHand(
  { sizes, activation, residual, bias }: NetworkShape,
  weights: ArrayLike<number>,
  inputs: ArrayLike<number>,
): number[][] {
  const f = activations[activation as keyof typeof activations];
  const count = inputs.length / sizes[0]!;
  let offset = 0;
  let before: ArrayLike<number> = inputs;
  return sizes.slice(1).map((units, layer) => {
    const fanIn = sizes[layer]!;
    const isLast = layer === sizes.length - 2;
    const values: number[] = [];
    for (let sample = 0; sample < count; sample++)
      for (let unit = 0; unit < units; unit++) {
        let sum = bias ? weights[offset + fanIn * units + unit]! : 0;
        for (let i = 0; i < fanIn; i++)
          sum += before[sample * fanIn + i]! * weights[offset + i * units + unit]!;
        const kept = residual && !isLast && fanIn === units;
        values.push(isLast ? sum : f(sum) + (kept ? before[sample * fanIn + unit]! : 0));
      }
    offset += fanIn * units + (bias ? units : 0);
    before = values;
    return values;
  });
}
