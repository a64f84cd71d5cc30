// Keeps a picture's data within its budget of bytes by leaving out what lies between.

/** Bytes that the data of one figure may take. */
export const displayBudget = 190_000;

/** At most `most` of the indices 0..total-1, evenly spread, first and last always among them. */
export function spreadIndices(total: number, most: number): number[] {
  const count = Math.min(total, Math.max(2, Math.floor(most)));
  if (count === total) return Array.from({ length: total }, (_, index) => index);
  return Array.from({ length: count }, (_, k) => Math.round((k * (total - 1)) / (count - 1)));
}

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
