// A plane through weight space, everything seen on it, and how far that can be trusted.
import type { Experiment } from '../learning/experiment.ts';

/** A point of the plane at coordinates (a, b) is `origin + a * directions[0] + b * directions[1]`. */
export interface Plane {
  /** `[P]`. */
  readonly origin: Float32Array;
  /** `[2, P]`, orthonormal. */
  readonly directions: Float32Array;
}

export interface Landscape {
  readonly kind: Experiment['directions'];
  /** `[S]`: the optimiser step of each snapshot. */
  readonly snapshotSteps: Int32Array;
  /** `[S, N, 2]`: coordinates of every snapshot on the plane, in units of weight-space distance. */
  readonly coordinates: Float32Array;
  /** `[S, N]`: distance of the snapshot from the plane, same units. */
  readonly offPlane: Float32Array;
  /** `[S, N]`: training loss of the snapshot itself. */
  readonly trueLoss: Float32Array;
  /** `[S, N]`: training loss of the snapshot's foot point on the plane. */
  readonly planeLoss: Float32Array;
  /** Share of variance of the leading components, largest first (empty where `kind` is 'weights'). */
  readonly explainedVariance: readonly number[];
  /** The same for the untrained initialisations alone: what chance would show. */
  readonly nullExplainedVariance: readonly number[];
  /** Which matrix ml-pca decomposed: the covariance (P <= points) or the Gram matrix (P > points). */
  readonly method: 'covariance' | 'gram' | 'none';
  /** Grid coordinates along each direction. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** `[ys.length, xs.length]`: training loss evaluated at each grid point. */
  readonly loss: Float32Array;
  /** Likewise, test loss; null where the experiment keeps no test part. */
  readonly testLoss: Float32Array | null;
  /** Likewise, training accuracy; null for regression. */
  readonly accuracy: Float32Array | null;
}
