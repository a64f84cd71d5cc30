// Sorts a figure's numbers by a column: numbers by size, words by letters, what is missing last in either direction.

type Cell = string | number | null;
export type Direction = 'ascending' | 'descending';

const isMissing = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || cell === '' || Number.isNaN(cell);

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** A new array; rows that are alike keep their order. */
export function sortRows<Row extends readonly Cell[]>(
  rows: readonly Row[],
  column: number,
  direction: Direction,
): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((rowA, rowB) => {
    const [a, b] = [rowA[column] as Cell, rowB[column] as Cell];
    const [missingA, missingB] = [isMissing(a), isMissing(b)];
    if (missingA || missingB) return Number(missingA) - Number(missingB);
    return sign * compare(a, b);
  });
}
