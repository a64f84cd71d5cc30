// One network of every condition on one plane: its way there, by condition.
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  conditionGroupField,
  conditionsOf,
  type ConditionGroup,
  type ConditionView,
} from '../kit/conditions.ts';
import { moment, oneOf, orNull, text, type StateOf } from '../kit/state-fields.ts';
import type { Track } from './plane.ts';
import { slicesOfStudy, type NamedPlane, type StudySlices } from './slice-planes.ts';

export const descentPathsState = {
  /** Conditions that differ from the first in one setting, or all of them. */
  show: conditionGroupField(),
  scale: oneOf(['log', 'linear'], 'log'),
  /** Shows the paths up to this snapshot; null for the whole. */
  until: moment(),
  /** The condition that stands out, by key. */
  focus: orNull(text('')),
};
export type DescentPathsState = StateOf<typeof descentPathsState>;

export interface DescentPath extends ConditionView {
  readonly track: Track;
}

export interface DescentPlane {
  readonly slice: NamedPlane;
  readonly slices: StudySlices;
  readonly paths: readonly DescentPath[];
  readonly unit: string;
  /** Epochs of training that the ways last. */
  readonly lastEpoch: number;
}

/** Null where the study has no plane that its conditions share. */
export function shownPaths(data: StudyDisplay, show: ConditionGroup): DescentPlane | null {
  const slices = slicesOfStudy(data);
  const slice = slices?.planes[0];
  if (!slices || !slice) return null;
  const paths = conditionsOf(data.study, show).flatMap((view) => {
    const track = slice.tracks.find(({ network }) => network === view.index);
    return track === undefined ? [] : [{ ...view, track }];
  });
  if (paths.length === 0) return null;
  const lastEpoch = data.study.conditions[0]!.experiment.epochs;
  return { slice, slices, paths, unit: slices.unit, lastEpoch };
}

/** Of each snapshot: conditions may take steps of their own, but keep their snapshots at the same shares of training. */
export function epochsOf({ slice, paths, lastEpoch }: DescentPlane): number[] {
  const { rows } = paths[0]!.track;
  const steps = rows.map((row) => slice.result.markers.step.values[row]!);
  const last = steps.at(-1) || 1;
  return steps.map((step) => (step / last) * lastEpoch);
}

/** Distance between the shadows of two ends: the ends themselves are at least as far apart. */
export function shadowsApart({ slice }: DescentPlane, a: DescentPath, b: DescentPath): number {
  const { values } = slice.result.markers.coordinates;
  const [i, j] = [a.track.rows.at(-1)!, b.track.rows.at(-1)!];
  return Math.hypot(values[2 * i]! - values[2 * j]!, values[2 * i + 1]! - values[2 * j + 1]!);
}
