// Layouts of the same networks in words, as a table, how far to trust them, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { layoutsOf, nearestOnPaper, type ProjectedLayout } from './projection-layouts.ts';
import type { ProjectionViewsState } from './projection-views-scene.ts';

/** A network's nearest neighbour in each picture. */
export function nearestText(
  panels: readonly ProjectedLayout[],
  networks: readonly number[],
  network: number,
): string {
  const row = networks.indexOf(network);
  if (row < 0) return `network ${network} diverged and is in no picture`;
  const names = panels.map((panel) => {
    const near = nearestOnPaper(panel, row, 1)[0]!;
    return `${networks[near]} in ${panel.title.method} of ${panel.title.of.toLowerCase()}`;
  });
  return `network ${network}; nearest to it: ${names.join(', ')}`;
}

export function describeLayouts(
  panels: readonly ProjectedLayout[],
  state: ProjectionViewsState,
): string {
  const each = panels.map(({ title, result: { quality } }) =>
    state.revealed
      ? `${title.method} of ${title.of.toLowerCase()}: trustworthiness ${quality.trustworthiness.toFixed(2)}, by chance ${quality.chance.trustworthiness.toFixed(2)}`
      : `${title.method} of ${title.of.toLowerCase()}`,
  );
  return `${panels[0]!.networks.length} trained networks laid out on a plane. ${each.join('; ')}.`;
}

export function tableOfLayouts(panels: readonly ProjectedLayout[]): FigureTable {
  const networks = panels[0]?.networks ?? [];
  return {
    columns: [
      { name: 'Network' },
      ...panels.flatMap(({ title }) =>
        [1, 2].map((axis) => ({ name: `${title.of}, ${title.method}, axis ${axis}` })),
      ),
    ],
    rows: networks.map((network, i) => [
      network,
      ...panels.flatMap(({ result }) => {
        const { values } = result.coordinates;
        return [values[2 * i]!, values[2 * i + 1]!];
      }),
    ]),
  };
}

export function controlsOfLayouts(data: StudyDisplay): FigureControl[] {
  const layouts = layoutsOf(data);
  const things = [...new Set(layouts.map(({ of }) => of))];
  if (things.length < 2) return [];
  const rows = things.map((thing) => {
    const own = layouts.filter(
      ({ of, result }) =>
        of === thing && !(of !== 'predictions' && result.method === 'classical-scaling'),
    );
    return {
      value: own.map(({ name }) => name).join(' '),
      text: own[0]!.title.of.toLowerCase(),
    };
  });
  const options = [{ value: null, text: 'weights and predictions' }, ...rows];
  return [{ key: 'panels', name: 'Lay out by', kind: 'choice', options }];
}

export function fidelityOfLayouts(panels: readonly ProjectedLayout[]): readonly string[] {
  const k = panels[0]!.result.quality.neighbours;
  const each = panels.map(({ title, result: { quality, explained } }) => {
    const { trustworthiness, continuity, chance } = quality;
    const share =
      explained === null
        ? ''
        : `, ${formatShare((explained[0] ?? 0) + (explained[1] ?? 0))} of the spread`;
    return `${title.of}, ${title.method}: ${formatNumber(trustworthiness)} and ${formatNumber(continuity)} (chance ${formatNumber(chance.trustworthiness)} and ${formatNumber(chance.continuity)})${share}`;
  });
  return [
    `Trustworthiness and continuity of the ${k} nearest neighbours, 1 if all are kept; chance deals the same places out at random. ${each.join('; ')}.`,
    'Nothing lies between the dots: t-SNE and UMAP have no way back from the paper to weights, so no loss is drawn there.',
  ];
}
