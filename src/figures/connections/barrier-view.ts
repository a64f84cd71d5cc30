// What the matrix of barriers shows in a state: its values, the order of its rows, and where its cells lie.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import {
  alignmentNames,
  alignmentTexts,
  barriersOf,
  conditionsWithBarriers,
  pairValues,
  type AlignmentName,
} from './barrier-data.ts';
import type { Spread } from './barrier-histogram.ts';
import { orderAlike } from './barrier-order.ts';

export interface BarrierMatrixState {
  /** 'both' draws the barriers as trained below the diagonal and those after alignment above it. */
  readonly aligned: AlignmentName | 'both';
  readonly order: 'number' | 'alike';
  readonly scale: 'log' | 'linear';
  readonly selected: number | null;
  /** The other network of a picked pair. */
  readonly partner: number | null;
  /** On the way from another alignment to this one. */
  readonly passing?: { readonly from: BarrierMatrixState['aligned']; readonly t: number };
}

export const absence = 'The barriers between these networks are not loaded here.';

export interface View {
  readonly networks: readonly number[];
  readonly spreads: Readonly<Partial<Record<AlignmentName, Spread>>>;
  readonly matrices: Readonly<Partial<Record<AlignmentName, Float32Array>>>;
  readonly orders: Readonly<Record<BarrierMatrixState['order'], readonly number[]>>;
}

// Orders take a moment to find, and data never changes.
const views = new WeakMap<StudyDisplay, View | null>();

export function viewOf(data: StudyDisplay): View | null {
  const known = views.get(data);
  if (known !== undefined) return known;
  const condition = conditionsWithBarriers(data)[0]?.barriers;
  let view: View | null = null;
  if (condition) {
    const { networks } = condition;
    const N = networks.length;
    const found = alignmentNames.flatMap((name) => {
      const own = barriersOf(condition, name);
      return own ? [[name, own] as const] : [];
    });
    const matrices = Object.fromEntries(found.map(([name, own]) => [name, own.train.values]));
    // Aligned barriers say which networks are alike; the same order in every state keeps each cell in its place.
    const likeness = matrices['weights'] ?? found[0]![1].train.values;
    view = {
      networks,
      matrices,
      spreads: Object.fromEntries(
        found.map(([name, { train, means }]) => [
          name,
          {
            text: alignmentTexts[name],
            values: pairValues(train.values, N),
            mean: means.train.value,
            interval: means.train.interval,
            isGhost: false,
          },
        ]),
      ),
      orders: { number: networks.map((_, i) => i), alike: orderAlike(likeness, N) },
    };
  }
  views.set(data, view);
  return view;
}

export interface Layout {
  readonly side: number;
  readonly left: number;
  readonly top: number;
  readonly beside: boolean;
}

const edge = 30;

export function layoutOf(width: number): Layout {
  const beside = width >= 540;
  const room = beside ? Math.min(440, width * 0.56) : Math.min(380, width - edge - 4);
  // On a phone the picture is sticky, and must leave room for the words.
  const side = width < 400 ? Math.min(room, 204) : room;
  return { side, left: beside ? edge : Math.max(edge, (width - side) / 2), top: 22, beside };
}

export const heightOf = (width: number): number => {
  const { side, top, beside } = layoutOf(width);
  return Math.round(top + side + (beside ? 28 : width < 400 ? 174 : 196));
};

/** The networks of the row and the column under a point. */
export function cellAt(
  data: StudyDisplay,
  state: BarrierMatrixState,
  width: number,
  [x, y]: readonly [number, number],
): readonly [number, number] | null {
  const view = viewOf(data);
  if (!view) return null;
  const { side, left, top } = layoutOf(width);
  const N = view.networks.length;
  const [column, row] = [x - left, y - top].map((at) => Math.floor((at / side) * N));
  if (column! < 0 || row! < 0 || column! >= N || row! >= N) return null;
  const order = view.orders[state.order];
  return [view.networks[order[row!]!]!, view.networks[order[column!]!]!];
}

export function valueIn(
  view: View,
  aligned: BarrierMatrixState['aligned'],
  i: number,
  j: number,
  isUpper: boolean,
): number {
  const name = aligned === 'both' ? (isUpper ? 'weights' : 'raw') : aligned;
  return view.matrices[name]?.[i * view.networks.length + j] ?? NaN;
}

/** The spread of the shown alignment in colour, and for comparison the other as an outline. */
export function shownSpreads(view: View, aligned: BarrierMatrixState['aligned']): Spread[] {
  const shown = aligned === 'both' ? 'weights' : aligned;
  const other: AlignmentName = shown === 'raw' ? 'weights' : 'raw';
  const ghost = view.spreads[other];
  const own = view.spreads[shown];
  return [
    ...(ghost ? [{ ...ghost, isGhost: true, text: other === 'raw' ? ghost.text : 'aligned' }] : []),
    ...(own ? [own] : []),
  ];
}
