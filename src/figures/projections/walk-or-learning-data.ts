// One trained path and one random walk as the figure compares them, read out of a study of trajectories.
import type { StudyDisplay } from '../../artifact/display.ts';
import type {
  PathComponents,
  TrajectoryResult,
} from '../../landscape/analyses/trajectories/trajectories-result.ts';
import { number, oneOf, orNull, text, truth, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export type Trajectories = Readonly<Record<string, TrajectoryResult>>;

export const walkOrLearningState = {
  /** Which way of training: a condition of the study. */
  condition: text('adam'),
  /** Which of the paths and walks, from 0. */
  pair: number(1, { from: 0 }),
  /** Whether both axes share one scale; else each is stretched to fill its panel, as papers do. */
  scale: oneOf(['stretched', 'equal'], 'stretched'),
  /** The panel that the reader takes for learning. */
  guess: orNull(oneOf(['left', 'right'], 'left')),
  revealed: truth(false),
};
export type WalkOrLearningState = StateOf<typeof walkOrLearningState>;

/** A path on its own two leading components. */
export interface PlanePath {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly shares: readonly number[];
}

export const trajectoriesOf = (data: StudyDisplay): Trajectories | null =>
  resultOfKind(data, 'trajectories')?.result.conditions ?? null;

export interface WalkView {
  readonly result: TrajectoryResult;
  readonly provider: string;
}

/** The condition asked for, or the first. */
export function walkViewOf(
  data: StudyDisplay,
  { condition }: Pick<WalkOrLearningState, 'condition'>,
): WalkView | string {
  const trajectories = trajectoriesOf(data) ?? {};
  const result = trajectories[condition] ?? Object.values(trajectories)[0];
  return result === undefined
    ? 'This study has no trajectories to draw.'
    : { result, provider: data.provider };
}

/** The row of the paths that the state asks for, within what there is. */
export const rowOf = ({ networks }: TrajectoryResult, pair: number): number =>
  Math.min(networks.length - 1, Math.max(0, Math.round(pair)));

/** Points of each path before the reveal: a walk's jagged steps would give it away. */
export const fewPoints = 11;

/** The same path at few of its points, evenly in time, its first and last among them. */
export function atFewPoints(path: PlanePath): PlanePath {
  const last = path.xs.length - 1;
  const few = Math.min(fewPoints, path.xs.length);
  const times = Array.from({ length: few }, (_, k) => Math.round((k * last) / (few - 1)));
  const pick = (values: readonly number[]) => times.map((t) => values[t]!);
  return { ...path, xs: pick(path.xs), ys: pick(path.ys) };
}

/** Path m of M. */
export function pathOf({ coordinates, explained }: PathComponents, m: number): PlanePath {
  const [, points = 0] = coordinates.shape;
  const components = explained.shape[1] ?? 0;
  const at = (t: number, axis: number): number => coordinates.values[2 * (m * points + t) + axis]!;
  const times = Array.from({ length: points }, (_, t) => t);
  return {
    xs: times.map((t) => at(t, 0)),
    ys: times.map((t) => at(t, 1)),
    shares: Array.from(explained.values.slice(m * components, (m + 1) * components)),
  };
}

/** Mean, smallest and largest share of each component over the paths. */
export function sharesOf({ explained }: PathComponents): {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}[] {
  const [paths = 0, components = 0] = explained.shape;
  return Array.from({ length: components }, (_, k) => {
    const all = Array.from({ length: paths }, (__, m) => explained.values[m * components + k]!);
    return {
      mean: all.reduce((sum, share) => sum + share, 0) / paths,
      low: Math.min(...all),
      high: Math.max(...all),
    };
  });
}

/** Root mean square length of a step of the figure's walks, whose coordinates are standard normal. */
export const walkStep = ({ dimensions }: TrajectoryResult): number => Math.sqrt(dimensions);
