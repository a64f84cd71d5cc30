// What the loss curves show of a run: one quantity of every network, record by record, and the middle of them.
import { median } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import {
  countNetworks,
  quantities,
  quantityField,
  type Quantity,
  type QuantityFacts,
} from '../kit/quantities.ts';
import { moment, number, oneOf, orNull, pickedNetwork, type StateOf } from '../kit/state-fields.ts';

export const lossCurvesState = {
  /** Shows the curves up to this epoch; null for all of them. */
  until: moment(),
  quantity: quantityField('trainLoss'),
  scale: oneOf(['linear', 'log'], 'log'),
  selected: pickedNetwork(),
  /** A guess of the median's final training loss: a line across the curves of that quantity. */
  guess: orNull(number(0)),
};
export type LossCurvesState = StateOf<typeof lossCurvesState>;

export interface LossCurvesView {
  readonly run: RunDisplay;
  readonly quantity: Quantity;
  readonly facts: QuantityFacts;
  readonly networks: number;
  /** `[T, N]`. */
  readonly series: Float32Array;
  /** The middle network at each record; NaN once all have diverged. */
  readonly medians: Float32Array;
}

function mediansOf(series: Float32Array, networks: number): Float32Array {
  const records = series.length / networks;
  return Float32Array.from({ length: records }, (_, record) => {
    const values = series.subarray(record * networks, (record + 1) * networks);
    return median(Array.from(values).filter(Number.isFinite)) ?? NaN;
  });
}

/** The view, or a sentence where the run has not measured this. */
export function viewOfCurves(
  run: RunDisplay,
  { quantity }: { readonly quantity: Quantity },
): LossCurvesView | string {
  const facts = quantities[quantity];
  const series = facts.series(run.curves);
  const networks = countNetworks(run.curves);
  if (series === null || networks === 0)
    return `This run has no ${facts.name.toLowerCase()} to draw.`;
  return { run, quantity, facts, networks, series, medians: mediansOf(series, networks) };
}

/** Index of the last record made by an epoch. */
export function lastRecordBy(epoch: number, epochs: Float32Array): number {
  let record = 0;
  while (record + 1 < epochs.length && epochs[record + 1]! <= epoch + 1e-6) record++;
  return record;
}
