// The paths between networks in words and numbers, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  connectingPathsOf,
  pairOf,
  shownPaths,
  type ConnectingCurvesState,
  type ConnectingPaths,
} from './connecting-curves-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { estimateText } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import { scaleControl } from '../kit/common-controls.ts';

export function describePaths(paths: ConnectingPaths, state: ConnectingCurvesState): string {
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
      : ` Your guess for the mean barrier of the straight line: ${formatNumber(state.guess)}.`;
  const losses = sentences.length > 0 ? ` ${sentences.join('; ')}.` : '';
  return `Training loss in nats on the way between the two of ${who}.${losses}${guess}`;
}

export function tableOfPaths(paths: ConnectingPaths): FigureTable {
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

export function controlsOfPaths(data: StudyDisplay): readonly FigureControl[] {
  const paths = connectingPathsOf(data);
  const pairs = typeof paths === 'string' ? [] : paths.pairs;
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
