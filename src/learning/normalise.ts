// Brings features to mean 0 and standard deviation 1, as the training part has them.

export interface Normalisation {
  /** `[features]`. */
  readonly mean: Float64Array;
  /** `[features]`: the standard deviation, or 1 where a feature is constant. */
  readonly scale: Float64Array;
}

/** Mean 0 and scale 1: leaves every feature as it is. */
export function identityNormalisation(features: number): Normalisation {
  return { mean: new Float64Array(features), scale: new Float64Array(features).fill(1) };
}

/**
 * Mean and population standard deviation, sqrt(sum((x - mean)^2) / n), of each feature over the given
 * rows of `inputs` `[count, features]`. A feature that never changes there (or changes by less than
 * float32 can hold) gets scale 1.
 */
export function fitNormalisation(
  inputs: Float64Array,
  features: number,
  rows: Int32Array,
): Normalisation {
  const { mean, scale } = identityNormalisation(features);
  for (let feature = 0; feature < features; feature++) {
    const at = (row: number) => inputs[row * features + feature] as number;
    const first = at(rows[0] as number);
    if (rows.every((row) => at(row) === first)) {
      mean[feature] = first;
      continue;
    }
    const average = rows.reduce((sum, row) => sum + at(row), 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (at(row) - average) ** 2, 0) / rows.length;
    const deviation = Math.sqrt(variance);
    mean[feature] = average;
    scale[feature] = Math.fround(deviation) > 0 ? deviation : 1;
  }
  return { mean, scale };
}

/** `(x - mean) / scale` of the given rows: `[rows, features]`, in double precision until the end. */
export function normaliseRows(
  inputs: Float64Array,
  rows: Int32Array,
  { mean, scale }: Normalisation,
): Float32Array {
  const features = mean.length;
  const normalised = new Float32Array(rows.length * features);
  rows.forEach((row, i) => {
    for (let f = 0; f < features; f++) {
      const x = inputs[row * features + f] as number;
      normalised[i * features + f] = (x - (mean[f] as number)) / (scale[f] as number);
    }
  });
  return normalised;
}
