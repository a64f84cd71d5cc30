// The samples of a data set as they are, before the split and the normalisation.

interface Samples {
  readonly featureNames: readonly string[];
  /** `[count, features]`, row-major; double precision, so that large offsets survive normalisation. */
  readonly inputs: Float64Array;
}

/** Each sample belongs to one class. */
export interface ClassDataset extends Samples {
  readonly kind: 'classes';
  readonly classNames: readonly string[];
  /** `[count]`: the number of the class in `classNames`. */
  readonly labels: Int32Array;
}

/** Each sample has one value to predict; such sets are learned whole, as they are. */
export interface RegressionDataset extends Samples {
  readonly kind: 'regression';
  /** `[count]`. */
  readonly values: Float64Array;
}

export type Dataset = ClassDataset | RegressionDataset;

/** A labelled point, its coordinates first. */
export type LabelledPoint = readonly [point: readonly number[], label: number];

/** A data set of generated points, with features named x1, x2, ... and classes named by their number. */
export function classDataset(points: readonly LabelledPoint[], classes: number): ClassDataset {
  const features = points[0]?.[0].length ?? 0;
  return {
    kind: 'classes',
    featureNames: Array.from({ length: features }, (_, f) => `x${f + 1}`),
    classNames: Array.from({ length: classes }, (_, c) => String(c)),
    inputs: Float64Array.from(points.flatMap(([point]) => point)),
    labels: Int32Array.from(points, ([, label]) => label),
  };
}

/** `count` samples dealt to `classes` as evenly as whole numbers allow; later classes get what is left over. */
export function balancedCounts(count: number, classes: number): number[] {
  return Array.from(
    { length: classes },
    (_, c) => Math.floor(((c + 1) * count) / classes) - Math.floor((c * count) / classes),
  );
}
