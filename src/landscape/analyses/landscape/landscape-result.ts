// A landscape as the result of an analysis, and back as figures draw it; apart from the analysis, so that a page need not load how it is made.
import { spreadIndices } from '../../../learning/spread-indices.ts';
import type { Landscape, Plane } from '../../landscape.ts';
import { displayBudget, takeRows } from '../../thin.ts';
import { forComputing, numericArray, type NumericArray } from '../numeric-array.ts';

export interface LandscapeResult extends Pick<
  Landscape,
  'kind' | 'method' | 'explainedVariance' | 'nullExplainedVariance'
> {
  /** `[S]`. */
  readonly snapshotSteps: NumericArray;
  /** `[S, N, 2]`. */
  readonly coordinates: NumericArray;
  /** `[S, N]` each. */
  readonly offPlane: NumericArray;
  readonly trueLoss: NumericArray;
  readonly planeLoss: NumericArray;
  readonly xs: NumericArray;
  readonly ys: NumericArray;
  /** `[ys.length, xs.length]` each. */
  readonly loss: NumericArray;
  readonly testLoss: NumericArray | null;
  readonly accuracy: NumericArray | null;
  /** `[P]`. */
  readonly origin: NumericArray;
  /** `[2, P]`. */
  readonly directions: NumericArray;
}

const fine = { rounding: 'fine' } as const;
const fineLog = { rounding: 'fine', scaling: 'log' } as const;
const exact = { rounding: 'exact' } as const;

/** Where snapshots fall, and the grid. */
export function placed(
  snapshotSteps: ArrayLike<number>,
  { coordinates, offPlane, xs, ys }: Pick<Landscape, 'coordinates' | 'offPlane' | 'xs' | 'ys'>,
) {
  const S = snapshotSteps.length;
  const N = offPlane.length / S;
  return {
    snapshotSteps: numericArray([S], snapshotSteps, exact),
    coordinates: numericArray([S, N, 2], coordinates, fine),
    offPlane: numericArray([S, N], offPlane, fineLog),
    xs: numericArray([xs.length], xs, exact),
    ys: numericArray([ys.length], ys, exact),
  };
}

export function landscapeResult(made: Landscape, { origin, directions }: Plane): LandscapeResult {
  const { kind, method, explainedVariance, nullExplainedVariance, xs, ys } = made;
  const { snapshotSteps, trueLoss, planeLoss, loss, testLoss, accuracy } = made;
  const markers = [snapshotSteps.length, trueLoss.length / snapshotSteps.length];
  const surface = [ys.length, xs.length];
  return {
    ...{ kind, method, explainedVariance, nullExplainedVariance },
    ...placed(snapshotSteps, made),
    trueLoss: numericArray(markers, trueLoss, fineLog),
    planeLoss: numericArray(markers, planeLoss, fineLog),
    loss: numericArray(surface, loss, fineLog),
    testLoss: testLoss && numericArray(surface, testLoss, fineLog),
    accuracy: accuracy && numericArray(surface, accuracy, fine),
    origin: forComputing([origin.length], origin),
    directions: forComputing([2, origin.length], directions),
  };
}

/** As figures draw it. */
export function landscapeFrom(result: LandscapeResult): Landscape {
  const { kind, method, explainedVariance, nullExplainedVariance } = result;
  return {
    ...{ kind, method, explainedVariance, nullExplainedVariance },
    snapshotSteps: Int32Array.from(result.snapshotSteps.values),
    coordinates: result.coordinates.values,
    offPlane: result.offPlane.values,
    trueLoss: result.trueLoss.values,
    planeLoss: result.planeLoss.values,
    xs: result.xs.values,
    ys: result.ys.values,
    loss: result.loss.values,
    testLoss: result.testLoss && result.testLoss.values,
    accuracy: result.accuracy && result.accuracy.values,
  };
}

/** What computations want beside it; a page's copy has none. */
export const planeFrom = ({ origin, directions }: LandscapeResult): Plane => ({
  origin: origin.values,
  directions: directions.values,
});

/** Very fine grids and very many snapshots are thinned, evenly, to half the budget each. */
export function thinned(result: LandscapeResult): LandscapeResult {
  const [S, N] = result.trueLoss.shape as [number, number];
  const surfaces = [result.loss, result.testLoss, result.accuracy];
  const side = Math.sqrt(displayBudget / 2 / (surfaces.filter(Boolean).length * 2));
  const snapshots = spreadIndices(S, displayBudget / 2 / (N * 10 + 4));
  const columns = spreadIndices(result.xs.values.length, side);
  const rows = spreadIndices(result.ys.values.length, side);
  const some = (tensor: NumericArray, chosen: readonly number[]): NumericArray => {
    const [first = 0, ...others] = tensor.shape;
    const width = tensor.values.length / first;
    return {
      ...tensor,
      shape: [chosen.length, ...others],
      values: takeRows(tensor.values, width, chosen),
    };
  };
  const surface = (tensor: NumericArray): NumericArray => {
    const width = result.xs.values.length;
    const values = Float32Array.from({ length: rows.length * columns.length }, (_, at) => {
      const [row, column] = [Math.floor(at / columns.length), at % columns.length];
      return tensor.values[rows[row]! * width + columns[column]!]!;
    });
    return { ...tensor, shape: [rows.length, columns.length], values };
  };
  return {
    ...result,
    snapshotSteps: some(result.snapshotSteps, snapshots),
    coordinates: some(result.coordinates, snapshots),
    offPlane: some(result.offPlane, snapshots),
    trueLoss: some(result.trueLoss, snapshots),
    planeLoss: some(result.planeLoss, snapshots),
    xs: some(result.xs, columns),
    ys: some(result.ys, rows),
    loss: surface(result.loss),
    testLoss: result.testLoss && surface(result.testLoss),
    accuracy: result.accuracy && surface(result.accuracy),
  };
}
