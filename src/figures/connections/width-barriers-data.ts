// Barriers by width as the figure reads them, narrow networks first.
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  index,
  number,
  oneOf,
  orNull,
  pickedNetwork,
  truth,
  type StateOf,
} from '../kit/state-fields.ts';
import {
  barriersOf,
  conditionsWithBarriers,
  meanWithOthers,
  type AlignmentName,
} from './barrier-data.ts';

export const widthBarriersState = {
  /** Units of the hidden layer; null where none is picked. */
  width: orNull(index(0)),
  /** Which lines are drawn. */
  shown: oneOf(['raw', 'both'], 'both'),
  selected: pickedNetwork(),
  /** A reader's guess of the aligned barrier at the largest width. */
  guess: orNull(number(0)),
  revealed: truth(false),
};
export type WidthBarriersState = StateOf<typeof widthBarriersState>;

/** The mean barrier at one width. */
export interface MeanBarrier {
  readonly mean: number;
  readonly interval: readonly [number, number];
  /** By network, in the order of `networks`. */
  readonly each: readonly number[];
}

export const lines = ['raw', 'weights'] as const;
export type LineName = (typeof lines)[number];

export interface WidthRow {
  readonly units: number;
  readonly networks: readonly number[];
  readonly raw: MeanBarrier;
  readonly weights: MeanBarrier;
}

export function rowsOf(data: StudyDisplay): WidthRow[] {
  return conditionsWithBarriers(data)
    .flatMap(({ barriers }) => {
      const units = barriers.hiddenSizes[0];
      const level = (name: AlignmentName): MeanBarrier | null => {
        const own = barriersOf(barriers, name);
        return (
          own && {
            mean: own.means.train.value,
            interval: own.means.train.interval,
            each: meanWithOthers(own.train.values, barriers.networks.length),
          }
        );
      };
      const [raw, weights] = [level('raw'), level('weights')];
      return units !== undefined && raw && weights
        ? [{ units, networks: barriers.networks, raw, weights }]
        : [];
    })
    .sort((a, b) => a.units - b.units);
}

/** The same, or a sentence where there is none. */
export function widthRowsOf(data: StudyDisplay): readonly WidthRow[] | string {
  const rows = rowsOf(data);
  return rows.length > 0 ? rows : 'The barriers of these widths are not loaded here.';
}
