// What networks answer on the same samples: probabilities and chosen classes.

/** Of M networks on `count` samples. */
export interface Predictions {
  readonly networks: number;
  readonly count: number;
  readonly classes: number;
  /** `[M, count, classes]`; in double precision, so that a small one still has a logarithm. */
  readonly probabilities: Float64Array;
  /** `[M, count]`: the class of the largest output, the first of equal ones. */
  readonly chosen: Int32Array;
}

/**
 * From raw outputs `[M, count, classes]`: softmax about the largest output, `exp(z_c - max z) / sum exp(z - max z)`.
 * @throws RangeError where an output is not finite.
 */
export function predictionsOf(
  logits: Float32Array,
  networks: number,
  count: number,
  classes: number,
): Predictions {
  if (networks < 1 || count < 1 || classes < 2 || logits.length !== networks * count * classes)
    throw new RangeError(
      `${logits.length} outputs are not those of ${networks} networks on ${count} samples with ${classes} classes: expected [networks, count, classes] with at least one network, one sample and two classes`,
    );
  const probabilities = new Float64Array(logits.length);
  const chosen = new Int32Array(networks * count);
  for (let row = 0; row < networks * count; row++) {
    const at = row * classes;
    let best = 0;
    for (let c = 1; c < classes; c++) if (logits[at + c]! > logits[at + best]!) best = c;
    let sum = 0;
    for (let c = 0; c < classes; c++)
      sum += probabilities[at + c] = Math.exp(logits[at + c]! - logits[at + best]!);
    // Infinite and NaN outputs alike end here: the largest less itself is NaN.
    if (!Number.isFinite(sum))
      throw new RangeError(
        `network ${Math.floor(row / count)} has outputs that are not finite on sample ${row % count}: leave networks that diverged out of predictions`,
      );
    for (let c = 0; c < classes; c++) probabilities[at + c]! /= sum;
    chosen[row] = best;
  }
  return { networks, count, classes, probabilities, chosen };
}

/** Share of samples on which each network chooses the right class, `[M]`. */
export function accuracies(predictions: Predictions, labels: Int32Array): Float64Array {
  const { networks, count, chosen } = predictions;
  checkLabels(predictions, labels);
  return Float64Array.from({ length: networks }, (_, n) => {
    let right = 0;
    for (let i = 0; i < count; i++) if (chosen[n * count + i] === labels[i]) right++;
    return right / count;
  });
}

/** @throws RangeError where the labels are not one class for each sample. */
export function checkLabels({ count, classes }: Predictions, labels: Int32Array): void {
  if (labels.length !== count)
    throw new RangeError(
      `${labels.length} labels for predictions on ${count} samples: expected one for each; give the labels of the samples predicted`,
    );
  const bad = labels.findIndex((label) => !(label >= 0 && label < classes));
  if (bad >= 0)
    throw new RangeError(
      `label ${bad} is ${labels[bad]} for predictions of ${classes} classes: expected 0 to ${classes - 1}`,
    );
}
