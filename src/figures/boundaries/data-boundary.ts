// The data, and what one network makes of them: probability as shading, the boundary as a line.
import type { PreparedData, RunDisplay } from '../../artifact/display.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { Figure, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { networkControl } from '../kit/quantities.ts';
import type { Picking } from '../kit/stage.ts';
import { agreement, shareOfClass } from './boundary-regions.ts';
import {
  dataBoundaryState,
  dataLayers,
  placeData,
  type DataBoundaryState,
  type DataScene,
} from './data-boundary-layers.ts';

export type { DataBoundaryState } from './data-boundary-layers.ts';

const isPlanar = (data: PreparedData): boolean => data.features === 2 && data.classNames.length > 0;

const absence = (data: PreparedData): string =>
  `A picture of the points needs two features and classes: these have ${data.features === 1 ? 'one feature' : `${data.features} features`}.`;

function describe(run: RunDisplay, state: DataBoundaryState): string {
  const { data } = run;
  const others =
    state.together && run.boundaries !== null
      ? ` Thin lines show where each of ${run.boundaries.classes.length / run.boundaries.size ** 2} networks changes its answer.`
      : '';
  const counts = data.classNames.map(
    (name, index) =>
      `${data.train.labels?.filter((label) => label === index).length ?? 0} of class ${name}`,
  );
  return (
    `${formatNumber(data.train.count)} training points in two features: ${counts.join(', ')}.` +
    (state.selected === null || run.boundaries === null
      ? ''
      : ` Shading shows how likely network ${state.selected} finds each class, the line where it changes its answer.`) +
    others
  );
}

/** The points of both parts. */
function pointTable({ data }: RunDisplay): FigureTable {
  const rows = (['train', 'test'] as const).flatMap((part) => {
    const { inputs, labels, count } = data[part];
    return Array.from({ length: count }, (_, i) => [
      inputs[2 * i]!,
      inputs[2 * i + 1]!,
      data.classNames[labels?.[i] ?? -1] ?? null,
      part === 'train' ? 'training' : 'test',
    ]);
  });
  return {
    columns: [
      { name: data.featureNames[0] ?? 'Feature 0' },
      { name: data.featureNames[1] ?? 'Feature 1' },
      { name: 'Class' },
      { name: 'Part' },
    ],
    rows,
  };
}

/** How far each network's answers on the sheet are those of the picked one. */
function agreementTable({ boundaries }: RunDisplay, state: DataBoundaryState): FigureTable {
  const networks = networksOf({ boundaries });
  const { selected } = state;
  return {
    columns: [
      { name: 'Network' },
      { name: 'Share of the sheet in class 1' },
      ...(selected === null ? [] : [{ name: `Share answered like network ${selected}` }]),
    ],
    rows: Array.from({ length: networks }, (_, n) => [
      n,
      shareOfClass(boundaries!, n, 1),
      ...(selected === null ? [] : [agreement(boundaries!, selected, n)]),
    ]),
  };
}

const networksOf = ({ boundaries }: Pick<RunDisplay, 'boundaries'>): number =>
  boundaries === null ? 0 : boundaries.classes.length / boundaries.size ** 2;

function pickNetworks({ networks, selected }: DataScene): Picking | null {
  if (networks === 0) return null;
  return {
    count: networks,
    columns: 1,
    selected,
    // A pointer over the data points at no network: this picture is picked in by keys and from others.
    nearest: () => null,
    say: (n) => `network ${n}`,
  };
}

export const dataBoundary = defineFigure({
  name: 'data-boundary',
  state: dataBoundaryState,
  height: (width) => Math.round(width < 480 ? width + 34 : Math.min(520, width * 0.78)),
  view: (run: RunDisplay): RunDisplay | string => (isPlanar(run.data) ? run : absence(run.data)),
  scene: placeData,
  layers: dataLayers,
  picking: pickNetworks,
  describe,
  table: pointTable,
  controls: (run) => (networksOf(run) > 0 ? [networkControl(networksOf(run))] : []),
});

/** The same sheet with the boundaries of all networks on it, so that their differences can be seen. */
export const boundariesTogether: Figure<RunDisplay, DataBoundaryState> = {
  ...dataBoundary,
  name: 'boundaries-together',
  initial: { selected: null, together: true },
  table: agreementTable,
};
