// The conditions of a study as figures show them: colour, dash and a short name each, and the groups that differ in one setting.
import type { StudyDisplay } from '../../artifact/display.ts';
import { classColours } from './palette.ts';
import { oneOf, type StateField } from './state-fields.ts';

type Study = StudyDisplay['study'];
type Experiment = Study['conditions'][number]['experiment'];

/** The setting in which a group's conditions differ from the first one, and no other. */
export type ConditionGroup = 'all' | 'optimiser' | 'learningRate' | 'batchSize';

/** The field of a state that chooses a group. */
export const conditionGroupField = (): StateField<ConditionGroup> =>
  oneOf(['all', 'optimiser', 'learningRate', 'batchSize'], 'all');

export interface ConditionView {
  readonly key: string;
  readonly title: string;
  /** A name of a few letters, for the end of a line. */
  readonly short: string;
  /** Place in the study: what colour and dash follow, whichever conditions are shown. */
  readonly index: number;
  readonly colour: string;
  /** Of a stroke's dasharray; null for a whole line. */
  readonly dash: string | null;
}

/** Yellow is left out: a line of it is lost on white. */
const colours = classColours.filter((colour) => colour !== '#f0e442');
const dashes = [null, '8 4', '2.5 4', '9 3 2 3', '14 4', '5 3', '12 3 2 3 2 3', '4 2', '1.5 3'];

export const conditionColour = (index: number): string => colours[index % colours.length]!;
export const conditionDash = (index: number): string | null => dashes[index % dashes.length]!;

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** The group a condition belongs to: an optimiser of its own may take a step size of its own. */
function groupOf(experiment: Experiment, first: Experiment): ConditionGroup | 'first' | 'other' {
  const changed = (Object.keys(experiment) as (keyof Experiment)[]).filter((key) =>
    differs(experiment[key], first[key]),
  );
  if (changed.length === 0) return 'first';
  if (changed.includes('optimiser'))
    return changed.every((key) => key === 'optimiser' || key === 'learningRate')
      ? 'optimiser'
      : 'other';
  if (changed.length > 1) return 'other';
  const [only] = changed;
  return only === 'learningRate' || only === 'batchSize' ? only : 'other';
}

const optimiserNames: Readonly<Record<string, string>> = {
  sgd: 'SGD',
  momentum: 'momentum',
  nesterov: 'Nesterov',
  rmsprop: 'RMSprop',
  adam: 'Adam',
  adamw: 'AdamW',
};

function settingName(experiment: Experiment, group: ConditionGroup): string {
  if (group === 'learningRate') return `step ${experiment.learningRate}`;
  if (group === 'batchSize')
    return experiment.batchSize === 'full' ? 'full batch' : `batch ${experiment.batchSize}`;
  return optimiserNames[experiment.optimiser.kind] ?? experiment.optimiser.kind;
}

/** The conditions of a group, with the first one, which all others are held against; sorted by what is a number. */
export function conditionsOf(study: Study, group: ConditionGroup): ConditionView[] {
  const first = study.conditions[0]!.experiment;
  const groups = study.conditions.map(({ experiment }) => groupOf(experiment, first));
  const isOne = groups.every((each) => each === 'first' || each === groups[1]);
  const views = study.conditions.flatMap(({ key, title, experiment }, index) => {
    const own = groups[index]!;
    if (group !== 'all' && own !== group && own !== 'first') return [];
    const named = own === 'first' ? (isOne ? groups[1] : group) : own;
    const short =
      named === 'other' || named === 'first' || named === undefined
        ? title
        : settingName(experiment, named);
    const view: ConditionView = {
      key,
      title,
      short,
      index,
      colour: conditionColour(index),
      dash: conditionDash(index),
    };
    return [{ view, rank: rankOf(experiment, group) }];
  });
  return views.sort((a, b) => a.rank - b.rank).map(({ view }) => view);
}

/** Where a condition stands among those of its group; those that no number orders keep their place. */
function rankOf(experiment: Experiment, group: ConditionGroup): number {
  if (group === 'learningRate') return experiment.learningRate;
  if (group === 'batchSize')
    return experiment.batchSize === 'full' ? Infinity : Number(experiment.batchSize);
  return 0;
}

const groupTexts: Readonly<Record<ConditionGroup, string>> = {
  all: 'all',
  optimiser: 'optimisers',
  learningRate: 'step sizes',
  batchSize: 'batch sizes',
};

/** What a reader may choose to see of a study; empty where its conditions make one group. */
export function groupOptions(study: Study): { value: ConditionGroup; text: string }[] {
  const first = study.conditions[0]!.experiment;
  const present = new Set(study.conditions.map(({ experiment }) => groupOf(experiment, first)));
  const groups = (['optimiser', 'learningRate', 'batchSize'] as const).filter((group) =>
    present.has(group),
  );
  if (groups.length < 2) return [];
  return [...groups, 'all' as const].map((value) => ({ value, text: groupTexts[value] }));
}
