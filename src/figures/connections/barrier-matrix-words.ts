// The matrix of barriers in words and numbers, and what a reader may change in it.
import type { StudyDisplay } from '../../artifact/display.ts';
import { alignmentTexts, meanWithOthers, type AlignmentName } from './barrier-data.ts';
import {
  alignmentsOf,
  barrierMatrixOf,
  shownDistributions,
  type BarrierMatrix,
  type BarrierMatrixState,
} from './barrier-matrix-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { estimateText } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import { scaleControl } from '../kit/common-controls.ts';

/** What is said beside the matrix: of the picked pair, of the picked network, or of all. */
export function captionOf(
  matrix: BarrierMatrix,
  state: BarrierMatrixState,
  selected: number | null,
  partner: number | null,
): string[] {
  const { networks } = matrix;
  const N = networks.length;
  const names = alignmentsOf(matrix);
  const of = (name: AlignmentName, i: number, j: number): string =>
    formatNumber(matrix.matrices[name]![i * N + j]!);
  if (selected === null) {
    const shown = shownDistributions(matrix, state.aligned).at(-1);
    return shown
      ? [
          `${formatNumber(shown.values.length)} pairs, ${shown.text}`,
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
    formatNumber(meanWithOthers(matrix.matrices[name]!, N)[selected]!);
  return [
    `network ${networks[selected]}: ${mean(state.aligned === 'both' ? 'weights' : state.aligned)} on average`,
    `Mean barrier with the ${N - 1} others ${names.map((name) => `${alignmentTexts[name]} ${mean(name)}`).join(', ')}.`,
  ];
}

export function describeMatrix(matrix: BarrierMatrix, state: BarrierMatrixState): string {
  const means = Object.values(matrix.distributions).map(
    ({ text, mean, interval, values }) =>
      `${text}, the mean of ${values.length} pairs is ${estimateText({ value: mean, interval })} and the highest ${formatNumber(Math.max(...values))}`,
  );
  const shown =
    state.aligned === 'both'
      ? 'as trained below the diagonal and aligned by weights above it'
      : alignmentTexts[state.aligned];
  return (
    `How far the training loss rises on the straight line between each two of ${matrix.networks.length} networks, in nats, ${shown}. ` +
    `Barriers: ${means.join('; ')}.`
  );
}

export function tableOfMatrix(matrix: BarrierMatrix): FigureTable {
  const names = alignmentsOf(matrix);
  const N = matrix.networks.length;
  const rows: number[][] = [];
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++)
      rows.push([
        matrix.networks[i]!,
        matrix.networks[j]!,
        ...names.map((name) => matrix.matrices[name]![i * N + j]!),
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

export function controlsOfMatrix(data: StudyDisplay): readonly FigureControl[] {
  const matrix = barrierMatrixOf(data);
  const names = typeof matrix === 'string' ? [] : alignmentsOf(matrix);
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
        { value: 'alike', text: 'similar ones together' },
      ],
    },
    scaleControl('Colours'),
  ];
}
