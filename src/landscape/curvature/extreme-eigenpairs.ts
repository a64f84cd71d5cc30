// The largest and smallest eigenvalues of many symmetric operators at once, with their eigenvectors, by Lanczos.
import { randomStream } from '../../learning/random.ts';
import { fixSign } from '../orthonormal.ts';
import type { Derivatives } from './derivatives.ts';
import { expectLength, expectPositive, expectWhole, networksIn } from './expectations.ts';
import { lanczos } from './lanczos.ts';
import type { Krylov, Multiply } from './lanczos.ts';
import { tridiagonalEigen } from './tridiagonal.ts';

export interface EigenpairOptions {
  /** How many of the largest (algebraic, not by magnitude), and how many of the smallest. */
  readonly top: number;
  readonly bottom: number;
  readonly seed: number;
  /** Products at most, before those that measure the residuals; by default 200, or P where that is less. */
  readonly maxSteps?: number | undefined;
  /** Largest residual, as a share of the operator's largest |eigenvalue|; by default 1e-4. Float32 gives about 1e-6. */
  readonly tolerance?: number | undefined;
  /** Bytes that the bases of a block of networks may take; by default 256 MiB. Changes no result. */
  readonly basisBytes?: number | undefined;
}

export interface OperatorSize {
  /** M. */
  readonly networks: number;
  /** P. */
  readonly parameters: number;
  /** `[M, P]`, where the iteration begins; by default one random vector, the same for every operator. */
  readonly start?: Float32Array | undefined;
}

/** k eigenpairs of each operator. An operator whose products are not finite has NaN throughout. */
export interface Eigenpairs {
  /** `[M, k]`, the outermost first. */
  readonly values: Float64Array;
  /** `[M, k, P]`, unit; the entry of largest magnitude is positive. */
  readonly vectors: Float32Array;
  /** `[M, k]`: |A v - lambda v|, by a product with v itself. An eigenvalue lies within this distance of lambda. */
  readonly residuals: Float64Array;
}

export interface ExtremeEigenpairs {
  /** Largest first. */
  readonly top: Eigenpairs;
  /** Smallest first. */
  readonly bottom: Eigenpairs;
  /** `[M]`: products after which an operator's pairs were taken. */
  readonly steps: Int32Array;
  /** `[M]`: 1 where every residual is within the tolerance, else 0. */
  readonly converged: Uint8Array;
}

const defaultTolerance = 1e-4;
const defaultSteps = 200;

/** Each look at T costs as much as its size cubed: looks lie this factor apart. */
const lookAgainAfter = 1.2;

const defaultBasisBytes = 256 * 2 ** 20;

/**
 * The `top` largest and `bottom` smallest eigenvalues of each operator, and their eigenvectors.
 *
 * Ritz pairs of the Krylov space (Golub and Van Loan, Matrix Computations, section 10.1): T s = theta s gives
 * lambda = theta and v = V s, with the residual `beta_k |s_k|`. An operator's pairs are taken as soon as that is
 * below half the tolerance for all of them, whatever the others need: the result is that of each operator alone.
 *
 * A single start sees a repeated eigenvalue once, and eigenvalues closer together than the tolerance may pass for
 * one. Repeated ones are found where the Krylov space closes: for operators of low rank, or with few different
 * eigenvalues, and always where `maxSteps` reaches P.
 * @throws RangeError where a setting does not fit.
 */
