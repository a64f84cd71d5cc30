// Pairs the units of two layers so that the paired units have the largest inner product in all.
import { linearSumAssignment } from 'linear-sum-assignment';

export interface UnitPairs {
  /** `[units]`: the unit of the second layer that goes with unit k of the first. */
  readonly permutation: Int32Array;
  /** `[units]`: the sign it goes with. */
  readonly signs: Int8Array;
}

/**
 * The permutation p and signs s that maximise `sum_k s[k] <first[k], second[p[k]]>`, exactly; `first` and
 * `second` are `[units, width]`, one vector per unit. The best sign of a pair does not depend on the other
 * pairs, so with `signFlips` this is the assignment problem of the inner products' absolute values.
 * Linear assignment by shortest augmenting paths (linear-sum-assignment), at worst cubic in `units`.
 */
export function pairUnits(
  first: Float64Array,
  second: Float64Array,
  units: number,
  signFlips: boolean,
): UnitPairs {
  const products = innerProducts(first, second, units);
  const gains = signFlips ? products.map((row) => row.map(Math.abs)) : products;
  const { rowAssignments } = linearSumAssignment(gains, { maximaze: true });
  const permutation = Int32Array.from(rowAssignments);
  const signs = Int8Array.from(permutation, (unit, k) =>
    signFlips && products[k]![unit]! < 0 ? -1 : 1,
  );
  return { permutation, signs };
}

/** `first second'` as rows; four at a time, so that one load of a row of `first` serves four. */
function innerProducts(first: Float64Array, second: Float64Array, units: number): Float64Array[] {
  const width = first.length / units;
  return Array.from({ length: units }, (_, k) => {
    const row = new Float64Array(units);
    const a = k * width;
    let j = 0;
    for (; j + 4 <= units; j += 4) {
      const b = j * width;
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (let f = 0; f < width; f++) {
        const value = first[a + f]!;
        sum0 += value * second[b + f]!;
        sum1 += value * second[b + width + f]!;
        sum2 += value * second[b + 2 * width + f]!;
        sum3 += value * second[b + 3 * width + f]!;
      }
      row[j] = sum0;
      row[j + 1] = sum1;
      row[j + 2] = sum2;
      row[j + 3] = sum3;
    }
    for (; j < units; j++) {
      let sum = 0;
      for (let f = 0; f < width; f++) sum += first[a + f]! * second[j * width + f]!;
      row[j] = sum;
    }
    return row;
  });
}
