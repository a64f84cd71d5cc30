// A figure's numbers as a file: read back by a parser that others use, with every digit, and saying where they come from.
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { toCsv } from '../../../../src/widgets/figure-export/csv.ts';

const table = {
  columns: [{ name: 'Network' }, { name: 'Loss, final', unit: 'nats' }, { name: 'Fate' }],
  rows: [
    [0, 0.1234567890123, 'converged'],
    [1, null, 'said "no", and\nleft'],
    [2, Number.NaN, '# not a comment'],
    [3, -1e-12, ' spaced '],
  ],
};

it('is read back cell by cell', () => {
  const { data, errors } = Papa.parse<string[]>(toCsv(table, ['Title']), { comments: '# ' });
  expect(errors.filter(({ type }) => type !== 'Delimiter')).toEqual([]);
  expect(data.filter((row) => row.length > 1)).toEqual([
    ['Network', 'Loss, final (nats)', 'Fate'],
    ['0', '0.1234567890123', 'converged'],
    ['1', '', 'said "no", and\nleft'],
    ['2', '', '# not a comment'],
    ['3', '-1e-12', ' spaced '],
  ]);
});

it('says at its top what it is, each thing on a line of its own', () => {
  const lines = toCsv(table, ['A title\nof two lines', 'Study fifty']).split('\r\n');
  expect(lines[0]).toBe('# A title of two lines');
  expect(lines[1]).toBe('# Study fifty');
  expect(lines[2]).toMatch(/^Network,/);
});
