// The sharpness along training in words, as a table, and what a reader may change of it.
import { median } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import {
  crossingOf,
  risesOf,
  sharpnessConditions,
  type SharpnessCondition,
  type SharpnessAlongState,
  type SharpnessView,
} from './sharpness-along-data.ts';
import { scaleControl, epochControl } from '../kit/common-controls.ts';

function sentenceOf(condition: SharpnessCondition, until: number): string {
  const { title, networks, sharpness, threshold, epochs } = condition;
  const M = networks.length;
  const at = (s: number): number => median(sharpness.subarray(s * M, (s + 1) * M)) ?? NaN;
  const crossings = networks.flatMap((_, m) => {
    const s = crossingOf(condition, m);
    return s === null || s > until ? [] : [s];
  });
  const rises = networks.reduce(
    (sum, _, m) => sum + risesOf(condition, m).filter((s) => s <= until).length,
    0,
  );
  const start = `${title}: the median sharpness goes from ${formatNumber(at(0))} to ${formatNumber(at(until))}`;
  const edge = threshold === null ? '' : `, 2/η is ${formatNumber(threshold)}`;
  const crossed =
    threshold === null
      ? ''
      : `; ${crossings.length} of ${M} networks have crossed it` +
        (crossings.length === 0
          ? ''
          : `, the first at epoch ${formatNumber(epochs[Math.min(...crossings)]!)}`);
  return `${start}${edge}${crossed}; the loss rose between ${rises} ${rises === 1 ? 'pair' : 'pairs'} of snapshots.`;
}

export function describeSharpness(
  { all: [first], shown }: SharpnessView,
  state: SharpnessAlongState,
): string {
  const { epochs, networks } = first!;
  const last = epochs.length - 1;
  const until = Math.floor(Math.min(state.until ?? last, last));
  const guess = state.guess === null ? '' : ` Your guess: ${formatNumber(state.guess)}.`;
  return (
    `The largest eigenvalue of the Hessian up to epoch ${formatNumber(epochs[until]!)}, ` +
    `${networks.length} networks each. ` +
    shown.map((each) => sentenceOf(each, until)).join(' ') +
    guess
  );
}

export function tableOfSharpness(
  { shown }: SharpnessView,
  state: SharpnessAlongState,
): FigureTable {
  return {
    columns: [
      { name: 'Condition' },
      { name: 'Network' },
      { name: 'Epoch' },
      { name: 'Sharpness' },
      { name: '2/η' },
      { name: 'Training loss' },
    ],
    rows: shown.flatMap((condition) => {
      const { title, networks, epochs, sharpness, loss, threshold } = condition;
      const last = epochs.length - 1;
      const until = Math.floor(Math.min(state.until ?? last, last));
      const M = networks.length;
      return networks.flatMap((network, m) =>
        Array.from({ length: until + 1 }, (_, s) => [
          title,
          network,
          epochs[s]!,
          sharpness[s * M + m]!,
          threshold,
          loss[s * M + m]!,
        ]),
      );
    }),
  };
}

export function controlsOfSharpness(data: StudyDisplay): FigureControl[] {
  const all = sharpnessConditions(data);
  const [first] = all;
  if (first === undefined) return [];
  const conditions: FigureControl = {
    key: 'focus',
    name: 'Step size',
    kind: 'choice',
    options: [
      { value: null, text: 'both' },
      ...all.map(({ key, short }) => ({ value: key, text: short })),
    ],
  };
  return [
    epochControl(first.epochs),
    ...(all.length > 1 ? [conditions] : []),
    {
      key: 'selected',
      name: 'Network',
      kind: 'choice',
      options: [
        { value: null, text: 'none' },
        ...first.networks.map((network) => ({ value: network, text: String(network) })),
      ],
    },
    scaleControl('Loss', 'linear'),
  ];
}
