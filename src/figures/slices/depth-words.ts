// The depth figure in words, as a table, how far it can be trusted, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  depthGridOf,
  type DepthCell,
  type DepthGrid,
  type DepthConvexityState,
  type DepthView,
} from './depth-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';

export const meanOfDepth = ({ convexity }: DepthCell, { show }: DepthConvexityState) =>
  convexity.means[show === 'loss' ? 'negativeShare' : 'curvatureRatio'];

/** Before a guess, residual networks are a question; the controls with swapped starts come when they are asked for. */
export function isDepthKnown(
  { kind, column }: DepthCell,
  { columns }: DepthGrid,
  { revealed, unscaled }: DepthConvexityState,
): boolean {
  if (columns[column]!.isUnscaled) return revealed && unscaled;
  return kind === 'plain' || revealed;
}

export function describeDepth(grid: DepthView, state: DepthConvexityState): string {
  const what =
    state.show === 'loss'
      ? 'Training loss on a plane through the first network of each architecture, and the share of such planes on which the loss curves down in some direction'
      : 'How large the smallest Hessian eigenvalue is beside the largest, signs aside, on planes through networks of each architecture: 0 where the loss bends only up';
  const told = grid.cells
    .filter((cell) => isDepthKnown(cell, grid, state))
    .map((cell) => {
      const { value, interval } = meanOfDepth(cell, state);
      return `${cell.title}: ${formatNumber(value)} (95% interval ${formatNumber(interval[0])} to ${formatNumber(interval[1])})`;
    });
  return `${what}. Means over networks: ${told.join('; ')}.`;
}

export function tableOfDepth(grid: DepthView, state: DepthConvexityState): FigureTable {
  const estimates = (name: string) => [
    { name },
    { name: `${name}, interval from` },
    { name: `${name}, interval to` },
  ];
  return {
    columns: [
      { name: 'architecture' },
      { name: 'hidden layers' },
      ...estimates('|smallest / largest| eigenvalue'),
      ...estimates('share that curves down'),
      { name: 'highest loss on the plane of the first network', unit: 'nats' },
    ],
    rows: grid.cells
      .filter((cell) => isDepthKnown(cell, grid, state))
      .map(({ title, convexity: { depth, means, loss } }) => [
        title,
        depth,
        means.curvatureRatio.value,
        ...means.curvatureRatio.interval,
        means.negativeShare.value,
        ...means.negativeShare.interval,
        loss.values.reduce((most, value) => (value > most ? value : most), -Infinity),
      ]),
  };
}

export function fidelityOfDepth(grid: DepthView, state: DepthConvexityState): readonly string[] {
  const { provider } = grid.data;
  const planes = `Each plane passes through its network, along two random directions given the norms of that network's own filters, and reaches ${formatNumber(grid.radius)} of these norms to each side; it is a slice, no projection.`;
  if (state.show === 'loss')
    return [
      planes,
      `Training loss, evaluated at ${grid.gridSize} by ${grid.gridSize} points of the plane of the first network, computed on ${provider}; contour lines are drawn between points. One logarithmic colour scale for all maps.`,
    ];
  return [
    planes,
    `The Hessian of the training loss has its largest and smallest eigenvalue computed, in all directions and not only those of the plane, at ${grid.hessianSize} by ${grid.hessianSize} points, on ${provider}; each square is one point, and nothing is interpolated.`,
    state.selected === null
      ? `Squares are means over the planes of ${grid.hessianNetworks} networks.`
      : `Squares are of the plane of network ${state.selected}.`,
  ];
}

export function controlsOfDepth(data: StudyDisplay): readonly FigureControl[] {
  const grid = depthGridOf(data);
  if (grid === null) return [];
  const networks = grid.cells[0]!.convexity.networks.slice(0, grid.hessianNetworks);
  return [
    {
      key: 'show',
      name: 'Maps',
      kind: 'choice',
      options: [
        { value: 'ratio', text: 'where it bends down' },
        { value: 'loss', text: 'the loss' },
      ],
    },
    {
      key: 'selected',
      name: 'Plane',
      kind: 'choice',
      options: [
        { value: null, text: 'mean of all' },
        ...networks.map((network) => ({ value: network, text: `network ${network}` })),
      ],
    },
  ];
}
