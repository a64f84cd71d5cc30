// Where the maps of the depth figure and the chart below them stand, and which network a reader points at.
import { scaleLinear, type ScaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import type { Picking, Stage } from '../kit/stage.ts';
import type {
  DepthCell,
  DepthColumn,
  DepthConvexityState,
  DepthKind,
  DepthView,
} from './depth-data.ts';
import { isDepthKnown } from './depth-words.ts';

/** Pixels: left of the maps, between them at least, above a row for its name, and of the chart below. */
const [left, gap, rowName, chartHeight] = [44, 8, 18, 186];

/** On a tablet smaller than they could be, so that the whole fits half its screen. */
const mapSize = (width: number, columns = 4): number =>
  Math.min(width < 720 ? 107 : 150, (width - left - (columns - 1) * gap) / columns);

export const depthHeight = (width: number): number =>
  24 + 2 * (mapSize(width) + rowName) + chartHeight;

export interface DepthScene extends DepthView {
  readonly state: DepthConvexityState;
  readonly guess: DepthConvexityState['guess'];
  readonly width: number;
  readonly height: number;
  readonly isNarrow: boolean;
  readonly isLoss: boolean;
  /** Of a map, in pixels. */
  readonly size: number;
  readonly chart: Box;
  readonly y: ScaleLinear<number, number>;
  /** Cells that may be shown. */
  readonly known: readonly DepthCell[];
  /** Networks that can be picked. */
  readonly networks: readonly number[];
  /** The place of the picked one among them; null for none, or where the loss is shown. */
  readonly place: number | null;
  /** What every layer depends on. */
  readonly ground: readonly unknown[];
  columnAt(column: number): number;
  rowAt(kind: DepthKind): number;
  /** Where a cell's mean stands in the chart. */
  acrossOf(cell: DepthCell): number;
  /** A number a network. */
  valuesOf(cell: DepthCell): number[];
  isDrawn(column: DepthColumn): boolean;
}

export function placeDepth(
  view: DepthView,
  { state, width, height }: Stage<StudyDisplay, DepthConvexityState>,
): DepthScene {
  const { data, columns, cells } = view;
  // Above its text on a phone, the picture is given less height than it wants: chart and maps give way alike.
  const chartSpace = chartHeight - Math.min(30, Math.max(0, depthHeight(width) - height) / 2);
  const size = Math.min(mapSize(width, columns.length), (height - chartSpace - 24) / 2 - rowName);
  const wide = width < 720 ? width : left + columns.length * (size + gap) - gap;
  const columnAt = (column: number): number =>
    left + (column * (wide - left - size)) / Math.max(1, columns.length - 1);
  const isLoss = state.show === 'loss';
  const networks = cells[0]!.convexity.networks.slice(0, view.hessianNetworks);
  const found = networks.indexOf(state.selected ?? -1);
  const chart: Box = {
    left,
    right: columnAt(columns.length - 1) + size,
    top: height - chartSpace + 44,
    bottom: height - 46,
  };
  const valuesOf = ({ convexity }: DepthCell): number[] =>
    Array.from((isLoss ? convexity.negativeShare : convexity.curvatureRatio).values);
  const most = Math.max(...cells.flatMap(valuesOf));
  return {
    ...view,
    state,
    guess: state.guess,
    width,
    height,
    isNarrow: width < 520,
    isLoss,
    size,
    chart,
    y: scaleLinear([0, most * 1.12], [chart.bottom, chart.top]),
    known: cells.filter((cell) => isDepthKnown(cell, view, state)),
    networks,
    place: found < 0 || isLoss ? null : found,
    ground: [data, state.show, state.unscaled, state.revealed],
    columnAt,
    rowAt: (kind) => 24 + rowName + (kind === 'plain' ? 0 : size + rowName),
    acrossOf({ column, kind }) {
      const shift = columns[column]!.isUnscaled ? 0 : Math.min(16, size / 6);
      return columnAt(column) + size / 2 + (kind === 'plain' ? -shift : shift);
    },
    valuesOf,
    isDrawn: ({ isUnscaled }) => !isUnscaled || state.unscaled,
  };
}

/** The plane of a network is picked by its dots in the chart. */
export function pickDepth(scene: DepthScene): Picking | null {
  const { isLoss, known, networks, place, y, acrossOf, valuesOf, state } = scene;
  if (isLoss) return null;
  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected: place === null ? null : state.selected,
    nearest: (px, py) => {
      let best: { away: number; network: number } | null = null;
      for (const cell of known)
        for (const [index, value] of valuesOf(cell).entries()) {
          const away = Math.hypot(acrossOf(cell) - px, y(value) - py);
          if (away < (best?.away ?? 12) && networks[index] !== undefined)
            best = { away, network: networks[index] };
        }
      return best?.network ?? null;
    },
    say: (network) => {
      const index = networks.indexOf(network);
      if (index < 0) return `network ${network}: its Hessians were not computed`;
      return `plane of network ${network}: ${known.map((cell) => `${formatNumber(valuesOf(cell)[index]!)} (${cell.title})`).join(', ')}`;
    },
  };
}