export async function extremeEigenpairs(
  multiply: Multiply,
  options: EigenpairOptions & OperatorSize,
): Promise<ExtremeEigenpairs> {
  const { networks: M, parameters: P, top, bottom, seed } = options;
  const { tolerance = defaultTolerance, maxSteps = defaultSteps } = options;
  expectWhole(P, 1, Infinity, 'parameters');
  expectWhole(top, 0, P, 'top');
  expectWhole(bottom, 0, P, 'bottom');
  const wanted = Math.min(P, top + bottom);
  expectWhole(wanted, 1, P, 'the number of eigenvalues, top + bottom,');
  expectWhole(maxSteps, 1, Infinity, 'maxSteps');
  expectPositive(tolerance, 'tolerance');
  if (maxSteps < wanted) {
    throw new RangeError(
      `maxSteps is ${maxSteps}, but ${wanted} eigenvalues need at least as many steps: raise it`,
    );
  }
  const searches = Array.from({ length: M }, (): Search => ({ taken: null, atClosing: null }));
  let nextLook = Math.min(P, maxSteps, 2 * wanted);
  const krylov = await lanczos({
    multiply,
    operators: M,
    dimension: P,
    steps: maxSteps,
    start: options.start ?? sameStart(M, P, seed),
    seed,
    isEnough(state) {
      const { steps, capacity } = state;
      const isLast = steps === capacity;
      const isLook = steps >= nextLook || isLast;
      if (isLook) nextLook = Math.ceil(steps * lookAgainAfter);
      for (const [m, search] of searches.entries()) {
        if (search.taken) continue;
        const beta = state.beta[m * capacity + steps - 1];
        if (isLook || beta === 0) look(search, state, m, { top, bottom, tolerance, isLast });
      }
      return searches.every(({ taken }) => taken);
    },
  });
  const pairs = (count: number, first: number) =>
    ritzPairs(multiply, krylov, searches, count, first);
  const [upper, lower] = [await pairs(top, 0), await pairs(bottom, top)];
  const steps = Int32Array.from(searches, ({ taken }) => taken!.steps);
  const converged = Uint8Array.from(searches, ({ taken }, m) => {
    const residuals = [upper, lower].flatMap(({ residuals: all }, side) => {
      const count = side === 0 ? top : bottom;
      return [...all.subarray(m * count, (m + 1) * count)];
    });
    return Number(residuals.every((residual) => residual <= tolerance * taken!.norm));
  });
  return { top: upper, bottom: lower, steps, converged };
}

/** The same of the Hessians of M networks, `weights` `[M, P]`; in blocks, so that memory stays bounded. */
export async function hessianEigenpairs(
  derivatives: Derivatives,
  weights: Float32Array,
  options: EigenpairOptions & Pick<OperatorSize, 'start'>,
): Promise<ExtremeEigenpairs> {
  const P = derivatives.parameters;
  return inBlocks(
    weights,
    P,
    options,
    (own) => (vectors) => derivatives.hessianVectorProduct(own, vectors),
  );
}

/** `extremeEigenpairs` of operators that belong to the rows of `weights` `[M, P]`, in blocks of rows. */
export async function inBlocks(
  weights: Float32Array,
  P: number,
  options: EigenpairOptions & Pick<OperatorSize, 'start'>,
  operatorOf: (weights: Float32Array) => Multiply,
): Promise<ExtremeEigenpairs> {
  const M = networksIn(weights, P, 'weights');
  const { start, maxSteps = defaultSteps, basisBytes = defaultBasisBytes } = options;
  if (start) expectLength(start, M * P, 'start');
  const block = Math.max(1, Math.floor(basisBytes / (8 * P * Math.min(P, maxSteps))));
  const results: ExtremeEigenpairs[] = [];
  for (let first = 0; first < M; first += block) {
    const networks = Math.min(block, M - first);
    const rows = (all: Float32Array) => all.subarray(first * P, (first + networks) * P);
    const own = { networks, parameters: P, start: start && rows(start) };
    results.push(await extremeEigenpairs(operatorOf(rows(weights)), { ...options, ...own }));
  }
  return joined(results);
}

/** The pairs of one operator, once they are taken: `top` largest, then `bottom` smallest. */
interface Search {
  taken: {
    readonly steps: number;
    readonly norm: number;
    readonly values: readonly number[];
    /** Of each pair, its coordinates in the basis. */
    readonly coordinates: readonly Float64Array[];
  } | null;
  /** The values wanted when the Krylov space last closed. */
  atClosing: readonly number[] | null;
}

interface Wanted {
  readonly top: number;
  readonly bottom: number;
  readonly tolerance: number;
  readonly isLast: boolean;
}

