// Losses of averaged weights as the figure reads them.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Estimate } from '../../landscape/bootstrap.ts';
import { oneOf, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';
import { classesOf, uniformLoss } from './uniform-loss.ts';

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
  /** Of a classifier that knows nothing. */
  readonly uniformLoss: number;
  readonly part: 'train' | 'test';
  readonly lines: readonly AverageLine[];
}

export function viewOfAverages(data: StudyDisplay, { part }: AveragesState): AveragesView | string {
  const found = resultOfKind(data, 'averages');
  if (!found) return 'No weights of this study were averaged.';
  const { result } = found;
  const spec = data.study.analyses[found.name];
  const shown = part === 'test' && result.test === null ? 'train' : part;
  const losses = result[shown]!;
  const { sizes, lateEpochs } = result;
  return {
    uniformLoss: uniformLoss(
      classesOf(data, spec?.kind === 'averages' ? spec.condition : undefined),
    ),
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
