// Paths between pairs of networks as the figure reads them: the straight line first, then the trained curves.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { CurveResult } from '../../landscape/analyses/curves/curves-result.ts';
import { classColour } from '../kit/palette.ts';
import { number, oneOf, orNull, pickedNetwork, truth, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';
import { classesOf } from './uniform-loss.ts';

export interface ConnectingPath {
  readonly name: string;
  readonly shape: 'straight' | 'bezier' | 'polygon';
  readonly colour: string;
  /** Second cue beside the colour. */
  readonly dash: string | null;
  /** `[pairs, points]`. */
  readonly loss: ArrayLike<number> & Iterable<number>;
  readonly barrier: ArrayLike<number>;
  readonly mean: number;
  readonly interval: readonly [number, number];
  /** Length over the distance of the ends; null for the straight line. */
  readonly detour: { readonly each: ArrayLike<number>; readonly mean: number } | null;
}

export interface ConnectingPaths {
  readonly pairs: CurveResult['pairs'];
  readonly at: readonly number[];
  readonly all: readonly ConnectingPath[];
  readonly classes: number;
}

const looks = {
  straight: { name: 'straight line', colour: classColour(5), dash: null },
  bezier: { name: 'Bézier curve', colour: classColour(0), dash: null },
  polygon: { name: 'bent line', colour: classColour(2), dash: '7 4' },
} as const;

export function connectingPathsOf(data: StudyDisplay): ConnectingPaths | string {
  const found = resultOfKind(data, 'curves');
  if (!found) return 'The curves between these networks are not loaded here.';
  const { pairs, at, straight, curves } = found.result;
  const spec = data.study.analyses[found.name];
  const trained = spec?.kind === 'curves' ? spec.condition : undefined;
  return {
    pairs,
    at: Array.from(at.values),
    classes: classesOf(data, trained),
    all: [
      {
        shape: 'straight',
        ...looks.straight,
        loss: straight.loss.values,
        barrier: straight.barrier.values,
        mean: straight.meanBarrier.value,
        interval: straight.meanBarrier.interval,
        detour: null,
      },
      ...Object.values(curves).map((curve) => ({
        shape: curve.shape,
        ...looks[curve.shape],
        loss: curve.loss.values,
        barrier: curve.barrier.values,
        mean: curve.meanBarrier.value,
        interval: curve.meanBarrier.interval,
        detour: { each: curve.detour.values, mean: curve.meanDetour.value },
      })),
    ],
  };
}

export const connectingCurvesState = {
  /** Which paths are drawn: none (the ends alone), the straight line, or all. */
  ways: oneOf(['ends', 'straight', 'all'], 'all'),
  scale: oneOf(['log', 'linear'], 'linear'),
  /** A network picks the pair that it is in; null draws all pairs with their mean. */
  selected: pickedNetwork(),
  /** A reader's guess of the barrier of the straight line: how far its loss rises above the ends, on average. */
  guess: orNull(number(0)),
  revealed: truth(false),
};
export type ConnectingCurvesState = StateOf<typeof connectingCurvesState>;

export function shownPaths(
  { all }: ConnectingPaths,
  { ways }: ConnectingCurvesState,
): readonly ConnectingPath[] {
  if (ways === 'ends') return [];
  return ways === 'straight' ? all.slice(0, 1) : all;
}

/** Row of the pair that a network is in; -1 where it is in none. */
export const pairOf = ({ pairs }: ConnectingPaths, network: number | null): number =>
  pairs.findIndex((ends) => ends.includes(network ?? -1));
