// A plane that is turned through weight space, as the figure reads it.
import type { StudyDisplay } from '../../artifact/display.ts';
import type {
  Station,
  TurnedPlanesResult,
} from '../../landscape/analyses/turned-planes/turned-planes-result.ts';
import type { Point } from '../kit/path.ts';
import { index, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const turnedPlaneState = {
  /** Which of the evaluated planes, counted from the sharpest directions. */
  turn: index(0),
};
export type TurnedPlaneState = StateOf<typeof turnedPlaneState>;

export interface TurnedPlaneView {
  readonly result: TurnedPlanesResult;
  readonly unit: string;
  /** How many planes there are. */
  readonly planes: number;
  readonly turn: number;
  /** `[size, size]`: the loss on this plane. */
  readonly losses: Float32Array;
  readonly walk: readonly Point[];
  readonly others: readonly {
    readonly network: number;
    readonly at: Point;
    readonly off: number;
  }[];
  readonly curvature: readonly [number, number];
  readonly walkShare: number;
  /** Degrees from the named plane that the turn left last. */
  readonly angle: number;
}

export function turnedPlaneOf(
  data: StudyDisplay,
  state: TurnedPlaneState,
): TurnedPlaneView | string {
  const result = resultOfKind(data, 'turned-planes')?.result;
  if (!result) return 'The turned planes of this network are not loaded here.';
  const planes = result.angle.values.length;
  const turn = Math.min(planes - 1, Math.max(0, Math.round(state.turn)));
  const cells = result.axis.values.length ** 2;
  const pair = (values: Float32Array, at: number): Point => [values[2 * at]!, values[2 * at + 1]!];
  const snapshots = result.walk.shape[1] as number;
  const [condition] = data.study.conditions;
  return {
    result,
    unit: condition?.experiment.loss === 'cross-entropy' ? 'nats' : 'squared error',
    planes,
    turn,
    losses: result.losses.values.subarray(turn * cells, (turn + 1) * cells),
    walk: Array.from({ length: snapshots }, (_, s) =>
      pair(result.walk.values, turn * snapshots + s),
    ),
    others: result.towards.map((network, k) => ({
      network,
      at: pair(result.others.values, 2 * turn + k),
      off: result.othersOff.values[2 * turn + k]!,
    })),
    curvature: pair(result.curvature.values, turn),
    walkShare: result.walkShare.values[turn]!,
    angle: result.angle.values[turn]!,
  };
}

export const stationNames: Readonly<Record<Station, string>> = {
  sharpest: 'its two sharpest directions',
  walk: 'its own walk',
  solutions: 'three solutions',
};

/** The named plane here, or none. */
export function stationAt({
  result,
  turn,
}: Pick<TurnedPlaneView, 'result' | 'turn'>): Station | null {
  const names: readonly Station[] = ['sharpest', 'walk', 'solutions'];
  return turn % result.steps === 0 ? (names[turn / result.steps] ?? null) : null;
}

/** The plane in words: a named one, or how far on the way between two. */
export function placeInWords({ result, turn }: Pick<TurnedPlaneView, 'result' | 'turn'>): string {
  const named = stationAt({ result, turn });
  if (named === 'sharpest') return `along ${stationNames.sharpest}`;
  if (named === 'walk') return `along ${stationNames.walk}`;
  if (named === 'solutions') return `through ${stationNames.solutions}`;
  const done = shareDone({ result, turn });
  return turn < result.steps
    ? `${done}% of the way from the sharpest directions to the walk`
    : `${done}% of the way from the walk to three solutions`;
}

/** The same beside a slider. */
export function placeBriefly({ result, turn }: Pick<TurnedPlaneView, 'result' | 'turn'>): string {
  const named = stationAt({ result, turn });
  if (named) return named === 'sharpest' ? 'sharpest directions' : stationNames[named];
  const next = turn < result.steps ? stationNames.walk : stationNames.solutions;
  return `${shareDone({ result, turn })}% to ${next}`;
}

/** Of the way between two named planes, in percent. */
const shareDone = ({ result, turn }: Pick<TurnedPlaneView, 'result' | 'turn'>): number =>
  Math.round((100 * (turn % result.steps)) / result.steps);
