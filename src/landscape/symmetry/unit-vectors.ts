// The weights that touch each unit of a group of layers, as one vector per unit.
import { layerLayouts } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { HiddenGroup } from './hidden-groups.ts';

/**
 * `[units, width]` of one network `[P]`: what enters unit k (column k of W and b of each of the group's layers)
 * and what leaves it (row k of W of each layer after one of them).
 * With `incoming`, only what does not depend on the order of any later unit: column k of the first
 * layer's W, and all biases.
 */
export function unitVectors(
  network: NetworkShape,
  weights: Float32Array,
  { layers, units }: HiddenGroup,
  part: 'all' | 'incoming',
): Float64Array {
  const layouts = layerLayouts(network);
  // Each run is one entry per unit: unit k's is at start + k * step.
  const runs: { start: number; step: number }[] = [];
  for (const layer of layers) {
    const { inputs, outputs, weightOffset, biasOffset } = layouts[layer]!;
    if (biasOffset !== null) runs.push({ start: biasOffset, step: 1 });
    if (part === 'all' || layer === layers[0])
      for (let i = 0; i < inputs; i++) runs.push({ start: weightOffset + i * outputs, step: 1 });
    if (part === 'incoming') continue;
    const next = layouts[layer + 1]!;
    for (let o = 0; o < next.outputs; o++)
      runs.push({ start: next.weightOffset + o, step: next.outputs });
  }
  const vectors = new Float64Array(units * runs.length);
  for (let k = 0; k < units; k++)
    for (const [f, { start, step }] of runs.entries())
      vectors[k * runs.length + f] = weights[start + k * step]!;
  return vectors;
}
