// Losses of averaged weights as the figure reads them.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Estimate } from '../../landscape/bootstrap.ts';
import type {
  AveragesResult,
  PartLosses,
} from '../../landscape/analyses/averages/averages-result.ts';
import { oneOf, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const averagesState = {
  /** Of which part of the data the loss is drawn. */
  part: oneOf(['train', 'test'], 'test'),
};
export type AveragesState = StateOf<typeof averagesState>;

/** A way to average, with the mean loss after each number of networks or snapshots averaged. */
export interface AverageLine {
  readonly name: 'raw' | 'aligned' | 'along';
  readonly text: string;
  /** Where there is no room for more. */
  readonly short: string;
  readonly counts: readonly number[];
  readonly means: readonly Estimate[];
}

export interface AveragesView {
  readonly result: AveragesResult;
  readonly losses: PartLosses;
  readonly part: 'train' | 'test';
  readonly lines: readonly AverageLine[];
}

export function viewOfAverages(data: StudyDisplay, { part }: AveragesState): AveragesView | string {
  const found = resultOfKind(data, 'averages');
  if (!found) return 'No weights of this study were averaged.';
  const { result } = found;
  const shown = part === 'test' && result.test === null ? 'train' : part;
  const losses = result[shown]!;
  const { sizes, lateEpochs } = result;
  return {
    result,
    losses,
    part: shown,
    lines: [
      {
        name: 'raw',
        text: 'different runs, as trained',
        short: 'as trained',
        counts: sizes,
        means: losses.means.raw,
      },
      {
        name: 'aligned',
        text: 'different runs, renumbered',
        short: 'renumbered',
        counts: sizes,
        means: losses.means.aligned,
      },
      {
        name: 'along',
        text: 'late snapshots of one run',
        short: 'along one run',
        counts: lateEpochs.map((_, s) => s + 1),
        means: losses.alongMeans,
      },
    ],
  };
}
