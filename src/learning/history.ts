// What a training run leaves behind: records over time, and snapshots of the weights.

/** Time-major: `[T, N]`, T records of N networks. Values after a divergence are NaN. */
export interface Curves {
  /** `[T]`: optimiser steps taken when the record was made; the first is 0, before training. */
  readonly steps: Int32Array;
  /** `[T]`: the same in epochs. */
  readonly epochs: Float32Array;
  readonly trainLoss: Float32Array;
  /** Null for regression. */
  readonly trainAccuracy: Float32Array | null;
  /** Null where the experiment keeps no test part. */
  readonly testLoss: Float32Array | null;
  readonly testAccuracy: Float32Array | null;
  /** Euclidean norm of the training loss's gradient over all weights of a network. */
  readonly gradientNorm: Float32Array;
}

export interface TrainingHistory {
  readonly networks: number;
  /** P, weights and biases of one network. */
  readonly parameters: number;
  readonly curves: Curves;
  /** `[S]`: the optimiser step of each snapshot; first 0, last the end of training. */
  readonly snapshotSteps: Int32Array;
  /** `[S, N, P]`. */
  readonly snapshots: Float32Array;
  /** `[N]`: the step at which a network's loss or weights stopped being finite; -1 for never. */
  readonly divergedAt: Int32Array;
}
