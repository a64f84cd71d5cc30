// Rows of a matrix: whether they are finite, chosen ones taken out, and put back.

export function rowIsFinite(values: Float32Array, width: number, row: number): boolean {
  for (let i = row * width; i < (row + 1) * width; i++)
    if (!Number.isFinite(values[i])) return false;
  return true;
}

/** The chosen rows of `[M, width]`, in the order of `rows`; the array itself where all are chosen as they lie. */
export function gatherRows(
  values: Float32Array,
  width: number,
  rows: readonly number[],
): Float32Array {
  const asTheyLie = rows.length * width === values.length && rows.every((row, i) => row === i);
  if (asTheyLie) return values;
  const chosen = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries())
    chosen.set(values.subarray(row * width, (row + 1) * width), i * width);
  return chosen;
}

/** Values put back at their indices among `count`, NaN elsewhere. */
export function scatterValues(
  values: Float32Array,
  indices: readonly number[],
  count: number,
): Float32Array {
  const all = new Float32Array(count).fill(NaN);
  for (const [i, index] of indices.entries()) all[index] = values[i]!;
  return all;
}
