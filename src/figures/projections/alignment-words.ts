// The cloud of networks in words and numbers, how far its planes can be trusted, and what a reader may change.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { absence, viewOf, words, type AlignmentCloudState, type Cloud } from './alignment-view.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';

export function describe(data: StudyDisplay, state: AlignmentCloudState): string {
  const view = viewOf(data);
  if (view === null) return absence;
  const { raw, aligned } = view.clouds;
  const share = ({ shares }: Cloud): string => formatShare(shares[0] + shares[1]);
  return (
    `${view.networks.length} trained networks on the plane of their two leading principal components, ${words[state.aligned]}. ` +
    `Their typical distance from the middle is ${formatNumber(raw.radius)} as trained and ${formatNumber(aligned.radius)} aligned. ` +
    `The plane holds ${share(raw)} of the variance as trained and ${share(aligned)} aligned; of a cloud equally wide in all directions it would hold about ${formatShare(view.chance)}.`
  );
}

export function table(data: StudyDisplay): FigureTable {
  const view = viewOf(data);
  const columns = (['raw', 'aligned'] as const).flatMap((name) =>
    [1, 2].map((axis) => ({ name: `component ${axis}, ${words[name]}`, unit: 'weight distance' })),
  );
  return {
    columns: [{ name: 'network' }, ...columns],
    rows:
      view?.networks.map((network, k) => [
        network,
        ...view.clouds.raw.points[k]!,
        ...view.clouds.aligned.points[k]!,
      ]) ?? [],
  };
}

export const controls = (): readonly FigureControl[] => [
  {
    key: 'aligned',
    name: 'Hidden units',
    kind: 'choice',
    options: (['raw', 'aligned'] as const).map((value) => ({ value, text: words[value] })),
  },
];

export function fidelity(data: StudyDisplay): readonly string[] {
  const view = viewOf(data);
  if (view === null) return [];
  const { raw, aligned } = view.clouds;
  const share = ({ shares }: Cloud): string => formatShare(shares[0] + shares[1]);
  return [
    `The planes hold ${share(raw)} (as trained) and ${share(aligned)} (aligned) of the variance; of ${view.networks.length} points equally spread in all ${formatNumber(view.parameters)} directions a plane would hold about ${formatShare(view.chance)}.`,
    'They are two different planes: between them the dots move on straight lines that no network walks.',
    'No loss is drawn.',
  ];
}
