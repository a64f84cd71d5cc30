// What a study of widths found at the end of training: losses of each width, with means and their intervals.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Summary } from '../../landscape/statistics.ts';
import { classColours } from '../kit/palette.ts';
import { pickedNetwork, number, orNull, truth, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';
import type { WhiskerMark } from '../kit/whisker.ts';

export const widthOutcomesState = {
  /** Test loss is a question until it is asked for. */
  revealed: truth(false),
  /** The width, in units, that a reader guessed to have the lowest test loss. */
  guess: orNull(number(0)),
  selected: pickedNetwork(),
};
export type WidthOutcomesState = StateOf<typeof widthOutcomesState>;

export type Part = 'train' | 'test';

export interface WidthRow {
  readonly units: number;
  readonly values: Readonly<Record<Part, readonly number[]>>;
  readonly summary: Readonly<Record<Part, Summary>>;
}

export const looks: Readonly<
  Record<Part, { colour: string; dash: string | null; mark: WhiskerMark; name: string }>
> = {
  train: { colour: classColours[0], dash: null, mark: 'circle', name: 'training' },
  test: { colour: classColours[5], dash: '7 4', mark: 'square', name: 'test' },
};

function rowsOf(data: StudyDisplay): WidthRow[] {
  const found = resultOfKind(data, 'outcomes');
  if (found === null) return [];
  return data.study.conditions
    .flatMap(({ key, experiment }): WidthRow[] => {
      const own = found.result.conditions[key];
      const [units] = experiment.hiddenSizes;
      const testLoss = own?.statistics.testLoss;
      if (!own?.testLoss || !testLoss || units === undefined) return [];
      const networks = own.statistics.outcomeOf.length;
      return [
        {
          units,
          values: {
            train: Array.from(own.trainLoss.values.slice(-networks)),
            test: Array.from(own.testLoss.values.slice(-networks)),
          },
          summary: { train: own.statistics.trainLoss, test: testLoss },
        },
      ];
    })
    .sort((a, b) => a.units - b.units);
}

export interface WidthOutcomesView {
  readonly data: StudyDisplay;
  /** From the narrowest to the widest. */
  readonly rows: readonly WidthRow[];
  /** Networks of each width. */
  readonly networks: number;
  /** What is shown of them. */
  readonly parts: readonly Part[];
}

export function viewOfWidths(
  data: StudyDisplay,
  { revealed }: { readonly revealed: boolean },
): WidthOutcomesView | string {
  const rows = rowsOf(data);
  const [narrowest] = rows;
  if (narrowest === undefined) return 'The outcomes of these widths are not loaded here.';
  const networks = narrowest.values.train.length;
  return { data, rows, networks, parts: revealed ? ['train', 'test'] : ['train'] };
}
