// Rows of a matrix: chosen ones come in the order asked for, and values go back to where they were.
import { describe, expect, it } from 'vitest';
import { gatherRows, rowIsFinite, scatterValues } from '../../../src/landscape/rows.ts';

const values = Float32Array.of(1, 2, 3, 4, 5, 6);

describe('gatherRows', () => {
  it('keeps the order asked for, also where every row is chosen', () => {
    expect([...gatherRows(values, 2, [2, 0])]).toEqual([5, 6, 1, 2]);
    expect([...gatherRows(values, 2, [1, 2, 0])]).toEqual([3, 4, 5, 6, 1, 2]);
    expect([...gatherRows(values, 2, [1, 1, 1])]).toEqual([3, 4, 3, 4, 3, 4]);
  });
  it('copies nothing where all rows are chosen as they lie', () => {
    expect(gatherRows(values, 2, [0, 1, 2])).toBe(values);
    expect(gatherRows(values, 2, [])).toHaveLength(0);
  });
});

it('scatterValues puts values back at their indices, NaN elsewhere', () => {
  expect([...scatterValues(Float32Array.of(7, 8), [3, 1], 4)]).toEqual([NaN, 8, NaN, 7]);
});

it('rowIsFinite looks at its own row alone', () => {
  const rows = Float32Array.of(1, NaN, 3, 4, Infinity, 6);
  expect([0, 1, 2].map((row) => rowIsFinite(rows, 2, row))).toEqual([false, true, false]);
});
