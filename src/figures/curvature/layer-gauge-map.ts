// The loss on a plane through a rescaled ReLU network, fast enough to follow a slider.
import {
  lossOfMargin,
  type LabelledPoints,
  type OneLayerNetwork,
} from '../boundaries/one-layer-network.ts';

/** One direction among the weights into the hidden units, one among those out of them, both in weight space. */
export interface Plane {
  readonly into: OneLayerNetwork;
  readonly out: OneLayerNetwork;
}

/**
 * Mean cross-entropy, `[ups.length, acrosses.length]`, at `w' + a into + b out`, where w' is the network with all into
 * its units times f and all out of them over f. With ReLU,
 * `sum_k (v_k / f + b e_k) relu(f z_k + a d_k) = sum_k v_k h_k + f b sum_k e_k h_k`, `h_k = relu(z_k + (a / f) d_k)`:
 * the hidden units are asked once a column.
 */
export function lossOnPlane(
  network: OneLayerNetwork,
  { into, out }: Plane,
  { inputs, labels }: LabelledPoints,
  factor: number,
  acrosses: ArrayLike<number>,
  ups: ArrayLike<number>,
): Float64Array {
  const [columns, rows, count, units] = [
    acrosses.length,
    ups.length,
    labels.length,
    network.out.length,
  ];
  const losses = new Float64Array(columns * rows);
  const before = new Float64Array(units);
  const slope = new Float64Array(units);
  for (let i = 0; i < count; i++) {
    const [x, y] = [inputs[2 * i]!, inputs[2 * i + 1]!];
    const sign = labels[i] === 1 ? 1 : -1;
    for (let k = 0; k < units; k++) {
      before[k] = network.first[k]! * x + network.second[k]! * y + network.bias[k]!;
      slope[k] = (into.first[k]! * x + into.second[k]! * y + into.bias[k]!) / factor;
    }
    for (let column = 0; column < columns; column++) {
      let [kept, turned] = [network.outBias, 0];
      for (let k = 0; k < units; k++) {
        const hidden = before[k]! + acrosses[column]! * slope[k]!;
        if (hidden <= 0) continue;
        kept += network.out[k]! * hidden;
        turned += out.out[k]! * hidden;
      }
      kept *= sign;
      turned *= sign * factor;
      for (let row = 0; row < rows; row++)
        losses[row * columns + column]! += softplus(kept + ups[row]! * turned);
    }
  }
  return losses.map((sum) => sum / count);
}

/** Of margins from -reach to reach, `perUnit` entries a unit. */
const [reach, perUnit] = [24, 64];
const table = Float64Array.from({ length: 2 * reach * perUnit + 2 }, (_, i) =>
  lossOfMargin(i / perUnit - reach),
);

/** `lossOfMargin`, linear between the entries of a table: at most 1 / (32 perUnit^2), 8e-6, off. */
function softplus(margin: number): number {
  if (margin <= -reach) return -margin;
  if (margin >= reach) return 0;
  const at = (margin + reach) * perUnit;
  const entry = Math.floor(at);
  return table[entry]! + (at - entry) * (table[entry + 1]! - table[entry]!);
}
