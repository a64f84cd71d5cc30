// What training makes small, and what readers understand: loss and accuracy of N networks at once.
import {
  add,
  cast,
  detach,
  equal,
  exp,
  less,
  log,
  max,
  mean,
  min,
  multiply,
  range,
  square,
  subtract,
  sum,
  where,
} from '../engine/graph/index.ts';
import type { Tensor } from '../engine/graph/index.ts';
import type { Loss } from './experiment.ts';

/**
 * Mean over the batch of -sum_c t_c log softmax(z)_c, `[N]`.
 * log-sum-exp is taken about the largest output, so that nothing overflows; that shift cancels in every
 * derivative and is detached from them.
 */
function crossEntropy(outputs: Tensor, targets: Tensor): Tensor {
  const largest = detach(max(outputs, [-1], { keepDims: true }));
  const shifted = subtract(outputs, largest);
  const logSumExp = log(sum(exp(shifted), [-1]));
  return mean(subtract(logSumExp, sum(multiply(targets, shifted), [-1])), [-1]);
}

/** Mean over batch and outputs of (z - t)^2, `[N]`. */
const meanSquaredError = (outputs: Tensor, targets: Tensor): Tensor =>
  mean(square(subtract(outputs, targets)), [-2, -1]);

/** Loss of each network, `[N]`; outputs `[N, batch, C]`, targets `[1, batch, C]` (one-hot, or values). */
export const lossOf = (loss: Loss, outputs: Tensor, targets: Tensor): Tensor =>
  loss === 'cross-entropy' ? crossEntropy(outputs, targets) : meanSquaredError(outputs, targets);

/**
 * Share of samples whose largest output is the target class, `[N]`; the first of equal outputs counts,
 * as argmax does elsewhere. In float arithmetic throughout, which every provider has.
 */
export function accuracyOf(outputs: Tensor, targets: Tensor): Tensor {
  const classes = outputs.shape[outputs.shape.length - 1] as number;
  const indices = range(classes);
  const below = less(outputs, max(outputs, [-1], { keepDims: true }));
  const predicted = min(where(below, classes, indices), [-1]);
  const actual = sum(multiply(targets, indices), [-1]);
  return mean(cast(equal(predicted, actual), 'float32'), [-1]);
}

/** Euclidean norm of a gradient `[N, P]` of each network, `[N]` before the square root. */
export const squaredNorm = (gradient: Tensor): Tensor => sum(square(gradient), [-1]);

/** dL/dw + lambda w, the gradient of L + lambda/2 |w|^2. */
export const withDecay = (gradient: Tensor, weights: Tensor, weightDecay: number): Tensor =>
  weightDecay === 0 ? gradient : add(gradient, multiply(weightDecay, weights));
