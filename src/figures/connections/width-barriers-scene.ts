// Where barriers against width stand: box, scales, and every network's own mean.
import { scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import {
  lines,
  type LineName,
  type WidthBarriersState,
  type WidthRow,
} from './width-barriers-data.ts';

export type WidthScene = ReturnType<typeof placeWidths>;

function domainOf(rows: readonly WidthRow[], guess: number | null): [number, number] {
  const values = rows
    .flatMap(({ raw, weights }) => [raw, weights])
    .flatMap(({ mean, interval, each }) => [mean, ...interval, ...each])
    .concat(guess ?? [])
    .filter((value) => Number.isFinite(value) && value > 0);
  if (values.length === 0) return [0.1, 1];
  return [Math.min(...values) / 3, Math.max(...values) * 1.6];
}

export function placeWidths(
  rows: readonly WidthRow[],
  { data, state, width, height }: Stage<StudyDisplay, WidthBarriersState>,
) {
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const box: Box = { left: 52, right: width - 20, top: 34, bottom: height - 70 };
  const domain = domainOf(rows, state.guess);
  const shown: readonly LineName[] = state.shown === 'raw' ? ['raw'] : lines;
  return {
    data,
    state,
    guess: state.guess,
    /** What all layers but the keys depend on. */
    ground: [data, state.guess] as const,
    width,
    height,
    rows,
    last,
    shown,
    /** The width that a reader picked. */
    picked: rows.find(({ units }) => units === state.width),
    box,
    domain,
    x: scaleLog([first.units / 1.25, last.units * 1.25], [box.left, box.right]),
    y: scaleLog(domain, [box.bottom, box.top]).clamp(true),
  };
}

/** Dots of one width stand beside each other, so that equal ones are seen. */
const offset = (k: number, count: number): number => (k - (count - 1) / 2) * 2.2;

/** Where the mean of the k-th network of a width over its own pairs stands. */
export const networkPoint = (
  { x, y }: WidthScene,
  row: WidthRow,
  k: number,
  value: number,
): Point => [x(row.units) + offset(k, row.networks.length), y(value)];
