// A saddle on its planes in words, as a table, how far to trust it, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { chanceInWords } from './vanishing-chance-bar.ts';
import {
  countShowing,
  measuredSpectrum,
  type Saddle,
  type VanishingSaddleState,
} from './vanishing-saddle-data.ts';

export function describeSaddle(saddle: Saddle, state: VanishingSaddleState): string {
  const kind =
    saddle.subject === 'example'
      ? `A constructed saddle of ${saddle.dimensions} dimensions: ${saddle.downhill} of them curve down by 1, the others up by 1.`
      : `The measured curvature of ${saddle.name}: ${saddle.downhill} of ${saddle.dimensions} directions curve down, the steepest by ${formatNumber(saddle.steepest.smallest)}, while the steepest way up curves by ${formatNumber(saddle.steepest.largest)}.`;
  const steepest = ' On the plane of the steepest ways up and down it is a saddle.';
  if (!state.revealed) return `${kind}${steepest} Nine random planes are not shown before a guess.`;
  const chance =
    saddle.chance.of === null
      ? `The chance that a random plane shows a way down is ${chanceInWords(saddle.chance.share)}`
      : `Of ${saddle.chance.of} random planes, ${chanceInWords(saddle.chance.share)} show a way down`;
  const guess = state.guess === null ? '' : ` Your guess was ${chanceInWords(state.guess)}.`;
  return (
    `${kind}${steepest} Of nine random planes ${countShowing(saddle)} show a way down; the others look like a valley. ` +
    `${chance}; along a random line the expected curvature is the mean eigenvalue, ${formatNumber(saddle.meanCurvature)}.${guess}`
  );
}

export function tableOfSaddle(saddle: Saddle, { revealed }: VanishingSaddleState): FigureTable {
  const row = (name: string, { largest, smallest }: Saddle['steepest']) => [
    name,
    largest,
    smallest,
    smallest < 0 ? 'yes' : 'no',
  ];
  const random = revealed ? saddle.planes : [];
  return {
    columns: [
      { name: 'plane' },
      { name: 'largest curvature' },
      { name: 'smallest curvature' },
      { name: 'shows a way down' },
    ],
    rows: [
      row('steepest up and down', saddle.steepest),
      ...random.map((plane, index) => row(`random ${index + 1}`, plane)),
    ],
  };
}

const dimensionsOffered = [2, 3, 5, 10, 20, 50, 100, 322];
const sharesOffered = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5];

export function controlsOfSaddle(data: StudyDisplay): readonly FigureControl[] {
  const measured = measuredSpectrum(data);
  return [
    {
      key: 'subject',
      name: 'Saddle',
      kind: 'choice',
      options: [
        { value: 'example', text: 'constructed' },
        ...(measured ? [{ value: 'network', text: `measured, network ${measured.network}` }] : []),
      ],
    },
    {
      key: 'dimensions',
      name: 'Dimensions (constructed)',
      kind: 'range',
      options: dimensionsOffered.map((value) => ({ value, text: String(value) })),
    },
    {
      key: 'share',
      name: 'Directions that lead down (constructed)',
      kind: 'range',
      options: sharesOffered.map((value) => ({ value, text: `${Math.round(100 * value)}%` })),
    },
    {
      key: 'draw',
      name: 'Nine other planes',
      kind: 'range',
      options: Array.from({ length: 12 }, (_, value) => ({ value, text: String(value + 1) })),
    },
  ];
}

export function fidelityOfSaddle(saddle: Saddle): readonly string[] {
  const shared =
    'Each panel has its own colours: level ground in the middle of the scale, dark lower, light higher.';
  return saddle.subject === 'example'
    ? [
        'A constructed example, not a measurement: half the sum of eigenvalue times squared distance, exact everywhere.',
        'Chance and spread are closed forms; the nine planes are drawn by a seeded generator.',
        shared,
      ]
    : [
        `The loss around ${saddle.name} to second order, from all ${saddle.dimensions} eigenvalues of its Hessian on the training loss, computed on ${saddle.provider}; the slope there is small but not zero, and is left out.`,
        `Eigenvalues closer to zero than a millionth of the largest count as flat; the chance is a count over ${saddle.chance.of} seeded planes.`,
        shared,
      ];
}
