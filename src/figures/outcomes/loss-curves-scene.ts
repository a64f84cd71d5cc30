// Where the loss curves stand: the axes' scales, and the points of each curve up to the moment that is shown.
import { scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { Point } from '../kit/path.ts';
import { valueAt } from '../kit/quantities.ts';
import type { Picking, Stage } from '../kit/stage.ts';
import { lastRecordBy, type LossCurvesState, type LossCurvesView } from './loss-curves-view.ts';

export interface LossCurvesScene extends LossCurvesView {
  readonly width: number;
  readonly box: Box;
  readonly epochs: Float32Array;
  /** The epoch that the curves are shown up to. */
  readonly until: number;
  readonly isLog: boolean;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number> | ScaleLogarithmic<number, number>;
  /** Limits of the y axis. */
  readonly domain: readonly [number, number];
  readonly selected: number | null;
  readonly guess: number | null;
  /** What every layer depends on. */
  readonly ground: readonly unknown[];
}

/** Limits of the values drawn: shares keep their ceiling at 1, logarithms stay above zero. */
function domainOf(
  series: Float32Array,
  isShare: boolean,
  isLog: boolean,
  guess: number | null,
): [number, number] {
  let low = guess ?? Infinity;
  let high = guess ?? -Infinity;
  for (const value of series) {
    if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return isLog ? [0.1, 1] : [0, 1];
  if (isShare) return [Math.min(low, 0.95), 1];
  if (isLog) return low === high ? [low / 2, high * 2] : [low / 1.2, high * 1.2];
  return [0, high === 0 ? 1 : high];
}

export function placeCurves(
  view: LossCurvesView,
  { state, width, height }: Pick<Stage<RunDisplay, LossCurvesState>, 'state' | 'width' | 'height'>,
): LossCurvesScene {
  const { run, quantity, facts, series, networks } = view;
  const { epochs } = run.curves;
  const lastEpoch = Math.max(run.experiment.epochs, epochs.at(-1) ?? 0);
  const isLog = state.scale === 'log' && !facts.isShare;
  const box: Box = { left: 46, right: width - 98, top: 32, bottom: height - 46 };
  const guess = quantity === 'trainLoss' ? state.guess : null;
  const domain = domainOf(series, facts.isShare, isLog, guess);
  const y = isLog
    ? scaleLog(domain, [box.bottom, box.top])
    : scaleLinear(domain, [box.bottom, box.top]).nice();
  return {
    ...view,
    width,
    box,
    epochs,
    until: Math.min(state.until ?? lastEpoch, epochs.at(-1) ?? 0),
    isLog,
    x: scaleLinear([0, lastEpoch], [box.left, box.right]),
    y,
    domain: y.domain() as [number, number],
    selected: state.selected !== null && state.selected < networks ? state.selected : null,
    guess,
    ground: [run, quantity, state.scale, guess],
  };
}

/** Height of a value; what lies under a logarithmic axis (an exact zero) rests on its floor. */
export const heightOf = ({ y, isLog, domain }: LossCurvesScene, value: number): number =>
  y(isLog ? Math.max(value, domain[0]) : value);

/** A curve up to the shown moment, its end interpolated between records so that it grows smoothly. */
export function pointsOf(scene: LossCurvesScene, read: (record: number) => number): Point[] {
  const { epochs, until, x } = scene;
  const points: Point[] = [];
  for (let record = 0; record < epochs.length; record++) {
    const epoch = epochs[record]!;
    const value = read(record);
    if (!Number.isFinite(value)) break;
    if (epoch <= until) {
      points.push([x(epoch), heightOf(scene, value)]);
      continue;
    }
    const before = epochs[record - 1] ?? 0;
    const share = (until - before) / (epoch - before);
    const previous = points.at(-1);
    if (previous !== undefined && share > 0)
      points.push([x(until), previous[1] + share * (heightOf(scene, value) - previous[1])]);
    break;
  }
  return points;
}

export const curveOf = (scene: LossCurvesScene, n: number): Point[] =>
  pointsOf(scene, (record) => valueAt(scene.series, scene.networks, record, n));

/** The curve nearest to a pointer, at the epoch under it. */
export function pickCurves(scene: LossCurvesScene): Picking {
  const { box, until, epochs, series, networks, facts } = scene;
  return {
    count: networks,
    columns: 1,
    selected: scene.selected,
    nearest(px, py) {
      if (px < box.left - 8 || px > box.right + 84 || py < box.top - 8 || py > box.bottom + 8)
        return null;
      const epoch = Math.min(until, Math.max(0, scene.x.invert(px)));
      const record = lastRecordBy(epoch, epochs);
      let best: number | null = null;
      let distance = 40;
      for (let n = 0; n < networks; n++) {
        const away = Math.abs(heightOf(scene, valueAt(series, networks, record, n)) - py);
        if (away < distance) [best, distance] = [n, away];
      }
      return best;
    },
    say: (n) => {
      const value = valueAt(series, networks, lastRecordBy(until, epochs), n);
      return `network ${n}: ${facts.name.toLowerCase()} ${facts.format(value)}`;
    },
  };
}
