// Truth: the sum by definition, in exact whole numbers.
import { expect, test } from 'vitest';
import { symmetricProduct } from '../../../src/landscape/symmetric-product.ts';

// Small whole numbers, so that both sums are exact. Sizes on both sides of the block's 128 columns and 4 rows.
test.each([
  [1, 1],
  [3, 5],
  [4, 128],
  [6, 129],
  [9, 300],
])('A of %i x %i times its transpose equals the sum by definition', (rows, columns) => {
  const entry = (i: number, k: number) => ((i * 7 + k * 3) % 11) - 5;
  const product = symmetricProduct(rows, columns, (row, first, block, at, length) => {
    for (let k = 0; k < length; k++) block[at + k] = entry(row, first + k);
  });
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < rows; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += entry(i, k) * entry(j, k);
      expect(product[i * rows + j]).toBe(sum);
    }
});
