// Where a plane through the loss bends upwards every way, and where it does not.
import { dimensionsOf, gramOf } from './frame.ts';
import { spacingOf } from './slice.ts';
import type { Slice } from './slice.ts';

export interface GridConvexity {
  /** Inner grid points: `[ny - 2, nx - 2]`, the rim having no neighbours to compare with. */
  readonly shape: readonly [rows: number, columns: number];
  /** Principal curvatures per unit of weight-space distance, row by row; NaN beside losses that are not finite. */
  readonly smallest: Float32Array;
  readonly largest: Float32Array;
  /** `|smallest / largest|`. */
  readonly ratio: Float32Array;
  /** Share of the points whose smallest curvature is below minus its own tolerance; NaN of no points. */
  readonly negativeShare: number;
  /** How many points that is a share of. */
  readonly counted: number;
  /** Median tolerance: the curvature that rounding of the losses alone can feign. */
  readonly tolerance: number;
}

/** Relative error granted to a loss: eight units in the last place of single precision. */
const standardRounding = 2 ** -20;

/**
 * Principal curvatures of a plane at its inner grid points.
 *
 * The Hessian H in the slice's coordinates is that of central differences: `f_xx = (f(x+h) - 2 f + f(x-h)) / h^2`,
 * likewise f_yy, and `f_xy = (f(++) - f(+-) - f(-+) + f(--)) / (4 hx hy)`, exact for a quadratic loss. Curvatures are
 * the eigenvalues of `H v = lambda G v`, G `[2, 2]` the dot products of the two directions, so that lengths and
 * angles of directions that are not orthonormal do not matter: of a quadratic loss with Hessian A, those of A within
 * the plane, Q A Q'.
 *
 * A curvature counts as negative below `-tolerance`, with
 * `tolerance = rounding * max |f| * (4 / hx^2 + 4 / hy^2 + 1 / (hx hy)) * |G^-1|` over the 3 by 3 points.
 *
 * Li et al. 2018, section 6, map the ratio of the extreme eigenvalues of the whole Hessian; these are those of the
 * plane alone. A negative one proves that the loss is not convex there; positive ones prove nothing about the
 * directions that the plane leaves out.
 */
export function gridConvexity(slice: Slice, rounding = standardRounding): GridConvexity {
  const { frame, axes, loss } = slice;
  if (dimensionsOf(frame) !== 2)
    throw new RangeError(
      `a map of convexity was asked of a slice of ${dimensionsOf(frame)} dimensions: expected a plane`,
    );
  const [nx, ny] = axes.map(({ length }) => length) as [number, number];
  if (nx < 3 || ny < 3)
    throw new RangeError(
      `a map of convexity was asked of a grid of ${nx} by ${ny} points: expected at least 3 a side`,
    );
  const [hx, hy] = axes.map(spacingOf) as [number, number];
  const metric = metricOf(gramOf(frame));
  const amplification = rounding * (4 / hx ** 2 + 4 / hy ** 2 + 1 / (hx * hy)) * metric.inverseNorm;
  const [rows, columns] = [ny - 2, nx - 2];
  const smallest = new Float32Array(rows * columns);
  const largest = new Float32Array(rows * columns);
  const tolerances = new Float64Array(rows * columns);
  let [counted, negative] = [0, 0];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const f = (dx: number, dy: number): number => loss[(row + 1 + dy) * nx + column + 1 + dx]!;
      const xx = (f(1, 0) - 2 * f(0, 0) + f(-1, 0)) / hx ** 2;
      const yy = (f(0, 1) - 2 * f(0, 0) + f(0, -1)) / hy ** 2;
      const xy = (f(1, 1) - f(1, -1) - f(-1, 1) + f(-1, -1)) / (4 * hx * hy);
      const [low, high] = metric.eigenvalues(xx, xy, yy);
      smallest[at] = low;
      largest[at] = high;
      const heights = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => Math.abs(f(dx, dy))));
      tolerances[at] = amplification * Math.max(...heights);
      if (!Number.isFinite(low)) continue;
      counted++;
      if (low < -tolerances[at]!) negative++;
    }
  const known = tolerances.filter(Number.isFinite).sort();
  return {
    shape: [rows, columns],
    smallest,
    largest,
    ratio: smallest.map((low, i) => Math.abs(low / largest[i]!)),
    negativeShare: counted === 0 ? NaN : negative / counted,
    counted,
    tolerance: known[Math.floor(known.length / 2)] ?? NaN,
  };
}

/**
 * With `G = L L'` (Cholesky), the eigenvalues of `H v = lambda G v` are those of the symmetric `L^-1 H L^-T`.
 * The norm of `L^-T` squared, that of `G^-1`, bounds how much rounding grows on the way.
 */
function metricOf(gram: number[][]) {
  const [a, b] = gram[0] as [number, number];
  const c = gram[1]![1]!;
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const l22 = Math.sqrt(c - l21 * l21);
  const smallestOfGram = (a + c - Math.hypot(a - c, 2 * b)) / 2;
  return {
    inverseNorm: 1 / smallestOfGram,
    eigenvalues(xx: number, xy: number, yy: number): [low: number, high: number] {
      const p = xx / a;
      const q = (xy - l21 * (xx / l11)) / (l11 * l22);
      const r = (yy - (2 * l21 * xy) / l11 + (l21 * l21 * xx) / a) / (l22 * l22);
      const middle = (p + r) / 2;
      const reach = Math.hypot((p - r) / 2, q);
      return [middle - reach, middle + reach];
    },
  };
}
