// Which settings two experiments do not share, in words.
import type { Experiment } from '../../learning/experiment.ts';
import { settingsOf } from '../../learning/settings-in-words.ts';

export interface SettingDifference {
  readonly label: string;
  /** "not set" where an experiment leaves it out. */
  readonly a: string;
  readonly b: string;
}

export function settingsDifference(a: Experiment, b: Experiment): SettingDifference[] {
  const [first, second] = [a, b].map(
    (experiment) => new Map(settingsOf(experiment).map(({ label, value }) => [label, value])),
  ) as [Map<string, string>, Map<string, string>];
  const labels = new Set([...first.keys(), ...second.keys()]);
  return [...labels].flatMap((label) => {
    const [left, right] = [first.get(label) ?? 'not set', second.get(label) ?? 'not set'];
    return left === right ? [] : [{ label, a: left, b: right }];
  });
}
