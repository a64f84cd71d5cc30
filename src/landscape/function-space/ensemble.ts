// What averaging the answers of several networks gains over one of them.
import { randomStream } from '../../learning/random.ts';
import { accuracies } from './predictions.ts';
import type { Predictions } from './predictions.ts';

export interface EnsembleCurve {
  /** `[M]`: accuracy of an ensemble of k = 1 .. M networks, mean over orders. */
  readonly accuracy: Float64Array;
  /** `[M]`: cross-entropy of its mean probability, `-log p(label)`, mean over samples and orders. */
  readonly loss: Float64Array;
  /** Orders averaged over. */
  readonly orders: number;
  /** Of the single networks, the mean over all M. */
  readonly single: { readonly accuracy: number; readonly loss: number };
}

/** Orders behind each curve; of all M networks, every order is the same ensemble. */
const standardOrders = 20;

/**
 * Ensembles of the first k of M networks in seeded random orders; an ensemble answers with the mean of its members'
 * probabilities (Lakshminarayanan et al. 2017, arXiv:1612.01474; Fort et al. 2019, arXiv:1912.02757). Its loss is
 * never above the mean of its members' (Jensen's inequality); its accuracy may be. A probability that is 0 in double
 * precision counts as 5e-324, a loss of 744.
 */
export function ensembleCurve(
  predictions: Predictions,
  labels: Int32Array,
  { seed, orders = standardOrders }: { readonly seed: number; readonly orders?: number },
): EnsembleCurve {
  const { networks: M, count, classes, probabilities } = predictions;
  const accuracyOfOne = accuracies(predictions, labels);
  if (!Number.isInteger(orders) || orders < 1)
    throw new RangeError(`an ensemble curve over ${orders} orders: expected at least one`);
  const [accuracy, loss] = [new Float64Array(M), new Float64Array(M)];
  for (let order = 0; order < orders; order++) {
    const members = Int32Array.from({ length: M }, (_, m) => m);
    randomStream(seed, 'ensemble', order).shuffle(members);
    const sums = new Float64Array(count * classes);
    for (const [k, member] of members.entries()) {
      const own = probabilities.subarray(member * sums.length, (member + 1) * sums.length);
      for (let i = 0; i < sums.length; i++) sums[i]! += own[i]!;
      const measured = measure(sums, k + 1, labels, classes);
      accuracy[k]! += measured.accuracy / orders;
      loss[k]! += measured.loss / orders;
    }
  }
  const lossOfOne = Array.from({ length: M }, (_, m) => {
    const own = probabilities.subarray(m * count * classes, (m + 1) * count * classes);
    return measure(own, 1, labels, classes).loss;
  });
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / M;
  return {
    accuracy,
    loss,
    orders,
    single: { accuracy: mean(accuracyOfOne), loss: mean(lossOfOne) },
  };
}

/** Accuracy and cross-entropy of `sums / members` `[count, classes]`. */
function measure(
  sums: Float64Array,
  members: number,
  labels: Int32Array,
  classes: number,
): { accuracy: number; loss: number } {
  let [right, loss] = [0, 0];
  for (const [s, label] of labels.entries()) {
    const at = s * classes;
    let best = 0;
    for (let c = 1; c < classes; c++) if (sums[at + c]! > sums[at + best]!) best = c;
    if (best === label) right++;
    loss -= Math.log(Math.max(Number.MIN_VALUE, sums[at + label]! / members));
  }
  return { accuracy: right / labels.length, loss: loss / labels.length };
}
