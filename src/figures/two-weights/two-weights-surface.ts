// The two-weight network's loss as a surface, exact: no projection, every height is the formula's.
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { suitableHeight } from '../surface/surface-scene.ts';
import { openSurfaceFigure } from '../surface/surface-figure.ts';
import type { SurfaceData, SurfacePath } from '../surface/surface-data.ts';

/** One descent: weights (a, b) step by step, the start first. */
export interface TwoWeightsPath {
  readonly points: readonly (readonly [a: number, b: number])[];
  readonly diverged: boolean;
}

export interface TwoWeightsSurfaceData {
  readonly paths: readonly TwoWeightsPath[];
  /** The square shown is [-extent, extent] in both weights. */
  readonly extent: number;
  /** Higher losses are cut flat here, and the picture says so. */
  readonly ceiling: number;
}

export interface TwoWeightsSurfaceState {
  /** Shows the paths up to this step; null for the whole way. */
  readonly until: number | null;
  readonly selected: number | null;
}

/** Loss of the network y = a b x on the one example (1, 1): (ab - 1)^2 / 2. */
export const twoWeightLoss = (a: number, b: number): number => (a * b - 1) ** 2 / 2;

/** Along the line a = b, over the lower hill: both valleys and the saddle between them are in sight. */
const home = { azimuth: -0.72, elevation: 0.72, zoom: 1 } as const;

/** Odd, so that the saddle at the origin is a point of the grid. */
const gridSize = 121;

interface Square {
  readonly axis: Float64Array;
  readonly heights: Float64Array;
}
/** The surface depends on the square alone: dragging a start does not compute it again. */
const squares = new Map<number, Square>();

function squareOf(extent: number): Square {
  const known = squares.get(extent);
  if (known) return known;
  const axis = Float64Array.from(
    { length: gridSize },
    (_, i) => extent * ((2 * i) / (gridSize - 1) - 1),
  );
  const heights = new Float64Array(gridSize * gridSize);
  axis.forEach((b, row) => {
    axis.forEach((a, column) => {
      heights[row * gridSize + column] = twoWeightLoss(a, b);
    });
  });
  const square = { axis, heights };
  squares.set(extent, square);
  return square;
}

function surfaceOf(data: TwoWeightsSurfaceData, state: TwoWeightsSurfaceState): SurfaceData {
  const { axis, heights } = squareOf(data.extent);
  return {
    xs: axis,
    ys: axis,
    heights,
    paths: data.paths.map(({ points, diverged }, network): SurfacePath => {
      const shown = state.until === null ? points : points.slice(0, state.until + 1);
      return {
        points: shown.map(([a, b]) => [a, b, twoWeightLoss(a, b)]),
        network,
        diverged: diverged && shown.length === points.length,
      };
    }),
    labels: { x: 'Weight a', y: 'Weight b', h: 'Loss \u00bd(ab \u2212 1)\u00b2' },
    heightScale: { clip: data.ceiling },
    good: 'low',
  };
}

function describe(data: TwoWeightsSurfaceData, state: TwoWeightsSurfaceState): string {
  const walks = surfaceOf(data, state).paths.map(({ points, diverged }) => {
    const [start, end] = [points[0], points.at(-1)];
    if (!start || !end) return '';
    const at = ([a, b]: readonly number[]) =>
      `(${formatNumber(a ?? NaN)}, ${formatNumber(b ?? NaN)})`;
    const fate = diverged ? 'and diverges' : `to ${at(end)}, loss ${formatNumber(end[2])}`;
    return ` A path of ${points.length - 1} steps leads from ${at(start)}, loss ${formatNumber(start[2])}, ${fate}.`;
  });
  return (
    `Exact surface of the loss \u00bd(ab \u2212 1)\u00b2 for weights from \u2212${formatNumber(data.extent)} to ${formatNumber(data.extent)}: ` +
    `two valleys along ab = 1 where it is 0, a saddle at the origin where it is 0.5; heights above ${formatNumber(data.ceiling)} are cut flat.${walks.join('')}`
  );
}

export const twoWeightsSurface: Figure<TwoWeightsSurfaceData, TwoWeightsSurfaceState> = {
  name: 'two-weights-surface',
  initial: { until: null, selected: null },
  height: suitableHeight,
  draw: (container, data, state, environment) =>
    openSurfaceFigure({
      container,
      data,
      state,
      environment,
      home,
      contentOf: (shown, at) => ({
        surface: surfaceOf(shown, at),
        selected: at.selected,
        label: describe(shown, at),
      }),
    }),
  describe,
};
