// Weights against answers in words and numbers, and what a reader may change.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { readFunctions, type FunctionView, type Marked } from './function-data.ts';

export interface FunctionDistancesState {
  readonly aligned: 'raw' | 'aligned';
  /** Given only where pairs are loaded, or a pick in another figure would be said to show here. */
  readonly selected?: number | null;
}

export const absence = "The networks' answers are not loaded here.";
export const words = { raw: 'as trained', aligned: 'aligned' } as const;

function sentence({ cosine, disagreement }: Marked): string {
  const range = ([low, high]: readonly [number, number], format: (value: number) => string) =>
    `95% interval ${format(low)} to ${format(high)}`;
  return (
    `a mean cosine of ${formatNumber(cosine.value)} (${range(cosine.interval, formatNumber)}) and different answers on ` +
    `${formatPercent(disagreement.value)} of samples (${range(disagreement.interval, formatPercent)})`
  );
}

export function describe(data: StudyDisplay, state: FunctionDistancesState): string {
  const view = readFunctions(data);
  if (view === null) return absence;
  const aligned = view.aligned !== null && state.aligned === 'aligned';
  const who =
    view.pairs.length > 0
      ? `${view.pairs.length} pairs of ${view.networks.length} networks on the ${view.part} part. Two runs, ${words[state.aligned]},`
      : 'Two runs';
  return (
    `${who} have ${sentence(aligned ? view.aligned! : view.raw)}. ` +
    `Snapshots of the second half of one run and its end have ${sentence(view.withinRun)}.`
  );
}

export function table(data: StudyDisplay): FigureTable {
  const view = readFunctions(data);
  if (view !== null && view.pairs.length === 0) return meansTable(view);
  return {
    columns: [
      { name: 'network' },
      { name: 'other network' },
      { name: 'cosine as trained' },
      { name: 'cosine aligned' },
      { name: 'different answers', unit: 'share of samples' },
    ],
    rows:
      view?.pairs.map(({ networks, cosine, alignedCosine, disagreement }) => [
        ...networks,
        cosine,
        alignedCosine,
        disagreement,
      ]) ?? [],
  };
}

function meansTable({ raw, withinRun }: FunctionView): FigureTable {
  const row = (name: string, { cosine, disagreement }: Marked) => [
    name,
    cosine.value,
    ...cosine.interval,
    disagreement.value,
    ...disagreement.interval,
  ];
  return {
    columns: [
      { name: 'compared' },
      { name: 'mean cosine' },
      { name: 'cosine, 95% interval from' },
      { name: 'cosine, 95% interval to' },
      { name: 'different answers', unit: 'share of samples' },
      { name: 'different answers, 95% interval from', unit: 'share of samples' },
      { name: 'different answers, 95% interval to', unit: 'share of samples' },
    ],
    rows: [row('two runs', raw), row('snapshots of one run with its end', withinRun)],
  };
}

export const controls = (data: StudyDisplay): readonly FigureControl[] =>
  readFunctions(data)?.aligned
    ? [
        {
          key: 'aligned',
          name: 'Hidden units',
          kind: 'choice',
          options: (['raw', 'aligned'] as const).map((value) => ({ value, text: words[value] })),
        },
      ]
    : [];
