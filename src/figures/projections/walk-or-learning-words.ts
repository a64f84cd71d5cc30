// Learning beside a random walk in words, as a table, how far to trust it, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import { estimateText, type EstimateWithInterval } from '../kit/estimate-text.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatShare } from '../kit/format.ts';
import {
  rowOf,
  sharesOf,
  trajectoriesOf,
  fewPoints,
  type WalkOrLearningState,
  type WalkView,
} from './walk-or-learning-data.ts';
import { shownComponents } from './walk-share-bars.ts';

const firstTwoText = (estimate: EstimateWithInterval): string =>
  estimateText(estimate, formatShare);

export function describeWalks({ result }: WalkView, state: WalkOrLearningState): string {
  const row = rowOf(result, state.pair);
  if (!state.revealed)
    return (
      `Two paths of ${result.points} points, drawn at the same ${Math.min(fewPoints, result.points)} of them, each on its own first two principal components, stretched to fill its panel. ` +
      'One is a network that learns, one a walk that goes nowhere; both bend once, like a bow. Which is which is not said yet.'
    );
  const guess =
    state.guess === null
      ? ''
      : ` You took the ${state.guess} one for learning, which is ${state.guess === 'right' ? 'right' : 'wrong'}.`;
  const [first, second] = result.walk.limit;
  return (
    `Left, a random walk; right, network ${result.networks[row]} while it learns: two bows of one shape.${guess} ` +
    `Two components hold ${firstTwoText(result.descent.firstTwo)} of a learning path, ` +
    `${firstTwoText(result.walk.firstTwo)} of a random walk, ` +
    `${formatShare((first ?? 0) + (second ?? 0))} by the closed form; ` +
    `a random plane holds ${formatShare(result.randomPlane.value)} of a learning path.`
  );
}

export function tableOfWalks({ result }: WalkView, { revealed }: WalkOrLearningState): FigureTable {
  const columns = [
    { name: 'principal component' },
    { name: 'learning, mean', unit: 'share of variance' },
    { name: 'random walk, mean', unit: 'share of variance' },
    { name: 'random walk, closed form', unit: 'share of variance' },
  ];
  // What the reader is asked to guess is no reading from a table.
  if (!revealed) return { columns, rows: [] };
  const [learning, walk] = [sharesOf(result.descent), sharesOf(result.walk)];
  return {
    columns,
    rows: Array.from({ length: shownComponents }, (_, k) => [
      k + 1,
      learning[k]?.mean ?? null,
      walk[k]?.mean ?? null,
      result.walk.limit[k] ?? null,
    ]),
  };
}

export function controlsOfWalks(data: StudyDisplay): readonly FigureControl[] {
  const trajectories = trajectoriesOf(data) ?? {};
  const keys = Object.keys(trajectories);
  const pairs = Object.values(trajectories)[0]?.networks ?? [];
  return [
    {
      key: 'condition',
      name: 'Trained by',
      kind: 'choice',
      options: keys.map((value) => ({
        value,
        text: data.study.conditions.find(({ key }) => key === value)?.title ?? value,
      })),
    },
    {
      key: 'pair',
      name: 'Network and walk',
      kind: 'range',
      options: pairs.map((network, value) => ({ value, text: String(network) })),
    },
    {
      key: 'scale',
      name: 'Axes',
      kind: 'choice',
      options: [
        { value: 'stretched', text: 'stretched to fill' },
        { value: 'equal', text: 'one scale for both' },
      ],
    },
  ];
}

export function fidelityOfWalks(
  { result, provider }: WalkView,
  { revealed }: WalkOrLearningState,
): readonly string[] {
  if (!revealed) return [];
  const [first = 0, second = 0] = result.walk.limit;
  return [
    `Each path lies on its own first two principal components: ${firstTwoText(result.descent.firstTwo)} of the variance of learning, mean of ${result.networks.length} networks.`,
    `The null, a random walk of as many steps: ${firstTwoText(result.walk.firstTwo)}, and ${formatShare(first + second)} by the closed form.`,
    `Paths are drawn through every one of ${result.points} snapshots; computed on ${provider}.`,
  ];
}
