// The sharpness of each condition's networks along training, read from a study: in epochs, beside each one's own threshold.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { SharpnessPath } from '../../landscape/analyses/sharpness-along.ts';
import { conditionsOf, type ConditionView } from '../kit/conditions.ts';
import {
  moment,
  number,
  oneOf,
  orNull,
  pickedNetwork,
  text,
  truth,
  type StateOf,
} from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const sharpnessAlongState = {
  /** Shows the paths up to this snapshot; null for all of them. */
  until: moment(),
  /** Of the loss; the sharpness is always drawn in equal steps. */
  scale: oneOf(['log', 'linear'], 'linear'),
  /** The one condition drawn, by key; null for all. */
  focus: orNull(text('')),
  /** Draws each condition's 2/η. */
  thresholds: truth(true),
  selected: pickedNetwork(),
  /** Where a reader guessed that the sharpness stops rising. */
  guess: orNull(number(0)),
};
export type SharpnessAlongState = StateOf<typeof sharpnessAlongState>;

export interface SharpnessCondition extends ConditionView {
  /** `[S]`. */
  readonly epochs: Float64Array;
  readonly networks: readonly number[];
  /** `[S, M]` each. */
  readonly sharpness: Float32Array;
  readonly loss: Float32Array;
  readonly threshold: number | null;
  readonly result: SharpnessPath;
}

export function sharpnessConditions(data: StudyDisplay): SharpnessCondition[] {
  const found = resultOfKind(data, 'sharpness-along');
  if (found === null) return [];
  return conditionsOf(data.study, 'all').flatMap((view) => {
    const result = found.result.conditions[view.key];
    const experiment = data.study.conditions[view.index]?.experiment;
    if (result === undefined || experiment === undefined) return [];
    const steps = result.steps.values;
    const epochsPerStep = experiment.epochs / (steps.at(-1) || 1);
    return [
      {
        ...view,
        epochs: Float64Array.from(steps, (step) => step * epochsPerStep),
        networks: result.networks,
        sharpness: result.sharpness.values,
        loss: result.loss.values,
        threshold: result.threshold,
        result,
      },
    ];
  });
}

/** The first snapshot at which network m's sharpness is above the threshold; null where it never is. */
export function crossingOf(condition: SharpnessCondition, m: number): number | null {
  const { threshold, sharpness, networks, epochs } = condition;
  if (threshold === null) return null;
  for (let s = 0; s < epochs.length; s++)
    if (sharpness[s * networks.length + m]! > threshold) return s;
  return null;
}

/** Snapshots at which network m's loss is higher than at the one before. */
export function risesOf({ loss, networks, epochs }: SharpnessCondition, m: number): number[] {
  const M = networks.length;
  return Array.from({ length: epochs.length - 1 }, (_, s) => s + 1).filter(
    (s) => loss[s * M + m]! > loss[(s - 1) * M + m]!,
  );
}

export interface SharpnessView {
  readonly all: readonly SharpnessCondition[];
  /** The one in focus, or all. */
  readonly shown: readonly SharpnessCondition[];
}

export function sharpnessViewOf(
  data: StudyDisplay,
  { focus }: Pick<SharpnessAlongState, 'focus'>,
): SharpnessView | string {
  const all = sharpnessConditions(data);
  if (all.length === 0) return 'This study did not measure the sharpness along training.';
  const focused = all.filter(({ key }) => key === focus);
  return { all, shown: focused.length > 0 ? focused : all };
}
