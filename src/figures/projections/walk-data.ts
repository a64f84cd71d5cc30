// One trained path and one random walk as the figure compares them, read out of a study of trajectories.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { PathComponents, TrajectoryResult } from '../../landscape/analyses/trajectories.ts';
import { resultOfKind } from '../kit/study-results.ts';

export type Trajectories = Readonly<Record<string, TrajectoryResult>>;

/** A path on its own two leading components. */
export interface PlanePath {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly shares: readonly number[];
}

export const trajectoriesOf = (data: StudyDisplay): Trajectories | null =>
  resultOfKind(data, 'trajectories')?.result.conditions ?? null;

/** The condition asked for, or the first. */
export function trajectoryOf(
  trajectories: Trajectories,
  condition: string,
): TrajectoryResult | undefined {
  return trajectories[condition] ?? Object.values(trajectories)[0];
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
