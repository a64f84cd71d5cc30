// The data and the state of the map of two weights, and where the map stands.
import { scaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import type { FigureEnvironment } from '../kit/figure.ts';
import type { Point } from '../kit/path.ts';
import { moment, type StateOf } from '../kit/state-fields.ts';
import type { Stage } from '../kit/stage.ts';

/** Everything the map shows; the numbers come from whoever knows the formula. */
export interface TwoWeightsMapData {
  /** Grid coordinates of both weights, from -extent to extent. */
  readonly axis: ArrayLike<number>;
  /** `[axis.length, axis.length]`, rows follow b. */
  readonly heights: ArrayLike<number>;
  /** Lines of minima. */
  readonly valleys: readonly (readonly Point[])[];
  /** Descent, (a, b) step by step, the start first. */
  readonly walk: readonly Point[];
  readonly losses: readonly number[];
  readonly diverged: boolean;
  /** Where infinitely small steps would lead from the same start. */
  readonly flow: readonly Point[];
}

export const twoWeightsMapState = {
  /** Shows the walk up to this step; null for all of it. */
  until: moment(),
};
export type TwoWeightsMapState = StateOf<typeof twoWeightsMapState>;

export type TwoWeightsScene = ReturnType<typeof placeMap>;

interface MapGeometry {
  readonly box: Box;
  readonly extent: number;
}

const footHeight = 132;

export function mapGeometry(
  { axis }: TwoWeightsMapData,
  { width, height }: Pick<FigureEnvironment, 'width' | 'height'>,
): MapGeometry {
  const side = Math.max(80, Math.min(width - 40 - 12, height - 26 - footHeight));
  const left = 40 + (width - 52 - side) / 2;
  return {
    box: { left, right: left + side, top: 26, bottom: 26 + side },
    extent: axis[axis.length - 1]!,
  };
}

export function placeMap(
  data: TwoWeightsMapData,
  stage: Stage<TwoWeightsMapData, TwoWeightsMapState>,
) {
  const { state, environment, width } = stage;
  const { box, extent } = mapGeometry(data, environment);
  stage.setHeight(box.bottom + footHeight);
  const x = scaleLinear([-extent, extent], [box.left, box.right]);
  const y = scaleLinear([-extent, extent], [box.bottom, box.top]);
  const last = data.walk.length - 1;
  const [startA, startB] = data.walk[0] ?? [0, 0];
  // The words stand beside the middle of the branch, or farther along where the start would cover them.
  const nameAt: Point = Math.hypot(startA - 1.5, startB - 1.1) < 0.7 ? [0.62, 1.9] : [1.12, 1.12];
  return {
    data,
    width,
    box,
    x,
    y,
    at: ([a, b]: Point): Point => [x(a), y(b)],
    nameAt,
    /** The step that the walk is shown up to; between two it need not be whole. */
    until: Math.max(0, Math.min(state.until ?? last, last)),
  };
}
