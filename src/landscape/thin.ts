// Keeps a picture's data within its budget of bytes by leaving out what lies between.

/** Bytes that the data of one figure may take. */
export const displayBudget = 190_000;

/** The chosen rows of a row-major array whose rows hold `width` values. */
export function takeRows(
  values: Float32Array,
  width: number,
  rows: readonly number[],
): Float32Array<ArrayBuffer> {
  const taken = new Float32Array(rows.length * width);
  rows.forEach((row, k) => taken.set(values.subarray(row * width, (row + 1) * width), k * width));
  return taken;
}
