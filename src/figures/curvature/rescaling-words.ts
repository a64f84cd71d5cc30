// A rescaled network in words, as a table, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import { scaleControl } from '../kit/common-controls.ts';
import { estimateText } from '../kit/estimate-text.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { rescalingOf, shownRow, type Rescaling, type RescalingState } from './rescaling-data.ts';

export function describeRescaling(rescaling: Rescaling, state: RescalingState): string {
  const { result, changes, outputs, canonical, largest } = rescaling;
  const place = shownRow(rescaling, state.selected);
  const sentences = [
    `Training loss along one random direction around network ${result.networks[place]}, as trained and after every hidden unit was rescaled by a factor between 1/${largest} and ${largest}: its largest eigenvalue is ${formatNumber(result.before.largestEigenvalue.values[place]!)} before and ${formatNumber(result.after.largestEigenvalue.values[place]!)} after.`,
  ];
  if (state.measures) {
    const factors = changes.map(
      ({ name, mean, interval }) => `${name} ${estimateText({ value: mean, interval })}`,
    );
    sentences.push(
      `Over ${result.networks.length} networks, measures changed by these factors: ${factors.join(', ')}.`,
      `No output changed by more than ${formatNumber(100 * outputs)}% of their mean size, and the canonical forms are at most ${formatNumber(100 * canonical)}% apart.`,
    );
  }
  return sentences.join(' ');
}

export const tableOfRescaling = ({ result, changes }: Rescaling): FigureTable => ({
  columns: [
    { name: 'network' },
    ...changes.flatMap(({ name }) => [
      { name: `${name}, as trained` },
      { name: `${name}, rescaled` },
    ]),
    { name: 'distance of the canonical forms', unit: 'share of the length of the weights' },
  ],
  rows: result.networks.map((network, m) => [
    network,
    ...changes.flatMap(({ key }) => [result.before[key].values[m]!, result.after[key].values[m]!]),
    result.canonicalDistance.values[m]!,
  ]),
});

export function controlsOfRescaling(data: StudyDisplay): readonly FigureControl[] {
  const rescaling = rescalingOf(data);
  if (typeof rescaling === 'string') return [];
  return [
    {
      key: 'show',
      name: 'Show',
      kind: 'choice',
      options: [
        { value: 'before', text: 'as trained' },
        { value: 'after', text: 'rescaled' },
        { value: 'both', text: 'both' },
      ],
    },
    {
      key: 'selected',
      name: 'Network',
      kind: 'range',
      options: rescaling.result.networks.map((network) => ({
        value: network,
        text: String(network),
      })),
    },
    scaleControl('Scale', 'linear'),
  ];
}