/** Takes the pairs of operator m where they are good enough, or where there is no further step. */
function look(search: Search, state: Krylov, m: number, wanted: Wanted): void {
  const { steps: k, capacity, dimension } = state;
  const { top, bottom, tolerance, isLast } = wanted;
  const own = (all: Float64Array) => all.subarray(m * capacity, m * capacity + k);
  const [alpha, beta] = [own(state.alpha), own(state.beta)];
  if (!alpha.every(Number.isFinite)) {
    const nothing = new Float64Array(k).fill(NaN);
    const pairs = Array.from({ length: top + bottom }, () => nothing);
    search.taken = { steps: k, norm: NaN, values: pairs.map(() => NaN), coordinates: pairs };
    return;
  }
  if (k < Math.min(dimension, top + bottom)) return;
  const eigen = tridiagonalEigen(alpha, beta, k);
  const norm = Math.max(Math.abs(eigen.values[0]!), Math.abs(eigen.values[k - 1]!));
  const bar = (tolerance / 2) * norm;
  const indices = [
    ...Array.from({ length: top }, (_, i) => k - 1 - i),
    ...Array.from({ length: bottom }, (_, i) => i),
  ];
  const values = indices.map((index) => eigen.values[index]!);
  const left = beta[k - 1]!;
  const areClose = indices.every((index) => left * Math.abs(eigen.entry(k - 1, index)) <= bar);
  // A closed space holds one of each repeated eigenvalue: another block must leave the values as they are.
  const before = search.atClosing;
  if (left === 0) search.atClosing = values;
  const hasClosed = before !== null || left === 0;
  const isSettled = left === 0 && before?.every((value, i) => Math.abs(value - values[i]!) <= bar);
  if (!isLast && !(hasClosed ? isSettled : areClose)) return;
  const coordinates = indices.map((index) =>
    Float64Array.from({ length: k }, (_, row) => eigen.entry(row, index)),
  );
  search.taken = { steps: k, norm, values, coordinates };
}

/** The vectors V s of pairs `first` to `first + count` of every operator, and their measured residuals. */
async function ritzPairs(
  multiply: Multiply,
  { operators: M, dimension: P, capacity, basis }: Krylov,
  searches: readonly Search[],
  count: number,
  first: number,
): Promise<Eigenpairs> {
  const values = new Float64Array(M * count);
  const vectors = new Float32Array(M * count * P);
  const residuals = new Float64Array(M * count);
  for (let i = 0; i < count; i++) {
    const asked = new Float32Array(M * P);
    for (const [m, { taken }] of searches.entries()) {
      const vector = new Float64Array(P);
      for (const [row, s] of taken!.coordinates[first + i]!.entries()) {
        const at = (m * capacity + row) * P;
        for (let p = 0; p < P; p++) vector[p]! += s * basis[at + p]!;
      }
      fixSign(vector, 0, P);
      values[m * count + i] = taken!.values[first + i]!;
      vectors.set(vector, (m * count + i) * P);
      asked.set(vector, m * P);
    }
    const products = await multiply(asked);
    for (let m = 0; m < M; m++) {
      let squares = 0;
      for (let p = m * P; p < (m + 1) * P; p++)
        squares += (products[p]! - values[m * count + i]! * asked[p]!) ** 2;
      residuals[m * count + i] = Math.sqrt(squares);
    }
  }
  return { values, vectors, residuals };
}

/** One random direction for every operator: what is found of a network does not hang on those beside it. */
function sameStart(M: number, P: number, seed: number): Float32Array {
  const stream = randomStream(seed, 'lanczos-start');
  const own = Float32Array.from({ length: P }, () => stream.normal());
  const start = new Float32Array(M * P);
  for (let m = 0; m < M; m++) start.set(own, m * P);
  return start;
}

function joined(results: readonly ExtremeEigenpairs[]): ExtremeEigenpairs {
  const [only] = results;
  if (results.length === 1) return only!;
  const side = (of: 'top' | 'bottom'): Eigenpairs => ({
    values: Float64Array.from(results.flatMap((result) => [...result[of].values])),
    vectors: joinedFloats(results.map((result) => result[of].vectors)),
    residuals: Float64Array.from(results.flatMap((result) => [...result[of].residuals])),
  });
  return {
    top: side('top'),
    bottom: side('bottom'),
    steps: Int32Array.from(results.flatMap((result) => [...result.steps])),
    converged: Uint8Array.from(results.flatMap((result) => [...result.converged])),
  };
}

function joinedFloats(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
