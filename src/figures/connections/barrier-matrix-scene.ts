// Where the matrix of barriers stands: its square, its cells, and what lies beside or below it.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import { valueIn, type BarrierMatrix, type BarrierMatrixState } from './barrier-matrix-data.ts';
import { barrierScale } from './barrier-scale.ts';

export type MatrixScene = ReturnType<typeof placeMatrix>;

interface Layout {
  readonly side: number;
  readonly left: number;
  readonly top: number;
  readonly beside: boolean;
}

const edge = 30;

function layoutOf(width: number): Layout {
  const beside = width >= 540;
  const widest = beside ? Math.min(440, width * 0.56) : Math.min(380, width - edge - 4);
  // On a phone the picture is sticky, and must leave room for the words.
  const side = width < 400 ? Math.min(widest, 204) : widest;
  return { side, left: beside ? edge : Math.max(edge, (width - side) / 2), top: 22, beside };
}

export const matrixHeight = (width: number): number => {
  const { side, top, beside } = layoutOf(width);
  return Math.round(top + side + (beside ? 28 : width < 400 ? 174 : 196));
};

/** The histogram's place: x and y are its upper left corner. */
function histogramPlace({ side, left, top, beside }: Layout, width: number) {
  return beside
    ? { x: left + side + 34, y: top - 12, width: width - left - side - 44, height: 236 }
    : { x: 12, y: top + side + 36, width: width - 24, height: width < 400 ? 136 : 150 };
}

export function placeMatrix(
  matrix: BarrierMatrix,
  { data, state, width }: Stage<StudyDisplay, BarrierMatrixState>,
) {
  const { networks } = matrix;
  const layout = layoutOf(width);
  const order = matrix.orders[state.order];
  const rowOf = (network: number | null): number | null => {
    const index = network === null ? -1 : networks.indexOf(network);
    return index < 0 ? null : index;
  };
  return {
    data,
    state,
    width,
    matrix,
    ...layout,
    N: networks.length,
    cell: layout.side / networks.length,
    histogram: histogramPlace(layout, width),
    /** Row of the matrix that stands at each row of the picture, and the other way round. */
    order,
    places: new Map(order.map((row, place) => [row, place])),
    /** Row of a network in the matrix; null where it is in none. */
    rowOf,
    selected: rowOf(state.selected),
    partner: rowOf(state.partner),
    scale: barrierScale(Object.values(matrix.matrices), state.scale === 'log'),
  };
}

/** What a cell of the picture shows, also on the way from another alignment; null on the diagonal. */
export function cellValue(
  { matrix, state, order, scale }: MatrixScene,
  row: number,
  column: number,
): number | null {
  if (row === column) return null;
  const [i, j] = [order[row]!, order[column]!];
  const isUpper = column > row;
  const to = valueIn(matrix, state.aligned, i, j, isUpper);
  const { passing } = state;
  if (!passing) return to;
  const from = valueIn(matrix, passing.from, i, j, isUpper);
  if (state.scale === 'linear') return from + passing.t * (to - from);
  const least = scale.minimum;
  const [a, b] = [Math.max(from, least), Math.max(to, least)];
  return a * (b / a) ** passing.t;
}

/** The networks of the row and the column under a point of a drawing of that width. */
export function pairAt(
  { networks, orders }: BarrierMatrix,
  { order: by }: BarrierMatrixState,
  width: number,
  [x, y]: Point,
): readonly [number, number] | null {
  const { side, left, top } = layoutOf(width);
  const N = networks.length;
  const [column, row] = [x - left, y - top].map((at) => Math.floor((at / side) * N));
  if (column! < 0 || row! < 0 || column! >= N || row! >= N) return null;
  const order = orders[by];
  return [networks[order[row!]!]!, networks[order[column!]!]!];
}
