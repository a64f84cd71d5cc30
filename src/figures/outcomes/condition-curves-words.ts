// The curves of conditions in words and as a table.
import type { FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import {
  valueAtRecord,
  type ConditionCurvesState,
  type ConditionCurvesView,
} from '../kit/condition-series.ts';
import { quantities } from '../kit/quantities.ts';

export function describeConditionCurves(
  { shown }: ConditionCurvesView,
  state: ConditionCurvesState,
): string {
  const facts = quantities[state.quantity];
  const { epochs, networks, median } = shown[0]!.series;
  const until = Math.min(state.until ?? epochs.length - 1, epochs.length - 1);
  const ends = shown.map(
    ({ title, series }) => `${title}, ${facts.format(valueAtRecord(series.median, until))}`,
  );
  return (
    `${facts.name} over epochs under ${shown.length} conditions, ${networks} networks each: the median, with the middle half. ` +
    `It begins at ${facts.format(median[0] ?? NaN)}. ` +
    `At epoch ${formatNumber(valueAtRecord(epochs, until))} the medians are: ${ends.join('; ')}.`
  );
}

export function tableOfConditionCurves(
  { shown }: ConditionCurvesView,
  state: ConditionCurvesState,
): FigureTable {
  const facts = quantities[state.quantity];
  return {
    columns: [
      { name: 'Condition' },
      { name: 'Epoch' },
      { name: `${facts.name}: median` },
      { name: 'Lower quartile' },
      { name: 'Upper quartile' },
    ],
    rows: shown.flatMap(({ title, series }) => {
      const last = series.epochs.length - 1;
      const until = Math.round(Math.min(state.until ?? last, last));
      return Array.from({ length: until + 1 }, (_, record) => [
        title,
        series.epochs[record]!,
        series.median[record]!,
        series.low[record]!,
        series.high[record]!,
      ]);
    }),
  };
}
