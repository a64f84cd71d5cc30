// The two-weight network's loss as a surface, exact: no projection, every height is the formula's.
import { figureOf } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { moment, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { suitableHeight } from '../surface/surface-layout.ts';
import { openSurfaceFigure } from '../surface/surface-figure.ts';
import type { SurfaceData, SurfacePath } from '../surface/surface-data.ts';
import { viewpointField } from '../surface/viewpoint.ts';

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

export const twoWeightsSurfaceState = {
  /** Shows the paths up to this step; null for the whole way. */
  until: moment(),
  selected: pickedNetwork(),
  /** Where a reader looks from. */
  eye: viewpointField(),
};
export type TwoWeightsSurfaceState = StateOf<typeof twoWeightsSurfaceState>;

interface View {
  readonly surface: SurfaceData;
  readonly extent: number;
  readonly ceiling: number;
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

const viewOf = (data: TwoWeightsSurfaceData, state: TwoWeightsSurfaceState): View => ({
  surface: surfaceOf(data, state),
  extent: data.extent,
  ceiling: data.ceiling,
});

function describe({ surface, extent, ceiling }: View): string {
  const walks = surface.paths.map(({ points, diverged }) => {
    const [start, end] = [points[0], points.at(-1)];
    if (!start || !end) return '';
    const at = ([a, b]: readonly number[]) =>
      `(${formatNumber(a ?? NaN)}, ${formatNumber(b ?? NaN)})`;
    const fate = diverged ? 'and diverges' : `to ${at(end)}, loss ${formatNumber(end[2])}`;
    return ` A path of ${points.length - 1} steps leads from ${at(start)}, loss ${formatNumber(start[2])}, ${fate}.`;
  });
  return (
    `Exact surface of the loss \u00bd(ab \u2212 1)\u00b2 for weights from \u2212${formatNumber(extent)} to ${formatNumber(extent)}: ` +
    `two valleys along ab = 1 where it is 0, a saddle at the origin where it is 0.5; heights above ${formatNumber(ceiling)} are cut flat.${walks.join('')}`
  );
}

export const twoWeightsSurface = figureOf<TwoWeightsSurfaceData, TwoWeightsSurfaceState, View>(
  {
    name: 'two-weights-surface',
    state: twoWeightsSurfaceState,
    height: suitableHeight,
    view: viewOf,
    describe,
  },
  (container, data, state, environment) =>
    openSurfaceFigure({
      container,
      data,
      state,
      environment,
      home,
      contentOf: (shown, at) => {
        const view = viewOf(shown, at);
        return { surface: view.surface, selected: at.selected, label: describe(view) };
      },
    }),
);
