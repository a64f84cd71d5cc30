// The map of two weights in words, as a table, how far to trust it, and what a reader may change.
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import type { Point } from '../kit/path.ts';
import type { TwoWeightsMapData, TwoWeightsMapState } from './two-weights-map-scene.ts';

export function describeMap(data: TwoWeightsMapData, state: TwoWeightsMapState): string {
  const last = data.walk.length - 1;
  const shown = Math.round(Math.min(state.until ?? last, last));
  const write = (point: Point | undefined): string =>
    point === undefined ? '' : `(${formatNumber(point[0])}, ${formatNumber(point[1])})`;
  return (
    'Map of the loss ½(ab − 1)² over both weights: two curved valleys along ab = 1, where it is 0, and a saddle at the origin, where it is 0.5. ' +
    `Descent from ${write(data.walk[0])}, loss ${formatNumber(data.losses[0] ?? NaN)}, ` +
    `is at ${write(data.walk[shown])} after ${shown} steps, loss ${formatNumber(data.losses[shown] ?? NaN)}` +
    `${data.diverged && shown === last ? ', and diverges' : ''}.`
  );
}

export function tableOfMap(data: TwoWeightsMapData, state: TwoWeightsMapState): FigureTable {
  const last = Math.floor(state.until ?? data.walk.length - 1);
  return {
    columns: [{ name: 'Step' }, { name: 'Weight a' }, { name: 'Weight b' }, { name: 'Loss' }],
    rows: data.walk
      .slice(0, last + 1)
      .map(([a, b], step) => [step, a, b, data.losses[step] ?? null]),
  };
}

export const controlsOfMap = (data: TwoWeightsMapData): FigureControl[] => [
  {
    key: 'until',
    name: 'Step',
    kind: 'play',
    options: data.walk.map((_, step) => ({
      value: step === data.walk.length - 1 ? null : step,
      text: String(step),
    })),
  },
];

export const fidelityOfMap = (): string[] => [
  'Both axes are the weights themselves: nothing is projected, every walker is on the map, and a loss read off the map is the loss.',
  'The loss is evaluated on a grid of the weights; contour lines lie between grid points, and the colours are in equal ratios.',
];
