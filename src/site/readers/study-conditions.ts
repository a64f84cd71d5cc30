// What each condition of a study changes of the first one's settings, in words.
import type { StudyDisplay } from '../../artifact/display.ts';
import { settingsOf } from '../../learning/settings-in-words.ts';

export interface ConditionChanges {
  readonly title: string;
  readonly changes: string;
}

export function studyConditions({ study }: StudyDisplay): ConditionChanges[] {
  const [first] = study.conditions;
  if (!first) return [];
  const settings = new Map(settingsOf(first.experiment).map(({ label, value }) => [label, value]));
  return study.conditions.map(({ title, experiment }, index) => {
    const changed = settingsOf(experiment).filter(
      ({ label, value }) => settings.get(label) !== value,
    );
    const changes = changed.map(({ label, value }) => `${label.toLowerCase()} ${value}`).join('; ');
    return { title, changes: changes || (index === 0 ? 'as above' : 'nothing') };
  });
}
