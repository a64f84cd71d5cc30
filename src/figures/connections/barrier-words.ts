// The matrix of barriers in words and numbers, and what a reader may change in it.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import {
  alignmentNames,
  alignmentTexts,
  meanWithOthers,
  type AlignmentName,
} from './barrier-data.ts';
import {
  absence,
  shownSpreads,
  viewOf,
  type BarrierMatrixState,
  type View,
} from './barrier-view.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { scaleControl } from '../kit/common-controls.ts';

export function wordsOf(
  view: View,
  state: BarrierMatrixState,
  selected: number | null,
  partner: number | null,
): string[] {
  const { networks } = view;
  const N = networks.length;
  const names = alignmentNames.filter((name) => view.matrices[name]);
  const of = (name: AlignmentName, i: number, j: number): string =>
    formatNumber(view.matrices[name]![i * N + j]!);
  if (selected === null) {
    const spread = shownSpreads(view, state.aligned).at(-1);
    return spread
      ? [
          `${formatNumber(spread.values.length)} pairs, ${spread.text}`,
          'Point at a cell, or use the arrow keys: left and right pick a network, up and down its partner.',
        ]
      : [];
  }
  if (partner !== null && partner !== selected) {
    const pair = `networks ${networks[selected]} and ${networks[partner]}`;
    return [
      `${pair}: ${of(state.aligned === 'both' ? 'weights' : state.aligned, selected, partner)}`,
      `Barrier ${names.map((name) => `${alignmentTexts[name]} ${of(name, selected, partner)}`).join(', ')}.`,
    ];
  }
  const mean = (name: AlignmentName): string =>
    formatNumber(meanWithOthers(view.matrices[name]!, N)[selected]!);
  return [
    `network ${networks[selected]}: ${mean(state.aligned === 'both' ? 'weights' : state.aligned)} on average`,
    `Mean barrier with the ${N - 1} others ${names.map((name) => `${alignmentTexts[name]} ${mean(name)}`).join(', ')}.`,
  ];
}

export function describe(data: StudyDisplay, state: BarrierMatrixState): string {
  const view = viewOf(data);
  if (view === null) return absence;
  const means = Object.values(view.spreads).map(
    ({ text, mean, interval, values }) =>
      `${text}, the mean of ${values.length} pairs is ${formatNumber(mean)} (95% interval ${formatNumber(interval[0])} to ${formatNumber(interval[1])}) and the highest ${formatNumber(Math.max(...values))}`,
  );
  const shown =
    state.aligned === 'both'
      ? 'as trained below the diagonal and aligned by weights above it'
      : alignmentTexts[state.aligned];
  return (
    `How far the training loss rises on the straight line between each two of ${view.networks.length} networks, in nats, ${shown}. ` +
    `Barriers: ${means.join('; ')}.`
  );
}

export function table(data: StudyDisplay): FigureTable {
  const view = viewOf(data);
  if (view === null) return { columns: [], rows: [] };
  const names = alignmentNames.filter((name) => view.matrices[name]);
  const N = view.networks.length;
  const rows: number[][] = [];
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++)
      rows.push([
        view.networks[i]!,
        view.networks[j]!,
        ...names.map((name) => view.matrices[name]![i * N + j]!),
      ]);
  return {
    columns: [
      { name: 'network' },
      { name: 'other network' },
      ...names.map((name) => ({ name: `barrier ${alignmentTexts[name]}`, unit: 'nats' })),
    ],
    rows,
  };
}

export function controls(data: StudyDisplay): readonly FigureControl[] {
  const names = alignmentNames.filter((name) => viewOf(data)?.matrices[name]);
  return [
    {
      key: 'aligned',
      name: 'Hidden units',
      kind: 'choice',
      options: [
        ...names.map((value) => ({ value, text: alignmentTexts[value] })),
        ...(names.includes('raw') && names.includes('weights')
          ? [{ value: 'both', text: 'half and half' }]
          : []),
      ],
    },
    {
      key: 'order',
      name: 'Rows',
      kind: 'choice',
      options: [
        { value: 'number', text: 'by number' },
        { value: 'alike', text: 'alike together' },
      ],
    },
    scaleControl('Colours'),
  ];
}
