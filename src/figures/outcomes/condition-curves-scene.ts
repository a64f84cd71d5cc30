// Where the curves of conditions stand, and which network a reader points at.
import { scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import {
  recordsUpTo,
  valueAtRecord,
  type ConditionCurvesState,
  type ConditionCurvesView,
  type ShownCondition,
} from '../kit/condition-series.ts';
import { textWidth } from '../kit/labels.ts';
import type { Point } from '../kit/path.ts';
import { quantities, type QuantityFacts } from '../kit/quantities.ts';
import type { Picking, Stage } from '../kit/stage.ts';

export interface ConditionCurvesScene extends ConditionCurvesView {
  readonly state: ConditionCurvesState;
  readonly facts: QuantityFacts;
  readonly width: number;
  readonly box: Box;
  readonly isLog: boolean;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number> | ScaleLogarithmic<number, number>;
  readonly epochs: Float32Array;
  readonly networks: number;
  /** The record that the curves are shown up to, which need not be whole. */
  readonly until: number;
  readonly records: readonly number[];
  readonly focus: ShownCondition | null;
  readonly selected: number | null;
  /** What every layer depends on. */
  readonly ground: readonly unknown[];
}

/** Limits of what is drawn: of every network where all are drawn, else of the middle halves. */
function domainOf(
  shown: readonly ShownCondition[],
  isShare: boolean,
  logarithmic: boolean,
  isAll: (condition: ShownCondition) => boolean,
): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const condition of shown) {
    const { series } = condition;
    for (const values of isAll(condition) ? [series.values] : [series.low, series.high])
      for (const value of values) {
        if (!Number.isFinite(value) || (logarithmic && value <= 0)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
  }
  if (low > high) return logarithmic ? [0.1, 1] : [0, 1];
  if (isShare) return [low, 1];
  return logarithmic ? [low / 1.1, high * 1.1] : [0, high || 1];
}

/** Room for the names at the ends of the curves. */
function gutterOf(shown: readonly ShownCondition[], guess: string | null, width: number): number {
  const widths = shown.map(({ key, short }) =>
    textWidth(key === guess ? `your guess: ${short}   ` : `${short}  0.000`),
  );
  return Math.min(42 + Math.max(...widths), 0.42 * width);
}

export function placeConditionCurves(
  view: ConditionCurvesView,
  { state, width, height }: Stage<StudyDisplay, ConditionCurvesState>,
): ConditionCurvesScene {
  const { data, shown } = view;
  const facts = quantities[state.quantity];
  const { epochs, networks } = shown[0]!.series;
  const lastEpoch = Math.max(...shown.map(({ series }) => series.epochs.at(-1) ?? 0));
  const until = Math.min(state.until ?? epochs.length - 1, epochs.length - 1);
  const isLog = state.scale === 'log' && !facts.isShare;
  const focus = shown.find(({ key }) => key === state.focus) ?? null;
  const gutter = gutterOf(shown, state.guess, width);
  const box: Box = { left: 42, right: width - gutter, top: 30, bottom: height - 70 };
  const domain = domainOf(
    shown,
    facts.isShare,
    isLog,
    (each) => each === focus || (state.spread === 'all' && focus === null),
  );
  const linear = scaleLinear(domain, [box.bottom, box.top]);
  const y = isLog
    ? scaleLog(domain, [box.bottom, box.top]).clamp(true)
    : (facts.isShare ? linear : linear.nice()).clamp(true);
  const { quantity, scale, show, spread } = state;
  return {
    ...view,
    state,
    facts,
    width,
    box,
    isLog,
    x: scaleLinear([0, lastEpoch], [box.left, box.right]),
    y,
    epochs,
    networks,
    until,
    records: recordsUpTo(until),
    focus,
    selected: state.selected !== null && state.selected < networks ? state.selected : null,
    ground: [data, quantity, scale, show, spread, gutter, ...domain],
  };
}

export const epochX = ({ x, epochs }: ConditionCurvesScene, record: number): number =>
  x(valueAtRecord(epochs, record));

/** A curve up to the shown moment. */
export function pointsOf(
  scene: ConditionCurvesScene,
  values: ArrayLike<number>,
  stride = 1,
  offset = 0,
): Point[] {
  return scene.records.flatMap((record): Point[] => {
    const value = valueAtRecord(values, record, stride, offset);
    return Number.isFinite(value) ? [[epochX(scene, record), scene.y(value)]] : [];
  });
}

/** Where every network is drawn, the one nearest to a pointer at the record under it. */
export function pickConditionCurves(scene: ConditionCurvesScene): Picking | null {
  const { shown, focus, state, networks, selected, box, records, y, until, facts } = scene;
  if (focus === null && state.spread === 'half') return null;
  return {
    count: networks,
    columns: 1,
    selected,
    nearest(px, py) {
      if (px < box.left - 8 || px > box.right + 8 || py < box.top - 8 || py > box.bottom + 8)
        return null;
      const near = records.reduce((a, b) =>
        Math.abs(epochX(scene, b) - px) < Math.abs(epochX(scene, a) - px) ? b : a,
      );
      let [best, distance]: [number | null, number] = [null, 24];
      for (const { series } of focus === null ? shown : [focus])
        for (let n = 0; n < series.networks; n++) {
          const away = Math.abs(y(valueAtRecord(series.values, near, series.networks, n)) - py);
          if (away < distance) [best, distance] = [n, away];
        }
      return best;
    },
    say: (n) =>
      `network ${n}: ${shown
        .map(({ short, series }) => {
          const value = valueAtRecord(series.values, until, series.networks, n);
          return `${short} ${facts.format(value)}`;
        })
        .join(', ')}`,
  };
}
