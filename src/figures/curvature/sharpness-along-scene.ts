// Where sharpness and loss along training stand: one box above the other, on the same epochs.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { recordsUpTo, valueAtRecord } from '../kit/condition-series.ts';
import type { Point } from '../kit/path.ts';
import { lossUnit } from '../kit/setting-names.ts';
import type { Stage } from '../kit/stage.ts';
import type {
  SharpnessAlongState,
  SharpnessCondition,
  SharpnessView,
} from './sharpness-along-data.ts';

export type SharpnessScene = ReturnType<typeof placeSharpness>;

export const readings = ['sharpness', 'loss'] as const;
export type Reading = (typeof readings)[number];

/** Limits of the values, with some room. */
function domainOf(values: readonly number[], isLog: boolean): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  if (finite.length === 0) return isLog ? [0.1, 1] : [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (isLog) return [low / 1.05, high * 1.05];
  const room = 0.06 * (high - low || high || 1);
  return [Math.max(0, low - room), high + room];
}

/** The upper box is the sharpness's, the lower one the loss's. */
function boxesOf(width: number, height: number, isWide: boolean): Record<Reading, Box> {
  const [left, right] = [48, width - (isWide ? 132 : 84)];
  const lossHeight = Math.round((height - 150) * 0.4);
  const loss: Box = { left, right, top: height - 66 - lossHeight, bottom: height - 66 };
  return { sharpness: { left, right, top: 30, bottom: loss.top - 34 }, loss };
}

export function placeSharpness(
  { all, shown }: SharpnessView,
  { data, state, width, height }: Stage<StudyDisplay, SharpnessAlongState>,
) {
  const { epochs, networks } = shown[0]!;
  const last = epochs.length - 1;
  const until = Math.min(state.until ?? last, last);
  const isLog = state.scale === 'log';
  const isWide = width >= 520;
  const boxes = boxesOf(width, height, isWide);
  const sharpnessDomain = domainOf(
    all
      .flatMap(({ sharpness, threshold }) => [
        ...sharpness,
        ...(threshold === null ? [] : [threshold]),
      ])
      .concat(state.guess ?? []),
    false,
  );
  // The loss is drawn from the second snapshot on, since its first fall dwarfs the rest.
  const lossDomain = domainOf(
    all.flatMap(({ loss, networks: own }) => [...loss.subarray(own.length)]),
    isLog,
  );
  const { left, right } = boxes.loss;
  const place = networks.indexOf(state.selected ?? -1);
  return {
    state,
    guess: state.guess,
    width,
    height,
    isWide,
    isLog,
    unit: lossUnit(data.study),
    shown,
    epochs,
    networks,
    until,
    records: recordsUpTo(until),
    /** What every layer depends on. */
    ground: [data, state.scale, state.guess] as const,
    boxes,
    lossDomain,
    x: scaleLinear([0, epochs[last] ?? 1], [left, right]),
    ys: {
      sharpness: scaleLinear(sharpnessDomain, [boxes.sharpness.bottom, boxes.sharpness.top]),
      loss: (isLog ? scaleLog : scaleLinear)(lossDomain, [boxes.loss.bottom, boxes.loss.top]),
    },
    /** Place of the picked network among those measured. */
    picked: place < 0 ? null : place,
  };
}

/** What the m-th network of a condition did, up to the shown moment. */
export function pathPoints(
  { records, x, ys }: SharpnessScene,
  condition: SharpnessCondition,
  reading: Reading,
  m: number,
): Point[] {
  return records.flatMap((record): Point[] => {
    if (reading === 'loss' && record < 1) return [];
    const value = valueAtRecord(condition[reading], record, condition.networks.length, m);
    return [[x(valueAtRecord(condition.epochs, record)), ys[reading](value)]];
  });
}
