// The weights that touch each unit of a group of layers, as one vector per unit.
import { layerLayouts } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { HiddenGroup } from './hidden-groups.ts';

/** One number per unit among a network's weights: unit k's lies at `start + k * step`. */
export interface UnitRun {
  readonly start: number;
  readonly step: number;
}

/**
 * Where the weights of a group's units lie: what enters unit k (column k of W and b of each of the group's
 * layers) and what leaves it (row k of W of each layer after one of them). Weights between two units of the
 * group lie in a run of either.
 * With `incoming`, only what does not depend on the order of any later unit: column k of the first
 * layer's W, and all biases.
 */
export function unitRuns(
  network: NetworkShape,
  { layers }: HiddenGroup,
  part: 'all' | 'incoming',
): UnitRun[] {
  const layouts = layerLayouts(network);
  return layers.flatMap((layer) => {
    const { inputs, outputs, weightOffset, biasOffset } = layouts[layer]!;
    const runs: UnitRun[] = biasOffset === null ? [] : [{ start: biasOffset, step: 1 }];
    if (part === 'all' || layer === layers[0])
      for (let i = 0; i < inputs; i++) runs.push({ start: weightOffset + i * outputs, step: 1 });
    if (part === 'incoming') return runs;
    const next = layouts[layer + 1]!;
    for (let o = 0; o < next.outputs; o++)
      runs.push({ start: next.weightOffset + o, step: next.outputs });
    return runs;
  });
}

/** `[units, runs]` of one network `[P]`: the weights of each unit in a row. */
export function unitVectors(
  weights: Float32Array,
  { units }: HiddenGroup,
  runs: readonly UnitRun[],
): Float64Array {
  const width = runs.length;
  const vectors = new Float64Array(units * width);
  for (const [f, { start, step }] of runs.entries())
    for (let k = 0; k < units; k++) vectors[k * width + f] = weights[start + k * step]!;
  return vectors;
}
