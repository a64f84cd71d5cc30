// What a reader may change in the curves of conditions.
import type { StudyDisplay } from '../artifact/load-study.ts';
import type { OutcomesResult } from '../landscape/analyses/outcomes.ts';
import { seriesOf } from './condition-series.ts';
import { conditionsOf, groupOptions } from './conditions.ts';
import type { FigureControl } from './figure.ts';
import { formatNumber } from './format.ts';
import { quantities, type Quantity } from './quantities.ts';
import { resultOfKind } from './study-results.ts';

export function conditionCurveControls(data: StudyDisplay): FigureControl[] {
  const found = resultOfKind<OutcomesResult>(data, 'outcomes');
  const outcome = Object.values(found?.result.conditions ?? {})[0];
  if (outcome === undefined) return [];
  const epochs = [...outcome.epochs.values];
  const groups = groupOptions(data.study);
  return [
    {
      key: 'until',
      name: 'Epoch',
      kind: 'play',
      options: epochs.map((epoch, record) => ({
        value: record === epochs.length - 1 ? null : record,
        text: formatNumber(epoch),
      })),
    },
    ...(groups.length > 0
      ? [{ key: 'show', name: 'Compare', kind: 'choice', options: groups } as const]
      : []),
    {
      key: 'focus',
      name: 'Highlight',
      kind: 'choice',
      options: [
        { value: null, text: 'none' },
        ...conditionsOf(data.study, 'all').map(({ key, short }) => ({ value: key, text: short })),
      ],
    },
    {
      key: 'quantity',
      name: 'Quantity',
      kind: 'choice',
      options: (Object.keys(quantities) as Quantity[])
        .filter((quantity) => seriesOf(outcome, quantity) !== null)
        .map((quantity) => ({ value: quantity, text: quantities[quantity].name.toLowerCase() })),
    },
    {
      key: 'scale',
      name: 'Scale',
      kind: 'choice',
      options: [
        { value: 'log', text: 'log' },
        { value: 'linear', text: 'linear' },
      ],
    },
    {
      key: 'spread',
      name: 'Behind',
      kind: 'choice',
      options: [
        { value: 'half', text: 'middle half' },
        { value: 'all', text: 'all networks' },
      ],
    },
  ];
}
