// Four measures of curvature, side by side, for small and large batches at each weight decay.
import { defineFigure } from '../kit/define-figure.ts';
import type { EstimateWithInterval } from '../kit/estimate-text.ts';
import type { FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking } from '../kit/stage.ts';
import {
  hessianMeasuresState,
  measureGridOf,
  measures,
  valuesOf,
  type MeasureGrid,
} from './hessian-measures-data.ts';
import {
  measuresHeight,
  measuresLayers,
  networkPoints,
  placeMeasures,
  type MeasuresScene,
} from './hessian-measures-layers.ts';

function pickNetworks(scene: MeasuresScene): Picking {
  const { panels, cells, networks, selected } = scene;
  function* marks(): Generator<readonly [number, Point]> {
    for (const panel of panels)
      for (const cell of cells)
        for (const [place, point] of networkPoints(scene, panel, cell).entries())
          yield [cell.curvature.networks[place]!, point];
  }
  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 12),
    say: (network) => {
      const values = cells.flatMap(({ title, curvature }) => {
        const place = curvature.networks.indexOf(network);
        if (place < 0) return [];
        const value = valuesOf(curvature, 'largestEigenvalue')[place]!;
        return [`largest eigenvalue ${formatNumber(value)} with ${title}`];
      });
      return `network ${network}: ${values.join(', ')}`;
    },
  };
}

const estimate = ({ value, interval }: EstimateWithInterval): string =>
  `${formatNumber(value)} (${interval.map(formatNumber).join(' to ')})`;

function describe({ cells }: MeasureGrid): string {
  const parts = cells.map(
    ({ title, curvature: { means } }) =>
      `With ${title}: ${measures.map(({ key, short }) => `${short.toLowerCase()} ${estimate(means[key])}`).join(', ')}.`,
  );
  return `Four measures of curvature at the end of training, means over ${cells[0]!.curvature.networks.length} networks with 95% intervals. ${parts.join(' ')}`;
}

const table = ({ cells }: MeasureGrid): FigureTable => ({
  columns: [
    { name: 'condition' },
    ...measures.flatMap(({ short }) => [
      { name: short },
      { name: `${short}, interval from` },
      { name: `${short}, interval to` },
    ]),
  ],
  rows: cells.map(({ title, curvature: { means } }) => [
    title,
    ...measures.flatMap(({ key }) => [means[key].value, ...means[key].interval]),
  ]),
});

export const hessianMeasures = defineFigure({
  name: 'hessian-measures',
  state: hessianMeasuresState,
  height: () => measuresHeight(3),
  view: measureGridOf,
  scene: placeMeasures,
  layers: measuresLayers,
  picking: pickNetworks,
  describe,
  table,
});
