// Decision boundaries as the result of an analysis, and back as figures draw them; apart from the analysis, so that a page need not load how they are made.
import type { Boundaries } from '../../boundaries.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';

export interface BoundariesResult {
  /** `[minimum x, maximum x, minimum y, maximum y]` in normalised feature units; all null where the input is no plane, or nothing is classified. */
  readonly extent: readonly number[] | null;
  /** Grid points a side; rows run from minimum y upwards, columns from minimum x. */
  readonly size: number | null;
  /** `[N, size, size]`: the most probable class. */
  readonly classes: NumericArray | null;
  /** `[N, size, size]`: the probability of class 1 (two classes) or of the most probable class (more). */
  readonly probability: NumericArray | null;
}

export function boundariesResult({
  extent,
  size,
  classes,
  probability,
}: Boundaries): BoundariesResult {
  const shape = [classes.length / (size * size), size, size];
  return {
    extent: [...extent],
    size,
    classes: numericArray(shape, classes, { rounding: 'whole' }),
    probability: numericArray(shape, probability, { rounding: 'bytes' }),
  };
}

/** As figures draw them. */
export function boundariesFrom({
  extent,
  size,
  classes,
  probability,
}: BoundariesResult): Boundaries | null {
  if (!extent || !size || !classes || !probability) return null;
  const [left, right, low, high] = extent as [number, number, number, number];
  return {
    extent: [left, right, low, high],
    size,
    classes: Uint8Array.from(classes.values),
    probability: probability.values,
  };
}
