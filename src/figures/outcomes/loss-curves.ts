// Fifty curves over time: what every network's loss, accuracy or gradient did while it trained.
import type { RunDisplay } from '../../artifact/display.ts';
import { epochControl, scaleControl } from '../kit/common-controls.ts';
import { defineFigure, playedUntil } from '../kit/define-figure.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { quantityOptions, unitOf, valueAt } from '../kit/quantities.ts';
import { lossCurvesLayers } from './loss-curves-layers.ts';
import { pickCurves, placeCurves } from './loss-curves-scene.ts';
import {
  lossCurvesState,
  viewOfCurves,
  type LossCurvesState,
  type LossCurvesView,
} from './loss-curves-view.ts';

export type { LossCurvesState } from './loss-curves-view.ts';

function describe(view: LossCurvesView, { guess }: LossCurvesState): string {
  const { run, facts, networks, medians } = view;
  const { outcomes, threshold } = run.statistics;
  return (
    `${facts.name} of ${networks} networks over ${formatNumber(run.curves.epochs.at(-1) ?? 0)} epochs: ` +
    `the median goes from ${facts.format(medians[0] ?? NaN)} to ${facts.format(medians.at(-1) ?? NaN)}. ` +
    `${outcomes.converged} converged (training loss below ${formatNumber(threshold)}), ` +
    `${outcomes.stuck} stuck, ${outcomes.diverged} diverged.` +
    (guess === null ? '' : ` Your guess of the last median was ${formatNumber(guess)}.`)
  );
}

/** A row a record, a column a network. */
function table(view: LossCurvesView, { until }: LossCurvesState): FigureTable {
  const { run, quantity, facts, networks, series, medians } = view;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const numbers = Array.from({ length: networks }, (_, n) => n);
  return {
    columns: [
      { name: 'Epoch' },
      { name: `Median ${facts.name.toLowerCase()}`, unit: unitOf(quantity, run) },
      ...numbers.map((n) => ({ name: `Network ${n}` })),
    ],
    rows: Array.from(run.curves.epochs).flatMap((epoch, record) =>
      epoch > (until ?? Infinity)
        ? []
        : [
            [
              epoch,
              finite(medians[record]!),
              ...numbers.map((n) => finite(valueAt(series, networks, record, n))),
            ],
          ],
    ),
  };
}

const controls = ({ curves }: RunDisplay): FigureControl[] => [
  epochControl(curves.epochs, (epoch) => epoch),
  { key: 'quantity', name: 'Quantity', kind: 'choice', options: quantityOptions(curves) },
  scaleControl(),
];

export const lossCurves = defineFigure({
  name: 'loss-curves',
  state: lossCurvesState,
  height: (width) => Math.round(Math.min(440, Math.max(280, width * 0.6))),
  view: viewOfCurves,
  scene: placeCurves,
  layers: lossCurvesLayers,
  picking: pickCurves,
  between: playedUntil(({ experiment }: RunDisplay) => experiment.epochs),
  describe,
  table,
  controls,
});
