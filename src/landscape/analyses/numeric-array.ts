// Numbers with a shape: the part of an analysis's result that is kept as a tensor.

/**
 * How the page's copy of a tensor keeps its numbers: 'coarse' in 4,095 steps, several a pixel, where they are many, and
 * else exactly; 'map' in 1,023 steps, some forty between two contour lines, for maps that come in numbers; 'fine' in as many steps as 16 bits have, and 'bytes' as 8 bits have; 'whole' exactly, as whole numbers
 * below 256; 'exact' as they are.
 */
export type Rounding = (typeof roundings)[number];
export const roundings = ['coarse', 'map', 'fine', 'bytes', 'whole', 'exact'] as const;

export interface NumericArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
  /** How a picture's copy may round: 'log' for what is never negative and spans decades, as losses do. */
  readonly scaling: 'linear' | 'log';
  /** False for what only computations want (eigenvectors, control points): the page's copy leaves it out. */
  readonly shown: boolean;
  readonly rounding: Rounding;
}

/** @throws RangeError where the values do not fill the shape. */
export function numericArray(
  shape: readonly number[],
  values: ArrayLike<number>,
  {
    scaling = 'linear',
    shown = true,
    rounding = 'coarse',
  }: Partial<Pick<NumericArray, 'scaling' | 'shown' | 'rounding'>> = {},
): NumericArray {
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (size !== values.length) {
    throw new RangeError(`${values.length} numbers do not fill the shape [${shape.join(', ')}]`);
  }
  return {
    shape,
    values: values instanceof Float32Array ? values : Float32Array.from(values),
    scaling,
    shown,
    rounding,
  };
}

/** Losses, or other quantities that are never negative and span decades. */
export const onLogScale = (shape: readonly number[], values: ArrayLike<number>): NumericArray =>
  numericArray(shape, values, { scaling: 'log' });

/** Weights and directions: kept in full, not drawn. */
export const forComputing = (shape: readonly number[], values: ArrayLike<number>): NumericArray =>
  numericArray(shape, values, { shown: false });

export function isNumericArray(value: unknown): value is NumericArray {
  return (
    typeof value === 'object' &&
    value !== null &&
    'values' in value &&
    value.values instanceof Float32Array &&
    'shape' in value &&
    Array.isArray(value.shape)
  );
}
