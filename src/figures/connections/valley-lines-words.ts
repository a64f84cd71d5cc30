// The lines between small- and large-batch solutions in words, as a table, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { estimateText } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import {
  isKnown,
  quartiles,
  valleyOf,
  valleysOf,
  type Valley,
  type ValleyLinesState,
  type Valleys,
} from './valley-lines-data.ts';
import { scaleControl } from '../kit/common-controls.ts';

function sentenceOf({ name, ends, difference: { value, interval } }: Valley): string {
  const [from, to] = ends;
  return (
    `${name[0]!.toUpperCase()}${name.slice(1)}: the valley is ${from.width.toFixed(2)} wide at the end of ${from.name} and ${to.width.toFixed(2)} at that of ${to.name}, ` +
    `a difference of ${interval === null ? formatNumber(value) : estimateText({ value, interval })}; ` +
    `the weights are ${formatNumber(from.norm.value)} and ${formatNumber(to.norm.value)} long.`
  );
}

export function describeValleys(valleys: Valleys, state: ValleyLinesState): string {
  const valley = valleyOf(valleys, state.line);
  const [from, to] = valley.ends;
  const known = valleys.lines.filter((each) => isKnown(valleys, each, state.revealed));
  return [
    `${state.quantity === 'loss' ? 'Loss' : 'Accuracy'} along straight lines through ${valley.line.pairs.length} pairs of solutions, ${valley.name}: at 0 a network trained with ${from.name}, at 1 another trained with ${to.name}.`,
    `A valley's width is the stretch on which the training loss stays within ${valleys.rise} of the end's, as a share of the distance of the ends.`,
    ...known.map(sentenceOf),
  ].join(' ');
}

export function tableOfValleys(valleys: Valleys, state: ValleyLinesState): FigureTable {
  const isLoss = state.quantity === 'loss';
  const unit = isLoss ? 'nats' : 'share of points';
  const columns = [
    { name: 'line' },
    { name: 'place', unit: 'share of the distance of the ends' },
    { name: `training ${state.quantity}, lower quartile`, unit },
    { name: `training ${state.quantity}, median`, unit },
    { name: `training ${state.quantity}, upper quartile`, unit },
    { name: `test ${state.quantity}, median`, unit },
  ];
  const valley = valleyOf(valleys, state.line);
  const { alphas, loss, accuracy, testLoss, testAccuracy } = valley.line;
  const points = alphas.values.length;
  const train = quartiles((isLoss ? loss : (accuracy ?? loss)).values, points);
  const test = isLoss ? testLoss : testAccuracy;
  const onTest = test && quartiles(test.values, points);
  return {
    columns,
    rows: Array.from(alphas.values, (alpha, t) => [
      valley.name,
      alpha,
      train.low[t]!,
      train.median[t]!,
      train.high[t]!,
      onTest?.median[t] ?? null,
    ]),
  };
}

export function controlsOfValleys(data: StudyDisplay): readonly FigureControl[] {
  const valleys = valleysOf(data);
  if (typeof valleys === 'string') return [];
  return [
    {
      key: 'line',
      name: 'Trained with',
      kind: 'choice',
      options: valleys.lines.map(({ key, name }) => ({ value: key, text: name })),
    },
    {
      key: 'quantity',
      name: 'Height',
      kind: 'choice',
      options: [
        { value: 'loss', text: 'loss' },
        { value: 'accuracy', text: 'accuracy' },
      ],
    },
    scaleControl('Scale', 'linear'),
  ];
}
