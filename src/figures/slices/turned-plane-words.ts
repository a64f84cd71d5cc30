// A turned plane in words and numbers, how far it can be trusted, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import {
  placeBriefly,
  placeInWords,
  turnedPlaneOf,
  type TurnedPlaneView,
} from './turned-plane-data.ts';

export function describeTurnedPlane(view: TurnedPlaneView): string {
  const { result, angle, curvature, walkShare, others, losses, unit } = view;
  const [low, high] = [
    losses.reduce((a, b) => Math.min(a, b), Infinity),
    losses.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const off = othersInWords(others);
  return (
    `Training loss on a plane through network ${result.network}, ${placeInWords(view)}: turned by ${angle.toFixed(0)} degrees. ` +
    `The ground lies between ${formatNumber(low)} and ${formatNumber(high)} ${unit}; at the network it is ${formatNumber(result.centreLoss)} on every plane. ` +
    `Curvature there is ${formatNumber(curvature[0])} across and ${formatNumber(curvature[1])} up. ` +
    `The plane holds ${formatShare(walkShare)} of the spread of the network’s walk; ${off}.`
  );
}

/** Single precision leaves a network that the plane goes through within a millionth of it. */
const othersInWords = (others: TurnedPlaneView['others']): string =>
  others
    .map(({ network, off }) =>
      off < 1e-3
        ? `network ${network} lies on it`
        : `network ${network} stands ${formatNumber(off)} off it`,
    )
    .join(', ');

/** Every plane of the turn, a row each. */
export function tableOfTurn({ result }: TurnedPlaneView): FigureTable {
  const { angle, curvature, walkShare, othersOff, towards } = result;
  return {
    columns: [
      { name: 'plane' },
      { name: 'turned by', unit: 'degrees' },
      { name: 'curvature across' },
      { name: 'curvature up' },
      { name: 'share of the walk' },
      ...towards.map((network) => ({
        name: `network ${network} off the plane`,
        unit: 'weight distance',
      })),
    ],
    rows: Array.from(angle.values, (degrees, t) => [
      t,
      degrees,
      curvature.values[2 * t]!,
      curvature.values[2 * t + 1]!,
      walkShare.values[t]!,
      othersOff.values[2 * t]!,
      othersOff.values[2 * t + 1]!,
    ]),
  };
}

export function controlsOfTurn(data: StudyDisplay): readonly FigureControl[] {
  const view = turnedPlaneOf(data, { turn: 0 });
  if (typeof view === 'string') return [];
  return [
    {
      key: 'turn',
      name: 'Plane',
      kind: 'play',
      options: Array.from({ length: view.planes }, (_, turn) => ({
        value: turn,
        text: placeBriefly({ result: view.result, turn }),
      })),
    },
  ];
}

export function fidelityOfTurn({ result, planes, walkShare, others }: TurnedPlaneView): string[] {
  const size = result.axis.values.length;
  const off = othersInWords(others);
  return [
    `Each of the ${planes} planes was evaluated at ${size} by ${size} points; between two planes nothing is drawn.`,
    `This plane holds ${formatShare(walkShare)} of the spread of the walk drawn on it; ${off}.`,
    'Colours are the same losses on every plane.',
  ];
}
