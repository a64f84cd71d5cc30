// Two networks and every mixture of them, with the units of the second as trained and renumbered.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { RenumberingResult } from '../../landscape/analyses/renumbering/renumbering-result.ts';
import type { Extent } from '../boundaries/answer-sheet.ts';
import {
  differenceOf,
  mixOf,
  renumbered,
  unitStrengths,
  unpackOneLayer,
  type LabelledPoints,
  type OneLayerNetwork,
} from '../boundaries/one-layer-network.ts';
import { inMotion, index, number, oneOf, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const renumberUnitsState = {
  /** Numbers of the networks. */
  a: index(0),
  b: index(1),
  /** Share of B in the mixture, 0 to 1. */
  share: number(0.5, { from: 0 }),
  /** How B's units are numbered; 'both' shows the two side by side. */
  units: oneOf(['asTrained', 'renumbered', 'both'], 'asTrained'),
  /** How far the units are on their way to their new places, 0 to 1. */
  moved: inMotion<number>(),
};
export type RenumberUnitsState = StateOf<typeof renumberUnitsState>;

/** How B's units are numbered. */
export type Numbering = 'asTrained' | 'renumbered';

export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly networks: { readonly a: OneLayerNetwork } & Readonly<Record<Numbering, OneLayerNetwork>>;
  /** `[T]` each: from the artifact. */
  readonly losses: Readonly<Record<Numbering, ArrayLike<number>>>;
  /** Column of A's unit k, which is also that of the unit of B with its number: A's units, the strongest first. */
  readonly columns: readonly number[];
  /** Unit of B at A's place k once renumbered. */
  readonly order: readonly number[];
  /** What renumbering changed of B's answers to the training points. */
  readonly change: { readonly answers: number; readonly largest: number };
  /** `[H]` each, by number: how strongly the units speak. */
  readonly strengths: Readonly<Record<'a' | 'b', Float64Array>>;
  /** Largest of them. */
  readonly strongest: number;
}

export interface RenumberUnitsView {
  readonly result: RenumberingResult;
  readonly points: LabelledPoints;
  readonly extent: Extent;
  readonly pair: Pair;
}

const absence = 'No two networks of this study were renumbered to fit each other.';

const known = new WeakMap<RenumberingResult, Map<string, Pair>>();

export function viewOfRenumbering(
  data: StudyDisplay,
  state: Pick<RenumberUnitsState, 'a' | 'b'>,
): RenumberUnitsView | string {
  const found = resultOfKind(data, 'renumbering');
  if (!found || found.result.networks.length < 2) return absence;
  const { result } = found;
  const [x0, x1, y0, y1] = result.extent as [number, number, number, number];
  const points = { inputs: result.inputs.values, labels: result.labels.values };
  const [i, j] = placesOf(result, state);
  const pairs = known.get(result) ?? new Map<string, Pair>();
  known.set(result, pairs);
  const key = `${i} ${j}`;
  const pair = pairs.get(key) ?? pairOf(result, points, i, j);
  pairs.set(key, pair);
  return { result, points, extent: [x0, x1, y0, y1], pair };
}

/** Places in the list of networks; two different ones, whatever was asked for. */
function placesOf(
  { networks }: RenumberingResult,
  { a, b }: Pick<RenumberUnitsState, 'a' | 'b'>,
): [number, number] {
  const i = Math.max(0, networks.indexOf(a));
  const j = networks.indexOf(b);
  return [i, j < 0 || j === i ? (i + 1) % networks.length : j];
}

/** Row of the pair i < j of M among (0, 1), (0, 2), ..., (1, 2), ... */
const rowOfPair = (i: number, j: number, M: number): number =>
  i * M - (i * (i + 1)) / 2 + (j - i - 1);

function pairOf(result: RenumberingResult, points: LabelledPoints, i: number, j: number): Pair {
  const M = result.networks.length;
  const isForwards = i < j;
  const row = isForwards ? rowOfPair(i, j, M) : rowOfPair(j, i, M);
  const P = result.weights.shape[1]!;
  const network = (place: number): OneLayerNetwork =>
    unpackOneLayer(result.weights.values.subarray(place * P, (place + 1) * P), 'tanh');
  const units = result.order.shape[1]!;
  const kept = (values: Float32Array): number[] => [
    ...values.subarray(row * units, (row + 1) * units),
  ];
  const stored = { order: kept(result.order.values), turned: kept(result.turned.values) };
  const { order, turned } = isForwards ? stored : inverse(stored);
  const line = ({ values, shape }: RenumberingResult['lossAsTrained']): number[] => {
    const T = shape[1]!;
    const along = [...values.subarray(row * T, (row + 1) * T)];
    return isForwards ? along : along.reverse();
  };
  const [a, b] = [network(i), network(j)];
  const moved = renumbered(b, order, turned);
  const strengths = { a: unitStrengths(a, points), b: unitStrengths(b, points) };
  return {
    a: result.networks[i]!,
    b: result.networks[j]!,
    networks: { a, asTrained: b, renumbered: moved },
    losses: { asTrained: line(result.lossAsTrained), renumbered: line(result.lossRenumbered) },
    columns: ranksOf(strengths.a),
    order,
    change: differenceOf(b, moved, points),
    strengths,
    strongest: Math.max(...strengths.a, ...strengths.b),
  };
}

/** The same pairing of units told from the other network. */
function inverse({ order, turned }: { order: readonly number[]; turned: readonly number[] }) {
  const back = { order: new Array<number>(order.length), turned: new Array<number>(order.length) };
  for (const [k, unit] of order.entries()) {
    back.order[unit] = k;
    back.turned[unit] = turned[k]!;
  }
  return back;
}

/** Rank of each, the largest first. */
function ranksOf(strengths: Float64Array): number[] {
  const ranks = new Array<number>(strengths.length);
  const order = Array.from(strengths.keys()).sort((p, q) => strengths[q]! - strengths[p]!);
  for (const [rank, unit] of order.entries()) ranks[unit] = rank;
  return ranks;
}

export const mixtureOf = ({ networks }: Pair, numbering: Numbering, share: number) =>
  mixOf(networks.a, networks[numbering], Math.min(1, share));
