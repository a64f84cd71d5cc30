// The paths between networks in words and numbers, and what a reader may change.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import {
  absence,
  connectingPathsOf,
  pairOf,
  shownPaths,
  type ConnectingCurvesState,
} from './connecting-curves-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { estimateText } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import { scaleControl } from '../kit/common-controls.ts';

export function describe(data: StudyDisplay, state: ConnectingCurvesState): string {
  const paths = connectingPathsOf(data);
  if (paths === null) return absence;
  const pair = pairOf(paths, state.selected);
  const sentences = shownPaths(paths, state).map((path) => {
    const length =
      path.detour === null
        ? ''
        : `, on a way ${formatNumber(pair < 0 ? path.detour.mean : path.detour.each[pair]!)} times as long`;
    return pair < 0
      ? `${path.name}: mean barrier ${estimateText({ value: path.mean, interval: path.interval })}${length}`
      : `${path.name}: barrier ${formatNumber(path.barrier[pair]!)}${length}`;
  });
  const who =
    pair < 0
      ? `${paths.pairs.length} pairs of networks`
      : `networks ${paths.pairs[pair]!.join(' and ')}`;
  const guess =
    state.guess === null
      ? ''
      : ` Your guess for the middle of the straight line: ${formatNumber(state.guess)}.`;
  const losses = sentences.length > 0 ? ` ${sentences.join('; ')}.` : '';
  return `Training loss in nats on the way between the two of ${who}.${losses}${guess}`;
}

export function table(data: StudyDisplay): FigureTable {
  const paths = connectingPathsOf(data);
  if (paths === null) return { columns: [], rows: [] };
  return {
    columns: [
      { name: 'network' },
      { name: 'other network' },
      ...paths.all.map(({ name }) => ({ name: `barrier, ${name}`, unit: 'nats' })),
      ...paths.all
        .filter(({ detour }) => detour !== null)
        .map(({ name }) => ({ name: `length over straight distance, ${name}` })),
    ],
    rows: paths.pairs.map((ends, c) => [
      ...ends,
      ...paths.all.map(({ barrier }) => barrier[c]!),
      ...paths.all.flatMap(({ detour }) => (detour === null ? [] : [detour.each[c]!])),
    ]),
  };
}

export function controls(data: StudyDisplay): readonly FigureControl[] {
  const pairs = connectingPathsOf(data)?.pairs ?? [];
  return [
    {
      key: 'ways',
      name: 'Ways',
      kind: 'choice',
      options: [
        { value: 'straight', text: 'straight' },
        { value: 'all', text: 'and curves' },
      ],
    },
    {
      key: 'selected',
      name: 'Pair',
      kind: 'range',
      options: [
        { value: null, text: 'mean of all' },
        ...pairs.map((ends) => ({ value: ends[0], text: `networks ${ends.join(' and ')}` })),
      ],
    },
    scaleControl(),
  ];
}
