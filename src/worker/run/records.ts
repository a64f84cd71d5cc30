// Parts of a run's records, copied, so that a frame brings only what is new.
import type { Curves } from '../../learning/history.ts';

/** The records from index `first` on. */
export function recordsFrom(curves: Curves, first: number): Curves {
  const networks = curves.steps.length === 0 ? 0 : curves.trainLoss.length / curves.steps.length;
  const rows = (values: Float32Array) => values.slice(first * networks);
  const optional = (values: Float32Array | null) => values && rows(values);
  return {
    steps: curves.steps.slice(first),
    epochs: curves.epochs.slice(first),
    trainLoss: rows(curves.trainLoss),
    trainAccuracy: optional(curves.trainAccuracy),
    testLoss: optional(curves.testLoss),
    testAccuracy: optional(curves.testAccuracy),
    gradientNorm: rows(curves.gradientNorm),
  };
}

/** The training losses of the last record, `[N]`. */
export function lastLosses(curves: Curves): Float32Array {
  const records = curves.steps.length;
  return curves.trainLoss.slice(((records - 1) * curves.trainLoss.length) / records);
}
