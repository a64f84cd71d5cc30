// One slice of one network, nine times: at three radii and with three rulers. Only the mood changes.
import { defineFigure } from '../kit/define-figure.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { placeRadius, radiusHeight, radiusLayers } from './radius-layers.ts';
import {
  cutTo,
  radii,
  radiusAndRulerState,
  radiusNames,
  rulerName,
  rulers,
  viewOfRadius,
  type RadiusAndRulerState,
  type RadiusView,
} from './radius-slices.ts';

function describe({ plane }: RadiusView, { radius, ruler }: RadiusAndRulerState): string {
  const cut = cutTo(plane, radius);
  return (
    `Training loss around one network on one plane of two random directions, drawn nine times: at radius 1, a half and a quarter, with a linear, a logarithmic and a clipped colour scale. ` +
    `Large: radius ${radiusNames[radius]}, ${rulerName(ruler, plane)}, ${cut.xs.length} by ${cut.ys.length} points, ` +
    `losses from ${formatNumber(cut.low)} to ${formatNumber(cut.high)} nats. All nine show the same evaluated losses.`
  );
}

const table = ({ plane }: RadiusView): FigureTable => ({
  columns: [
    { name: 'radius', unit: "lengths of the network's weights" },
    { name: 'points a side' },
    { name: 'lowest loss', unit: 'nats' },
    { name: 'highest loss', unit: 'nats' },
    { name: 'highest over lowest' },
  ],
  rows: radii.map((radius) => {
    const cut = cutTo(plane, radius);
    return [radius, cut.xs.length, cut.low, cut.high, cut.high / cut.low];
  }),
});

const controls = (): FigureControl[] => [
  {
    key: 'radius',
    name: 'Radius',
    kind: 'choice',
    options: radii.map((value) => ({ value, text: radiusNames[value] })),
  },
  {
    key: 'ruler',
    name: 'Scale',
    kind: 'choice',
    options: rulers.map((value) => ({ value, text: value })),
  },
];

function fidelity({ plane, provider }: RadiusView, { radius }: RadiusAndRulerState): string[] {
  const cut = cutTo(plane, radius);
  return [
    `A plane of two random directions through the trained network, each scaled filter by filter to the network's own weights; radius: ${plane.slice.radius}.`,
    `All nine panels are cut from one grid of ${plane.size} by ${plane.size} evaluated points; here ${cut.xs.length} by ${cut.ys.length} of them. None was interpolated.`,
    `Training loss, computed on ${provider}. The solid dot lies on the plane: its height is exact.`,
    'Linear and log scales run from the lowest to the highest loss of their own panel; the clipped one is the same in every panel.',
  ];
}

export const radiusAndRuler = defineFigure({
  name: 'radius-and-ruler',
  state: radiusAndRulerState,
  height: radiusHeight,
  view: viewOfRadius,
  scene: placeRadius,
  layers: radiusLayers,
  describe,
  table,
  controls,
  fidelity,
});
