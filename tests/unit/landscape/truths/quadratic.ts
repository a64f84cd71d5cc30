// The landscape of a linear network, a quadratic bowl, and every step of gradient descent in it, in closed form.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Samples } from '../../../../src/learning/samples.ts';

/**
 * `L(W) = 1/2 tr((W - W*)' A (W - W*)) + c`, W `[rows, outputs]` row-major: the outputs share one curvature.
 * With the eigenvectors q_i of A, the mode i of an output is `q_i' (w - w*)`, and modes do not mix.
 */
export interface Quadratic {
  readonly rows: number;
  readonly outputs: number;
  /** A, `[rows, rows]`. */
  readonly curvature: Float64Array;
  /** Of A, `[rows]`, largest first; the Hessian of L has each of them `outputs` times. */
  readonly eigenvalues: Float64Array;
  /** `[rows, rows]`: unit eigenvectors, one a row. */
  readonly eigenvectors: Float64Array;
  /** W*, `[rows, outputs]`; of several, the one of least norm. */
  readonly minimum: Float64Array;
  /** c. */
  readonly minimumLoss: number;
}

export interface QuadraticDescent {
  readonly stepSize: number;
  /** mu of `v <- mu v + gradient; w <- w - stepSize v`, from v = 0; 0 where absent. */
  readonly momentum?: number;
}

/** Below this share of the largest eigenvalue, a direction is one along which the loss does not change. */
const rankTolerance = 1e-12;

/**
 * The mean squared error of a network without hidden layers, `X~ W` against T, over n samples and C outputs.
 * X~ is the inputs with a last column of ones where there is a bias, so that W is the network's flat weights.
 * `A = 2/(nC) X~'X~`, `A W* = 2/(nC) X~'T` (the normal equations), c = L(W*).
 * @throws RangeError where there is no sample, or the samples do not fill whole rows.
 */
export function linearRegression(
  { count, inputs, targets }: Pick<Samples, 'count' | 'inputs' | 'targets'>,
  { bias }: { readonly bias: boolean },
): Quadratic {
  const features = inputs.length / count;
  const outputs = targets.length / count;
  if (!(count >= 1 && isWhole(features) && isWhole(outputs)))
    throw new RangeError(
      `linear regression on ${count} samples with ${inputs.length} inputs and ${targets.length} targets: expected at least one sample, and as many inputs and targets for each`,
    );
  const design = Matrix.from1DArray(count, features, inputs);
  if (bias) design.addColumn(Array.from({ length: count }, () => 1));
  const answers = Matrix.from1DArray(count, outputs, targets);
  const scale = 2 / (count * outputs);
  const curvature = design.transpose().mmul(design).mul(scale);
  const pull = design.transpose().mmul(answers).mul(scale);

  const { values, vectors } = sortedEigen(curvature);
  const inverse = values.map((value) => (value > rankTolerance * values[0]! ? 1 / value : 0));
  const minimum = vectors.transpose().mmul(Matrix.diag(inverse)).mmul(vectors).mmul(pull);
  const residual = design.mmul(minimum).sub(answers);
  return {
    rows: curvature.rows,
    outputs,
    curvature: flat(curvature),
    eigenvalues: Float64Array.from(values),
    eigenvectors: flat(vectors),
    minimum: flat(minimum),
    minimumLoss: residual.norm('frobenius') ** 2 / (count * outputs),
  };
}

/** L at flat weights `[rows * outputs]`. */
export function quadraticLoss(quadratic: Quadratic, weights: ArrayLike<number>): number {
  const { rows, outputs, eigenvalues } = quadratic;
  let loss = quadratic.minimumLoss;
  const modes = modesOf(quadratic, weights);
  for (let i = 0; i < rows * outputs; i++)
    loss += (eigenvalues[Math.floor(i / outputs)]! * modes[i]! ** 2) / 2;
  return loss;
}

