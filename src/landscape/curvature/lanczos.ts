// Lanczos tridiagonalisation of many symmetric operators side by side, known only by their products with vectors.
import { randomStream } from '../../learning/random.ts';
import { orthonormaliseRow } from '../orthonormal.ts';
import { expectLength, expectWhole } from './expectations.ts';

/** A v of M symmetric operators at once: vectors `[M, P]` in, products `[M, P]` out. */
export type Multiply = (vectors: Float32Array) => Promise<Float32Array>;

export interface LanczosOptions {
  readonly multiply: Multiply;
  /** M. */
  readonly operators: number;
  /** P. */
  readonly dimension: number;
  /** `[M, P]`, where each operator begins; normalised here, and not 0. */
  readonly start: Float32Array;
  /** Products at most; no more than P are taken, which span the whole space. */
  readonly steps: number;
  /** For the directions in which an operator goes on where its Krylov space has closed. */
  readonly seed: number;
  /** Asked after each step, the last among them; true ends the iteration early. */
  readonly isEnough?: (state: Krylov) => boolean;
}

/** With V the basis, `A V = V T + (what the last beta leaves)`, T tridiagonal of alpha and beta. */
export interface Krylov {
  readonly operators: number;
  readonly dimension: number;
  /** Numbers kept for each operator: the length of a row below. */
  readonly capacity: number;
  /** Steps taken, at most `capacity`; rows are filled up to here. */
  readonly steps: number;
  /** `[M, capacity]`, the diagonal of T; NaN from the step on in which an operator's product was not finite. */
  readonly alpha: Float64Array;
  /** `[M, capacity]`: beta[k] joins basis vectors k and k + 1; the last is the length of what they leave. */
  readonly beta: Float64Array;
  /** `[M, capacity, P]`, orthonormal rows. */
  readonly basis: Float64Array;
}

/**
 * Below this share of the operator's norm, what a step leaves is the rounding of float32 products, and the space is
 * taken as invariant. To drop it moves no eigenvalue by more than that share.
 */
const breakdownTolerance = 1e-6;

/**
 * The Lanczos iteration (Lanczos 1950; Golub and Van Loan, Matrix Computations, section 10.1) with full
 * reorthogonalisation, twice: `w = A v_k - alpha_k v_k - beta_(k-1) v_(k-1)`, `alpha_k = v_k . A v_k`,
 * `beta_k = |w|`, `v_(k+1) = w / beta_k`. The products are float32, all else is float64.
 *
 * Where the space closes (beta is rounding), beta is 0 and the operator goes on from a random vector orthogonal to
 * the basis: T falls into blocks, whose eigenvalues are still those of A, repeated ones among them.
 * An operator whose product is not finite gets NaN and takes no further part; the others go on.
 * The basis takes 8 M P steps bytes.
 * @throws RangeError where the sizes do not fit, or a start is 0 or not finite.
 */
export async function lanczos(options: LanczosOptions): Promise<Krylov> {
  const { multiply, operators: M, dimension: P, start, seed, isEnough } = options;
  expectWhole(M, 1, Infinity, 'lanczos: operators');
  expectWhole(P, 1, Infinity, 'lanczos: dimension');
  expectWhole(options.steps, 1, Infinity, 'lanczos: steps');
  expectLength(start, M * P, 'lanczos: start');
  const capacity = Math.min(options.steps, P);
  const alpha = new Float64Array(M * capacity);
  const beta = new Float64Array(M * capacity);
  const basis = new Float64Array(M * capacity * P);
  const columns = Array.from({ length: M }, (_, m) => {
    const own = (all: Float64Array, width: number) =>
      all.subarray(m * capacity * width, (m + 1) * capacity * width);
    return { alpha: own(alpha, 1), beta: own(beta, 1), basis: own(basis, P), norm: 0, lost: false };
  });
  for (const [m, { basis: rows }] of columns.entries()) {
    rows.set(start.subarray(m * P, (m + 1) * P));
    orthonormaliseRow(rows, 0, P);
    if (rows.subarray(0, P).every(Number.isFinite)) continue;
    throw new RangeError(
      `lanczos: start ${m} has no direction: expected ${P} finite numbers, not all 0`,
    );
  }
  for (let k = 0; ; k++) {
    const vectors = new Float32Array(M * P);
    for (const [m, { basis: rows }] of columns.entries())
      vectors.set(rows.subarray(k * P, (k + 1) * P), m * P);
    const products = await multiply(vectors);
    expectLength(products, M * P, 'lanczos: what multiply gave back');
    for (const [m, column] of columns.entries()) {
      takeStep(column, Float64Array.from(products.subarray(m * P, (m + 1) * P)), k, P, seed);
    }
    const state = { operators: M, dimension: P, capacity, steps: k + 1, alpha, beta, basis };
    const enough = isEnough?.(state) ?? false;
    if (enough || k + 1 === capacity) return state;
  }
}

interface Column {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly basis: Float64Array;
  /** A lower bound of the operator's norm, from T so far. */
  norm: number;
  lost: boolean;
}

/** From A v_k (overwritten) to alpha_k, beta_k and v_(k+1). */
function takeStep(column: Column, w: Float64Array, k: number, P: number, seed: number): void {
  const { alpha, beta, basis } = column;
  alpha[k] = column.lost ? NaN : dotRow(w, basis, k, P);
  if (!Number.isFinite(alpha[k])) {
    column.lost = true;
    alpha[k] = beta[k] = NaN;
    return;
  }
  subtractRow(w, alpha[k]!, basis, k, P);
  if (k > 0) subtractRow(w, beta[k - 1]!, basis, k - 1, P);
  for (let pass = 0; pass < 2; pass++)
    for (let row = 0; row <= k; row++) subtractRow(w, dotRow(w, basis, row, P), basis, row, P);
  const left = Math.sqrt(w.reduce((sum, value) => sum + value * value, 0));
  column.norm = Math.max(column.norm, Math.hypot(alpha[k]!, left, beta[k - 1] ?? 0));
  const closed = k + 1 === P || left <= breakdownTolerance * column.norm;
  beta[k] = closed ? 0 : left;
  const next = k + 1;
  if (next * P === basis.length) return;
  if (closed) {
    // The same for every operator, so that a network's result does not hang on those beside it.
    const stream = randomStream(seed, 'lanczos-restart', next);
    for (let p = 0; p < P; p++) basis[next * P + p] = stream.normal();
    orthonormaliseRow(basis, next, P);
  } else {
    for (let p = 0; p < P; p++) basis[next * P + p] = w[p]! / left;
  }
}

function dotRow(vector: Float64Array, rows: Float64Array, row: number, P: number): number {
  const first = row * P;
  let sum = 0;
  for (let p = 0; p < P; p++) sum += vector[p]! * rows[first + p]!;
  return sum;
}

function subtractRow(
  vector: Float64Array,
  factor: number,
  rows: Float64Array,
  row: number,
  P: number,
): void {
  const first = row * P;
  for (let p = 0; p < P; p++) vector[p]! -= factor * rows[first + p]!;
}
