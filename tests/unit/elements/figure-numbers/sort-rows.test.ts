// Sorting a figure's numbers: by size, by letters, and what is missing last.
import { expect, it } from 'vitest';
import { sortRows } from '../../../../src/elements/figure-numbers/sort-rows.ts';

const rows = [
  ['network 10', 3],
  ['network 9', null],
  ['network 2', -1],
  ['network 1', Number.NaN],
  ['adam', 20],
] as const;
const first = (sorted: readonly (readonly unknown[])[]) => sorted.map(([name]) => name);

it('numbers go by size, both ways, and nothing stands before a number', () => {
  expect(first(sortRows(rows, 1, 'ascending'))).toEqual([
    'network 2',
    'network 10',
    'adam',
    'network 9',
    'network 1',
  ]);
  expect(first(sortRows(rows, 1, 'descending'))).toEqual([
    'adam',
    'network 10',
    'network 2',
    'network 9',
    'network 1',
  ]);
});

it('words go by letters, and the numbers within them by size', () => {
  expect(first(sortRows(rows, 0, 'ascending'))).toEqual([
    'adam',
    'network 1',
    'network 2',
    'network 9',
    'network 10',
  ]);
});

it('rows that are alike keep their order, and the given rows stay as they were', () => {
  const alike = [
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ] as const;
  expect(first(sortRows(alike, 1, 'descending'))).toEqual(['a', 'b', 'c']);
  expect(first(rows)).toEqual(['network 10', 'network 9', 'network 2', 'network 1', 'adam']);
});
