// What a reader may change in the curves of conditions.
import type { StudyDisplay } from '../../artifact/display.ts';
import { seriesOf } from '../kit/condition-series.ts';
import type { FigureControl } from '../kit/figure.ts';
import { quantities, type Quantity } from '../kit/quantities.ts';
import { resultOfKind } from '../kit/study-results.ts';
import {
  scaleControl,
  compareControls,
  epochControl,
  highlightControl,
} from '../kit/common-controls.ts';

export function conditionCurveControls(data: StudyDisplay): FigureControl[] {
  const found = resultOfKind(data, 'outcomes');
  const outcome = Object.values(found?.result.conditions ?? {})[0];
  if (outcome === undefined) return [];
  const epochs = [...outcome.epochs.values];
  return [
    epochControl(epochs),
    ...compareControls(data.study),
    highlightControl(data.study),
    {
      key: 'quantity',
      name: 'Quantity',
      kind: 'choice',
      options: (Object.keys(quantities) as Quantity[])
        .filter((quantity) => seriesOf(outcome, quantity) !== null)
        .map((quantity) => ({ value: quantity, text: quantities[quantity].name.toLowerCase() })),
    },
    scaleControl(),
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
