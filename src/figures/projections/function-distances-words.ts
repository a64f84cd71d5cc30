// Weights against answers in words and numbers, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { estimateText, intervalText } from '../kit/estimate-text.ts';
import { formatPercent } from '../kit/format.ts';
import {
  functionDistancesOf,
  type FunctionDistances,
  type FunctionDistancesState,
  type MeanDistances,
} from './function-distances-data.ts';

export const alignmentNames = { raw: 'as trained', aligned: 'aligned' } as const;

const meansSentence = ({ cosine, disagreement }: MeanDistances): string =>
  `a mean cosine of ${estimateText(cosine)} and different answers on ` +
  `${formatPercent(disagreement.value)} of samples (${intervalText(disagreement.interval, formatPercent)})`;

export function describeFunctions(view: FunctionDistances, state: FunctionDistancesState): string {
  const shown = state.aligned === 'aligned' ? (view.aligned ?? view.raw) : view.raw;
  const who =
    view.pairs.length > 0
      ? `${view.pairs.length} pairs of ${view.networks.length} networks on the ${view.part} part. Two runs, ${alignmentNames[state.aligned]},`
      : 'Two runs';
  return (
    `${who} have ${meansSentence(shown)}. ` +
    `Snapshots of the second half of one run and its end have ${meansSentence(view.withinRun)}.`
  );
}

export function tableOfFunctions(view: FunctionDistances): FigureTable {
  if (view.pairs.length === 0) return meansTable(view);
  return {
    columns: [
      { name: 'network' },
      { name: 'other network' },
      { name: 'cosine as trained' },
      { name: 'cosine aligned' },
      { name: 'different answers', unit: 'share of samples' },
    ],
    rows: view.pairs.map(({ networks, cosine, alignedCosine, disagreement }) => [
      ...networks,
      cosine,
      alignedCosine,
      disagreement,
    ]),
  };
}

function meansTable({ raw, withinRun }: FunctionDistances): FigureTable {
  const row = (name: string, { cosine, disagreement }: MeanDistances) => [
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

export function controlsOfFunctions(data: StudyDisplay): readonly FigureControl[] {
  const view = functionDistancesOf(data);
  if (typeof view === 'string' || view.aligned === null) return [];
  return [
    {
      key: 'aligned',
      name: 'Hidden units',
      kind: 'choice',
      options: (['raw', 'aligned'] as const).map((value) => ({
        value,
        text: alignmentNames[value],
      })),
    },
  ];
}
