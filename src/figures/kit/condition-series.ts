// What the networks of one condition did over training, record by record: the middle one, the middle half, and each of them.
import { quantileSorted } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ConditionOutcome } from '../../landscape/analyses/outcomes/outcomes-result.ts';
import {
  conditionGroupField,
  conditionsOf,
  type ConditionGroup,
  type ConditionView,
} from './conditions.ts';
import { quantities, quantityField, type Quantity } from './quantities.ts';
import { moment, oneOf, orNull, pickedNetwork, text, type StateOf } from './state-fields.ts';
import { resultOfKind } from './study-results.ts';

export const conditionCurvesState = {
  /** Conditions that differ from the first in one setting, or all of them. */
  show: conditionGroupField(),
  quantity: quantityField('trainLoss'),
  scale: oneOf(['log', 'linear'], 'log'),
  /** Shows the curves up to this record; null for all of them. */
  until: moment(),
  /** What lies behind a median: the middle half, or every network. */
  spread: oneOf(['half', 'all'], 'half'),
  /** The condition that stands out, by key. */
  focus: orNull(text('')),
  selected: pickedNetwork(),
  /** The condition that a reader guessed to end lowest. */
  guess: orNull(text('')),
};
export type ConditionCurvesState = StateOf<typeof conditionCurvesState>;

export interface ConditionSeries {
  /** `[T]`. */
  readonly epochs: Float32Array;
  readonly networks: number;
  /** `[T]` each, of the networks whose value is finite; NaN where there is none. */
  readonly median: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** `[T, N]`. */
  readonly values: Float32Array;
}

/** Null where the condition has no such quantity. */
export function seriesOf(outcome: ConditionOutcome, quantity: Quantity): ConditionSeries | null {
  const found = outcome[quantity];
  if (found === null) return null;
  const epochs = outcome.epochs.values;
  const { values } = found;
  const networks = values.length / epochs.length;
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) =>
    Float64Array.from(epochs, (_, record) => {
      const row = values.subarray(record * networks, (record + 1) * networks);
      const sorted = Array.from(row)
        .filter(Number.isFinite)
        .sort((a, b) => a - b);
      return quantileSorted(sorted, share) ?? NaN;
    }),
  ) as [Float64Array, Float64Array, Float64Array];
  return { epochs, networks, median, low, high, values };
}

/** The value at a record that need not be whole: between two records, on the line that joins them. */
export function valueAtRecord(
  values: ArrayLike<number>,
  record: number,
  stride = 1,
  offset = 0,
): number {
  const before = Math.floor(record);
  const a = values[before * stride + offset] ?? NaN;
  if (before === record) return a;
  const b = values[(before + 1) * stride + offset] ?? NaN;
  return a + (record - before) * (b - a);
}

/** Records 0, 1, ... up to `until`, which ends the list even where it is not whole. */
export function recordsUpTo(until: number): number[] {
  const records = Array.from({ length: Math.floor(until) + 1 }, (_, record) => record);
  return until > Math.floor(until) ? [...records, until] : records;
}

export interface ShownCondition extends ConditionView {
  readonly series: ConditionSeries;
}

/** The conditions of a group that have the quantity. */
export function shownConditions(
  data: StudyDisplay,
  { show, quantity }: { readonly show: ConditionGroup; readonly quantity: Quantity },
): ShownCondition[] {
  const found = resultOfKind(data, 'outcomes');
  if (found === null) return [];
  return conditionsOf(data.study, show).flatMap((view) => {
    const outcome = found.result.conditions[view.key];
    const series = outcome === undefined ? null : seriesOf(outcome, quantity);
    return series === null ? [] : [{ ...view, series }];
  });
}

export interface ConditionCurvesView {
  readonly data: StudyDisplay;
  readonly shown: readonly ShownCondition[];
}

export function viewOfConditionCurves(
  data: StudyDisplay,
  state: { readonly show: ConditionGroup; readonly quantity: Quantity },
): ConditionCurvesView | string {
  const shown = shownConditions(data, state);
  if (shown.length > 0) return { data, shown };
  return `This study has no ${quantities[state.quantity].name.toLowerCase()} to draw.`;
}
