// What a page knows of one run, live or precomputed: the one type that every figure's data is drawn from.
import type { Experiment } from '../learning/experiment.ts';
import type { PreparedData } from '../learning/samples.ts';
import type { ConvergenceStatistics } from '../landscape/statistics.ts';

/** Time-major: `[T, N]`, T records of N networks. Values after a divergence are NaN. */
export interface Curves {
  readonly steps: Int32Array;
  readonly epochs: Float32Array;
  readonly trainLoss: Float32Array;
  readonly trainAccuracy: Float32Array | null;
  readonly testLoss: Float32Array | null;
  readonly testAccuracy: Float32Array | null;
  readonly gradientNorm: Float32Array;
}

/** Probability of the networks' classes on a square grid of the input plane; only for two features. */
export interface Boundaries {
  /** `[minimum x, maximum x, minimum y, maximum y]` in normalised feature units. */
  readonly extent: readonly [number, number, number, number];
  /** Grid points a side; rows run from minimum y upwards, columns from minimum x. */
  readonly size: number;
  /** `[N, size * size]`: the most probable class. */
  readonly classes: Uint8Array;
  /** `[N, size * size]`: the probability of class 1 (two classes) or of the most probable class (more). */
  readonly probability: Float32Array;
}

/** A plane through weight space, everything seen on it, and how far that can be trusted. */
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

export interface RunDisplay {
  readonly experiment: Experiment;
  /** Where it was computed, for the caption: 'cpu', 'cuda', 'webgpu' or 'wasm'. */
  readonly provider: string;
  readonly data: PreparedData;
  readonly curves: Curves;
  readonly statistics: ConvergenceStatistics;
  readonly boundaries: Boundaries | null;
  /** Null while a live run is still training. */
  readonly landscape: Landscape | null;
}
