// Where training ended: one dot a network, with median, quartiles and the mean's interval above.
import type { RunDisplay } from '../../artifact/display.ts';
import { scaleOptions } from '../kit/common-controls.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { quantityOptions, unitOf } from '../kit/quantities.ts';
import { outcomeDistributionLayers } from './outcome-distribution-layers.ts';
import {
  outcomeDistributionState,
  pickOutcome,
  placeOutcomes,
  viewOfOutcomes,
  type OutcomeDistributionState,
  type OutcomeDistributionView,
} from './outcome-distribution-scene.ts';

function describe(
  { run, facts, summary }: OutcomeDistributionView,
  { guess }: OutcomeDistributionState,
): string {
  const { format } = facts;
  const { converged, stuck, diverged } = run.statistics.outcomes;
  return (
    `${facts.name} of ${summary.count} networks at the end of training: median ${format(summary.median)}, ` +
    `middle half ${format(summary.lowerQuartile)} to ${format(summary.upperQuartile)}, ` +
    `range ${format(summary.minimum)} to ${format(summary.maximum)}, ` +
    `mean ${format(summary.mean)} with a 95% interval of ${format(summary.meanInterval[0])} to ${format(summary.meanInterval[1])}. ` +
    `${formatNumber(converged)} converged, ${formatNumber(stuck)} stuck, ${formatNumber(diverged)} diverged.` +
    (guess === null ? '' : ` Your guess was ${format(guess)}.`)
  );
}

const table = ({ run, quantity, facts, values }: OutcomeDistributionView): FigureTable => ({
  columns: [
    { name: 'Network' },
    { name: `${facts.name} at the end`, unit: unitOf(quantity, run) },
    { name: 'Outcome' },
  ],
  rows: values.map((value, n) => [
    n,
    Number.isFinite(value) ? value : null,
    run.statistics.outcomeOf[n] ?? null,
  ]),
});

const controls = (run: RunDisplay): FigureControl[] => [
  {
    key: 'quantity',
    name: 'Quantity',
    kind: 'choice',
    options: quantityOptions(run.curves, ['gradientNorm']),
  },
  {
    key: 'scale',
    name: 'Scale',
    kind: 'choice',
    options: [{ value: 'auto', text: 'as it suits' }, ...scaleOptions],
  },
];

export const outcomeDistribution = defineFigure({
  name: 'outcome-distribution',
  state: outcomeDistributionState,
  height: (width) => Math.round(Math.min(380, Math.max(330, width * 0.48))),
  view: viewOfOutcomes,
  scene: placeOutcomes,
  layers: outcomeDistributionLayers,
  picking: pickOutcome,
  describe,
  table,
  controls,
});
