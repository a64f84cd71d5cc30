// Where the paths between networks run: box, scales, the picked pair, and the points of every line.
import { mean, scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth } from '../kit/labels.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import {
  pairOf,
  shownPaths,
  type ConnectingCurvesState,
  type ConnectingPath,
  type ConnectingPaths,
} from './connecting-curves-data.ts';
import { uniformLoss } from './uniform-loss.ts';

export type ConnectingScene = ReturnType<typeof placePaths>;

function domainOf(paths: ConnectingPaths, state: ConnectingCurvesState): [number, number] {
  const values = [...paths.all.flatMap(({ loss }) => [...loss]), uniformLoss(paths.classes)]
    .concat(guessedLoss(paths, state) ?? [])
    .filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return state.scale === 'log' ? [low / 1.3, high * 1.3] : [0, high * 1.05];
}

/** Mean loss of all ends, from which a guess of the mean rise is drawn upwards; null without a guess. */
function guessedLoss({ all, pairs }: ConnectingPaths, { guess }: ConnectingCurvesState) {
  const loss = all[0]?.loss;
  if (guess === null || !loss) return null;
  const points = loss.length / pairs.length;
  const ends = pairs.flatMap((_, p) => [loss[p * points]!, loss[(p + 1) * points - 1]!]);
  return guess + (mean(ends) ?? 0);
}

export function placePaths(
  paths: ConnectingPaths,
  { data, state, width, height, environment }: Stage<StudyDisplay, ConnectingCurvesState>,
) {
  const pair = pairOf(paths, state.selected);
  const isNarrow = width < 480;
  const names = paths.all.flatMap((path) => [
    textWidth(path.name),
    textWidth(barrierText(path, pair), 11),
  ]);
  const box: Box = {
    left: 48,
    right: width - (isNarrow ? 14 : Math.max(...names) + 46),
    top: 34,
    bottom: height - (isNarrow ? 78 : 56),
  };
  const domain = domainOf(paths, state);
  const scale = state.scale === 'log' ? scaleLog : scaleLinear;
  return {
    // Faint lines in the HTML may be coarser: they are a page's weight, and are drawn anew when the picture comes alive.
    tolerance: environment.interactive ? 0.5 : 1.2,
    /** What every layer depends on. */
    ground: [data, state.scale, state.guess] as const,
    state,
    guess: state.guess,
    guessedLoss: guessedLoss(paths, state),
    width,
    height,
    isNarrow,
    box,
    paths,
    shown: shownPaths(paths, state),
    /** Row of the picked pair; -1 where all are drawn with their mean. */
    pair,
    domain,
    x: scaleLinear([0, 1], [box.left + 8, box.right - 8]),
    y: scale(domain, [box.bottom, box.top]).clamp(true),
    uniformLoss: uniformLoss(paths.classes),
  };
}

/** A path's loss between the two networks of one pair. */
export const pairPoints = (
  { paths: { at }, x, y }: ConnectingScene,
  path: ConnectingPath,
  pair: number,
): Point[] => at.map((share, k): Point => [x(share), y(path.loss[pair * at.length + k]!)]);

/** The picked pair, or the mean of all. */
export function mainPoints(view: ConnectingScene, path: ConnectingPath): Point[] {
  const { paths, pair, x, y } = view;
  const { at, pairs } = paths;
  if (pair >= 0) return pairPoints(view, path, pair);
  return at.map((share, k): Point => [
    x(share),
    y(mean(pairs, (_, c) => path.loss[c * at.length + k]!) ?? NaN),
  ]);
}

export const barrierOf = (path: ConnectingPath, pair: number): string =>
  formatNumber(pair >= 0 ? path.barrier[pair]! : path.mean);

export const barrierText = (path: ConnectingPath, pair: number): string =>
  `${pair >= 0 ? '' : 'mean '}barrier ${barrierOf(path, pair)}`;
