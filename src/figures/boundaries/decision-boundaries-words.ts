// The small multiples of decision boundaries: their state, and what they show in words and as a table.
import type { Boundaries, RunDisplay } from '../../artifact/display.ts';
import type { FigureTable } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { countNetworks, finalValues } from '../kit/quantities.ts';
import { orNull, pickedNetwork, text, type StateOf } from '../kit/state-fields.ts';
import { shareOfClass } from './boundary-regions.ts';

export const decisionBoundariesState = {
  selected: pickedNetwork(),
  /** What a reader thought that the panels would show, in their words. */
  guess: orNull(text('')),
};
export type DecisionBoundariesState = StateOf<typeof decisionBoundariesState>;

export interface BoundariesView {
  readonly run: RunDisplay;
  readonly boundaries: Boundaries;
}

export function describeBoundaries(
  { run, boundaries }: BoundariesView,
  { guess }: DecisionBoundariesState,
): string {
  const { statistics, data } = run;
  const networks = boundaries.classes.length / boundaries.size ** 2;
  const accuracy = statistics.testAccuracy;
  return (
    `${networks} small panels, one a network, each coloured by the class that the network answers, ` +
    `over the same ${formatNumber(data.train.count)} training points.` +
    (accuracy === null
      ? ''
      : ` Test accuracy goes from ${formatPercent(accuracy.minimum)} to ${formatPercent(accuracy.maximum)}, median ${formatPercent(accuracy.median)}.`) +
    (guess === null ? '' : ` Your guess was: ${guess}.`)
  );
}

export function tableOfBoundaries({ run, boundaries }: BoundariesView): FigureTable {
  const networks = countNetworks(run.curves);
  const { trainLoss, testAccuracy } = run.curves;
  const losses = finalValues(trainLoss, networks);
  const accuracies = testAccuracy === null ? null : finalValues(testAccuracy, networks);
  const finite = (value: number | undefined): number | null =>
    value !== undefined && Number.isFinite(value) ? value : null;
  return {
    columns: [
      { name: 'Network' },
      { name: 'Test accuracy', unit: 'share of points' },
      { name: 'Training loss' },
      { name: 'Share of the sheet in class 1' },
    ],
    rows: Array.from({ length: networks }, (_, n) => [
      n,
      finite(accuracies?.[n]),
      finite(losses[n]),
      shareOfClass(boundaries, n, 1),
    ]),
  };
}
