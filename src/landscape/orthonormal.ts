// Keeps a set of directions orthonormal, with signs that do not depend on who computed them.

/**
 * Row `row` of `directions` `[count, P]` made orthogonal to the rows above it and of length 1, in place.
 * Gram-Schmidt done twice ("twice is enough": Giraud, Langou and Rozloznik 2005).
 */
export function orthonormaliseRow(directions: Float64Array, row: number, P: number): void {
  const own = directions.subarray(row * P, (row + 1) * P);
  for (let pass = 0; pass < 2; pass++)
    for (let above = 0; above < row; above++) {
      const other = directions.subarray(above * P, (above + 1) * P);
      const overlap = dot(own, other);
      for (let p = 0; p < P; p++) own[p]! -= overlap * other[p]!;
    }
  const length = Math.sqrt(dot(own, own));
  for (let p = 0; p < P; p++) own[p]! /= length;
}

/** Row `row` becomes the unit axis that the rows above it cover least, made orthogonal to them. */
export function completeRow(directions: Float64Array, row: number, P: number): void {
  let [axis, least] = [0, Infinity];
  for (let p = 0; p < P; p++) {
    let covered = 0;
    for (let above = 0; above < row; above++) covered += directions[above * P + p]! ** 2;
    if (covered < least) [axis, least] = [p, covered];
  }
  directions.fill(0, row * P, (row + 1) * P);
  directions[row * P + axis] = 1;
  orthonormaliseRow(directions, row, P);
}

/** Turns row `row` so that its entry of largest magnitude (the first of several) is positive. */
export function fixSign(directions: Float64Array, row: number, P: number): void {
  const own = directions.subarray(row * P, (row + 1) * P);
  let largest = 0;
  for (const value of own) if (Math.abs(value) > Math.abs(largest)) largest = value;
  if (largest < 0) for (let p = 0; p < P; p++) own[p] = -own[p]!;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
