// The ways between networks in words and numbers, and what a reader may change.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { absence, readWays, waysShown, type ConnectingCurvesState } from './connecting-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { scaleControl } from '../kit/common-controls.ts';

export function describe(data: StudyDisplay, state: ConnectingCurvesState): string {
  const ways = readWays(data);
  if (ways === null) return absence;
  const pair = ways.pairs.findIndex((ends) => ends.includes(state.selected ?? -1));
  const sentences = waysShown(ways, state).map((way) => {
    const length =
      way.detour === null
        ? ''
        : `, on a way ${formatNumber(pair < 0 ? way.detour.mean : way.detour.each[pair]!)} times as long`;
    return pair < 0
      ? `${way.name}: mean barrier ${formatNumber(way.mean)} (95% interval ${formatNumber(way.interval[0])} to ${formatNumber(way.interval[1])})${length}`
      : `${way.name}: barrier ${formatNumber(way.barrier[pair]!)}${length}`;
  });
  const who =
    pair < 0
      ? `${ways.pairs.length} pairs of networks`
      : `networks ${ways.pairs[pair]!.join(' and ')}`;
  const guess =
    state.guess === null
      ? ''
      : ` Your guess for the middle of the straight line: ${formatNumber(state.guess)}.`;
  const losses = sentences.length > 0 ? ` ${sentences.join('; ')}.` : '';
  return `Training loss in nats on the way between the two of ${who}.${losses}${guess}`;
}

export function table(data: StudyDisplay): FigureTable {
  const ways = readWays(data);
  if (ways === null) return { columns: [], rows: [] };
  return {
    columns: [
      { name: 'network' },
      { name: 'other network' },
      ...ways.all.map(({ name }) => ({ name: `barrier, ${name}`, unit: 'nats' })),
      ...ways.all
        .filter(({ detour }) => detour !== null)
        .map(({ name }) => ({ name: `length over straight distance, ${name}` })),
    ],
    rows: ways.pairs.map((ends, c) => [
      ...ends,
      ...ways.all.map(({ barrier }) => barrier[c]!),
      ...ways.all.flatMap(({ detour }) => (detour === null ? [] : [detour.each[c]!])),
    ]),
  };
}

export function controls(data: StudyDisplay): readonly FigureControl[] {
  const pairs = readWays(data)?.pairs ?? [];
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
