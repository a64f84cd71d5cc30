// Brings units that several layers share into a better order, two units at a time.
import { layerLayouts } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { HiddenGroup } from './hidden-groups.ts';
import type { UnitPairs } from './pair-units.ts';
import { unitRuns } from './unit-vectors.ts';
import type { UnitRun } from './unit-vectors.ts';

/**
 * Exchanges two units of a group, or negates one, as long as that raises the inner product of `weights` `[P]` with
 * `reference` `[P]` by more than `least`; then no such step is left. For layers tied by residual
 * connections, whose common order enters the product quadratically (a quadratic assignment problem, of which this
 * is the pairwise-exchange local search). One pass over all pairs costs `units^2` inner products of the weights
 * of a unit.
 */
export function exchangeUnits(
  network: NetworkShape,
  reference: Float32Array,
  weights: Float32Array,
  group: HiddenGroup,
  signFlips: boolean,
  least: number,
): UnitPairs {
  const { units } = group;
  const runs = unitRuns(network, group, 'all');
  const layouts = layerLayouts(network);
  const current = weights.slice();
  const exchange: Exchange = {
    reference,
    current,
    units,
    runs,
    between: group.layers.slice(1).map((layer) => layouts[layer]!.weightOffset),
    signFlips,
  };
  const permutation = Int32Array.from({ length: units }, (_, k) => k);
  const signs = new Int8Array(units).fill(1);
  for (let improved = true; improved;) {
    improved = false;
    for (let i = 0; i < units; i++)
      for (let j = 0; j <= i; j++) {
        const { gain, first, second } = bestExchange(exchange, i, j);
        if (!(gain > least)) continue;
        // Rows first, then columns: a weight between two units moves with both.
        for (const { start, step } of runs)
          swapSigned(current, start + i * step, start + j * step, first, second);
        swapSigned(permutation, i, j, 1, 1);
        swapSigned(signs, i, j, first, second);
        improved = true;
      }
  }
  return { permutation, signs };
}

interface Exchange {
  readonly reference: Float32Array;
  readonly current: Float32Array;
  readonly units: number;
  readonly runs: readonly UnitRun[];
  /** Offsets of the matrices `[units, units]` between units of the group. */
  readonly between: readonly number[];
  readonly signFlips: boolean;
}

/** What it gains to put `first` times unit j in the place of i and `second` times unit i in that of j. */
interface Step {
  readonly gain: number;
  readonly first: number;
  readonly second: number;
}

/**
 * With A the reference's weights and B the current ones, `<A_i, B_j>` the product of all weights that touch i in A
 * with those that touch j in B, and a sum over the matrices between units of the group: the product over all
 * weights that touch i or j is `<A_i, B_i> + <A_j, B_j> - sum(A_ii B_ii + A_jj B_jj + A_ij B_ij + A_ji B_ji)` now,
 * the last being in two vectors each. After an exchange with signs s and t it is
 * `s X_ij + t X_ji + sum(A_ii B_jj + A_jj B_ii + s t (A_ij B_ji + A_ji B_ij))`, where
 * `X_ij = <A_i, B_j> - sum(A_ii B_ji + A_ij B_jj + A_ii B_ij + A_ji B_jj)`.
 */
function bestExchange(exchange: Exchange, i: number, j: number): Step {
  const { reference: A, current: B, units, between, signFlips } = exchange;
  if (i === j) {
    if (!signFlips) return { gain: 0, first: 1, second: 1 };
    let own = 0;
    for (const offset of between) own += A[offset + i * units + i]! * B[offset + i * units + i]!;
    return { gain: 4 * own - 2 * touching(exchange, i, i), first: -1, second: -1 };
  }
  let now = touching(exchange, i, i) + touching(exchange, j, j);
  let forth = touching(exchange, i, j);
  let back = touching(exchange, j, i);
  let [kept, crossed] = [0, 0];
  for (const offset of between) {
    const [ii, ij] = [offset + i * units + i, offset + i * units + j];
    const [ji, jj] = [offset + j * units + i, offset + j * units + j];
    now -= A[ii]! * B[ii]! + A[jj]! * B[jj]! + A[ij]! * B[ij]! + A[ji]! * B[ji]!;
    forth -= A[ii]! * (B[ji]! + B[ij]!) + (A[ij]! + A[ji]!) * B[jj]!;
    back -= A[jj]! * (B[ij]! + B[ji]!) + (A[ji]! + A[ij]!) * B[ii]!;
    kept += A[ii]! * B[jj]! + A[jj]! * B[ii]!;
    crossed += A[ij]! * B[ji]! + A[ji]! * B[ij]!;
  }
  let best: Step = { gain: forth + back + kept + crossed - now, first: 1, second: 1 };
  if (!signFlips) return best;
  for (const [first, second] of flipped) {
    const gain = first * forth + second * back + kept + first * second * crossed - now;
    if (gain > best.gain) best = { gain, first, second };
  }
  return best;
}

const flipped = [
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

/** `<A_i, B_j>` over all runs. */
function touching({ reference, current, runs }: Exchange, i: number, j: number): number {
  let sum = 0;
  for (const { start, step } of runs)
    sum += reference[start + i * step]! * current[start + j * step]!;
  return sum;
}

/** Entry i becomes `first` times entry j, and j `second` times i. */
function swapSigned(
  values: Float32Array | Int32Array | Int8Array,
  i: number,
  j: number,
  first: number,
  second: number,
): void {
  const held = values[i]!;
  values[i] = first * values[j]!;
  values[j] = second * held;
}
