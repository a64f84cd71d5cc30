// The cloud of networks in words and numbers, how far its planes can be trusted, and what a reader may change.
import {
  alignmentNames,
  type AlignmentCloudState,
  type AlignmentClouds,
  type Cloud,
} from './alignment-cloud-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';

/** What the plane holds of a cloud. */
const planeShare = ({ shares }: Cloud): string => formatShare(shares[0] + shares[1]);

export function describeClouds(view: AlignmentClouds, state: AlignmentCloudState): string {
  const { raw, aligned } = view.clouds;
  return (
    `${view.networks.length} trained networks on the plane of their two leading principal components, ${alignmentNames[state.aligned]}. ` +
    `Their typical distance from the middle is ${formatNumber(raw.radius)} as trained and ${formatNumber(aligned.radius)} aligned. ` +
    `The plane holds ${planeShare(raw)} of the variance as trained and ${planeShare(aligned)} aligned; of a cloud equally wide in all directions it would hold about ${formatShare(view.chance)}.`
  );
}

export function tableOfClouds({ networks, clouds }: AlignmentClouds): FigureTable {
  const columns = (['raw', 'aligned'] as const).flatMap((name) =>
    [1, 2].map((axis) => ({
      name: `component ${axis}, ${alignmentNames[name]}`,
      unit: 'weight distance',
    })),
  );
  return {
    columns: [{ name: 'network' }, ...columns],
    rows: networks.map((network, k) => [
      network,
      ...clouds.raw.points[k]!,
      ...clouds.aligned.points[k]!,
    ]),
  };
}

export const controlsOfClouds = (): readonly FigureControl[] => [
  {
    key: 'aligned',
    name: 'Hidden units',
    kind: 'choice',
    options: (['raw', 'aligned'] as const).map((value) => ({ value, text: alignmentNames[value] })),
  },
];

export function fidelityOfClouds(view: AlignmentClouds): readonly string[] {
  const { raw, aligned } = view.clouds;
  return [
    `The planes hold ${planeShare(raw)} (as trained) and ${planeShare(aligned)} (aligned) of the variance; of ${view.networks.length} points equally spread in all ${formatNumber(view.parameters)} directions a plane would hold about ${formatShare(view.chance)}.`,
    'They are two different planes: between them the dots move on straight lines that no network walks.',
    'No loss is drawn.',
  ];
}
