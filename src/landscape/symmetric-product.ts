// A A' in double precision by plain loops fast enough for a page: blocked to fit the cache, half of it computed.

/** Columns of A held at a time: 1,000 rows of them are 1 MB, which stays in the cache. */
const blockColumns = 128;

/**
 * `A A'` of a matrix that is never stored: `read(row, first, block, at, length)` writes the entries
 * `first .. first + length - 1` of a row into `block` from `at`. Result `[rows, rows]`, row-major.
 */
export function symmetricProduct(
  rows: number,
  columns: number,
  read: (row: number, first: number, block: Float64Array, at: number, length: number) => void,
): Float64Array {
  // Rows of zeros up to a multiple of four leave the inner loop without a remainder.
  const padded = Math.ceil(rows / 4) * 4;
  const product = new Float64Array(rows * rows);
  const block = new Float64Array(padded * blockColumns);
  for (let first = 0; first < columns; first += blockColumns) {
    const length = Math.min(blockColumns, columns - first);
    for (let row = 0; row < rows; row++) read(row, first, block, row * blockColumns, length);
    for (let i = 0; i < rows; i++) addDotProducts(product, block, i, rows, length);
  }
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < i; j++) product[j * rows + i] = product[i * rows + j]!;
  return product;
}

/** Adds row i's dot products with rows 0..i of the block, four at a time: one load of row i serves four. */
function addDotProducts(
  product: Float64Array,
  block: Float64Array,
  i: number,
  rows: number,
  length: number,
): void {
  const a = i * blockColumns;
  for (let j = 0; j <= i; j += 4) {
    const b = j * blockColumns;
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let k = 0; k < length; k++) {
      const value = block[a + k]!;
      sum0 += value * block[b + k]!;
      sum1 += value * block[b + blockColumns + k]!;
      sum2 += value * block[b + 2 * blockColumns + k]!;
      sum3 += value * block[b + 3 * blockColumns + k]!;
    }
    const at = i * rows + j;
    product[at]! += sum0;
    if (j + 1 <= i) product[at + 1]! += sum1;
    if (j + 2 <= i) product[at + 2]! += sum2;
    if (j + 3 <= i) product[at + 3]! += sum3;
  }
}
