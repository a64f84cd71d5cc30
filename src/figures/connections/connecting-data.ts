// Ways between pairs of networks as the figure reads them: the straight line first, then the trained curves.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { CurveResult } from '../../landscape/analyses/curves.ts';
import { classColour } from '../kit/palette.ts';
import { resultOfKind } from '../kit/study-results.ts';

export interface Way {
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

export interface Ways {
  readonly pairs: CurveResult['pairs'];
  readonly at: readonly number[];
  readonly all: readonly Way[];
  readonly classes: number;
}

const looks = {
  straight: {
    name: 'straight line',

    colour: classColour(5),
    dash: null,
  },
  bezier: { name: 'Bézier curve', colour: classColour(0), dash: null },
  polygon: { name: 'bent line', shortName: 'bent line', colour: classColour(2), dash: '7 4' },
} as const;

export function readWays(data: StudyDisplay): Ways | null {
  const found = resultOfKind(data, 'curves');
  if (!found) return null;
  const { pairs, at, straight, curves } = found.result;
  const spec = data.study.analyses[found.name] as { condition?: string } | undefined;
  const condition =
    data.conditions.find(({ key }) => key === spec?.condition) ?? data.conditions[0];
  return {
    pairs,
    at: Array.from(at.values),
    classes: condition?.sizes.at(-1) ?? 2,
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

export interface ConnectingCurvesState {
  /** Which ways are drawn: none (the ends alone), the straight line, or all. */
  readonly ways: 'ends' | 'straight' | 'all';
  readonly scale: 'log' | 'linear';
  /** A network picks the pair that it is in; null draws all pairs with their mean. */
  readonly selected: number | null;
  /** A reader's guess of the loss halfway on the straight line. */
  readonly guess: number | null;
  readonly revealed: boolean;
}

export const absence = 'The curves between these networks are not loaded here.';

export function waysShown(ways: Ways, { ways: which }: ConnectingCurvesState): readonly Way[] {
  if (which === 'ends') return [];
  return which === 'straight' ? ways.all.slice(0, 1) : ways.all;
}
