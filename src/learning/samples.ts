// The data that a network sees, split and normalised.

export interface Samples {
  readonly count: number;
  /** `[count, features]`, row-major. */
  readonly inputs: Float32Array;
  /** `[count, outputs]`, row-major: one-hot for classes, values for regression. */
  readonly targets: Float32Array;
  /** Class of each sample, or null for regression. */
  readonly labels: Int32Array | null;
}

export interface PreparedData {
  readonly features: number;
  readonly outputs: number;
  readonly featureNames: readonly string[];
  /** Empty for regression. */
  readonly classNames: readonly string[];
  readonly train: Samples;
  /** `count` is 0 where the experiment keeps no test part. */
  readonly test: Samples;
  /** Fitted on the training part alone: `(x - mean) / scale`. */
  readonly normalisation: { readonly mean: Float32Array; readonly scale: Float32Array };
}