/**
 * Gradient descent's weights before each step and at the end, `[steps + 1, rows * outputs]`.
 * Step k multiplies the mode of eigenvalue lambda by `1 - stepSize lambda`:
 * `w_k = w* + (I - stepSize A)^k (w_0 - w*)`. With momentum the modes follow
 * `x_(k+1) = (1 + mu - stepSize lambda) x_k - mu x_(k-1)`, x_(-1) = x_0 (Goh 2017, "Why Momentum Really Works").
 */
export function quadraticDescent(
  quadratic: Quadratic,
  start: ArrayLike<number>,
  { stepSize, momentum = 0 }: QuadraticDescent,
  steps: number,
): Float64Array {
  const { rows, outputs, eigenvalues, eigenvectors, minimum } = quadratic;
  const width = rows * outputs;
  const weights = new Float64Array((steps + 1) * width);
  let modes = modesOf(quadratic, start);
  let before = modes;
  for (let step = 0; step <= steps; step++) {
    for (let row = 0; row < rows; row++)
      for (let output = 0; output < outputs; output++) {
        let value = minimum[row * outputs + output]!;
        for (let i = 0; i < rows; i++)
          value += eigenvectors[i * rows + row]! * modes[i * outputs + output]!;
        weights[step * width + row * outputs + output] = value;
      }
    const [now, last] = [modes, before];
    modes = now.map((mode, i) => {
      const shrink = 1 + momentum - stepSize * eigenvalues[Math.floor(i / outputs)]!;
      return shrink * mode - momentum * last[i]!;
    });
    before = now;
  }
  return weights;
}

/**
 * The step size up to which descent converges: `2 (1 + mu) / lambda_max` (Polyak 1964; Goh 2017,
 * "Why Momentum Really Works"); without momentum `2 / lambda_max`.
 */
export function criticalStepSize(largestEigenvalue: number, momentum = 0): number {
  return (2 * (1 + momentum)) / largestEigenvalue;
}

/**
 * What a step multiplies a mode's distance by in the long run: `|1 - stepSize lambda|`; with momentum the
 * larger magnitude of the roots of `z^2 - (1 + mu - stepSize lambda) z + mu`. Above 1 the mode diverges.
 */
export function growthFactor(
  eigenvalue: number,
  { stepSize, momentum = 0 }: QuadraticDescent,
): number {
  const sum = 1 + momentum - stepSize * eigenvalue;
  const discriminant = sum * sum - 4 * momentum;
  // Complex roots are conjugates, whose product is mu.
  if (discriminant < 0) return Math.sqrt(momentum);
  return (Math.abs(sum) + Math.sqrt(discriminant)) / 2;
}

/**
 * Modes `[rows, outputs]` of flat weights.
 * @throws RangeError where the weights are not `rows * outputs` numbers.
 */
export function modesOf(quadratic: Quadratic, weights: ArrayLike<number>): Float64Array {
  const { rows, outputs, eigenvectors, minimum } = quadratic;
  if (weights.length !== rows * outputs)
    throw new RangeError(
      `${weights.length} weights in a quadratic of ${rows} x ${outputs}: expected ${rows * outputs}, row by row`,
    );
  const modes = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < rows * outputs; k++)
      modes[i * outputs + (k % outputs)]! +=
        eigenvectors[i * rows + Math.floor(k / outputs)]! * (weights[k]! - minimum[k]!);
  return modes;
}

/** Largest first, with eigenvectors as rows; rounding below zero is zero, since `X~'X~` has no negative ones. */
function sortedEigen(symmetric: Matrix): { values: number[]; vectors: Matrix } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((i) => Math.max(0, realEigenvalues[i]!)),
    vectors: new Matrix(order.map((i) => eigenvectorMatrix.getColumn(i))),
  };
}

const flat = (matrix: Matrix): Float64Array => Float64Array.from(matrix.to1DArray());

const isWhole = (size: number): boolean => Number.isInteger(size) && size >= 1;
