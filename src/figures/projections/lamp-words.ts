// The lamp in words and numbers, how far its rooms can be trusted, and what a reader may change.
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { bestPlace, heldBy, mostOf, type LampState, type LampView } from './lamp-data.ts';
import { degreesApart } from './lamp-room.ts';

const nameOf = ({ cloud }: LampState): string => (cloud === 'weights' ? 'weights' : 'answers');

export function describeLamp(view: LampView, state: LampState): string {
  const { networks, measured, cloud, nothing, lamp } = view;
  const away = Math.round(degreesApart(lamp, bestPlace(cloud)));
  const [low, high] = measured.chanceRange;
  const named = away === 0 ? 'at its best place' : `${away} degrees from its best place`;
  return (
    `${networks.length} networks as a cloud by their ${nameOf(state)}, between a lamp and a wall. ` +
    `The lamp stands ${named}; the wall holds ${formatShare(heldBy(cloud, lamp))} of the cloud’s spread, where the best place gives ${formatShare(mostOf(cloud))}. ` +
    (state.beside === 'best'
      ? 'Beside it the same cloud with the lamp at its best place.'
      : `Beside it a cloud of nothing, the same ${nameOf(state)} shuffled among the networks: ${formatShare(heldBy(nothing, lamp))} on its wall, at best ${formatShare(mostOf(nothing))}; of ${measured.chance.shape[0]} shuffles the best places give ${formatShare(low)} to ${formatShare(high)}.`)
  );
}

export function tableOfLamp({ networks, measured }: LampView): FigureTable {
  const { values } = measured.cloud.coordinates;
  return {
    columns: [{ name: 'network' }, ...[1, 2, 3].map((axis) => ({ name: `component ${axis}` }))],
    rows: networks.map((network, k) => [
      network,
      values[3 * k]!,
      values[3 * k + 1]!,
      values[3 * k + 2]!,
    ]),
  };
}

export const controlsOfLamp = (): readonly FigureControl[] => [
  {
    key: 'cloud',
    name: 'Cloud by',
    kind: 'choice',
    options: [
      { value: 'predictions', text: 'answers' },
      { value: 'weights', text: 'weights' },
    ],
  },
  {
    key: 'place',
    name: 'Lamp',
    kind: 'choice',
    options: [
      { value: 'hand', text: 'in your hand' },
      { value: 'best', text: 'best place' },
      { value: 'worst', text: 'worst place' },
    ],
  },
];

export function fidelityOfLamp(
  { cloud, measured, parameters }: LampView,
  state: LampState,
): string[] {
  const room = cloud.explained.reduce((sum, each) => sum + each, 0);
  const space =
    state.cloud === 'weights'
      ? `${formatNumber(parameters)} directions of weights`
      : 'distances between answers (Jensen–Shannon, on the test points)';
  return [
    `The room has the three widest directions of the cloud, which hold ${formatShare(room)} of its spread; the rest of the ${space} is not in it.`,
    ...(measured.cloud.negativeShare > 1e-3
      ? [
          `These distances are not quite those of points in any space: ${formatShare(measured.cloud.negativeShare)} of the spread fits none, and counts as outside the room.`,
        ]
      : []),
    `Shuffled, the two widest hold ${formatShare(measured.chanceMean)} on average.`,
    'How the cloud hangs in the room is our choice, and each pair of rooms has one scale. No loss is drawn.',
  ];
}
