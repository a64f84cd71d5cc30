// Barriers against width in words and numbers, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import { alignmentTexts } from './barrier-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { estimateText } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import {
  lines,
  rowsOf,
  type MeanBarrier,
  type WidthBarriersState,
  type WidthRow,
} from './width-barriers-data.ts';

const estimate = ({ mean, interval }: MeanBarrier): string =>
  estimateText({ value: mean, interval });

export function describeWidths(rows: readonly WidthRow[], state: WidthBarriersState): string {
  const shown = state.shown === 'raw' ? (['raw'] as const) : lines;
  const picked = rows.filter(({ units }) => state.width === null || units === state.width);
  const sentences = picked.map(
    (row) =>
      `${row.units} units: ${shown.map((name) => `${alignmentTexts[name]} ${estimate(row[name])}`).join(', ')}`,
  );
  const guess = state.guess === null ? '' : ` Your guess: ${formatNumber(state.guess)}.`;
  return `Mean barrier of the training loss between two networks, in nats, by the number of hidden units. ${sentences.join('; ')}.${guess}`;
}

export function tableOfWidths(widths: readonly WidthRow[]): FigureTable {
  return {
    columns: [
      { name: 'hidden units' },
      ...lines.flatMap((name) => [
        { name: `mean barrier ${alignmentTexts[name]}`, unit: 'nats' },
        { name: `${alignmentTexts[name]}, 95% interval from`, unit: 'nats' },
        { name: `${alignmentTexts[name]}, 95% interval to`, unit: 'nats' },
      ]),
    ],
    rows: widths.map((row) => [
      row.units,
      ...lines.flatMap((name) => [row[name].mean, ...row[name].interval]),
    ]),
  };
}

export const controlsOfWidths = (data: StudyDisplay): readonly FigureControl[] => [
  {
    key: 'width',
    name: 'Hidden units',
    kind: 'range',
    options: [
      { value: null, text: 'all widths' },
      ...rowsOf(data).map(({ units }) => ({ value: units, text: `${units} units` })),
    ],
  },
  {
    key: 'shown',
    name: 'Lines',
    kind: 'choice',
    options: [
      { value: 'raw', text: alignmentTexts.raw },
      { value: 'both', text: 'and aligned' },
    ],
  },
];
