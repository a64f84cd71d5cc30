// A figure's numbers as a file: read back by a parser that others use, with every digit, and saying where they come from.
import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { toCsv } from '../../../../src/elements/figure-export/figure-csv.ts';
import { legalXml } from '../../../../src/elements/figure-export/legal-xml.ts';

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

it('is read back whatever a reader calls things', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      '"',
      '""',
      '\0',
      '\r',
      '\n',
      ',',
      '#',
      '# a',
      '\u2028',
      "'",
      '\\',
      '\ufeff',
      '\ud800',
    ),
  );
  fc.assert(
    fc.property(cell, cell, fc.array(fc.tuple(cell, cell)), cell, (a, b, rows, title) => {
      const text = toCsv({ columns: [{ name: a }, { name: b }], rows }, [title]);
      const { data } = Papa.parse<string[]>(text.replace(/^#.*\r\n/, ''), {
        delimiter: ',',
        newline: '\r\n',
      });
      expect(data).toEqual([[a, b], ...rows, ['']]);
    }),
  );
});

it('a drawing is XML, whatever a reader calls things', () => {
  const drawing = `<text>${'\0\u0001\u001f\ufffe\ud800'}a\u0085é💥\n</text>`;
  expect(legalXml(drawing)).toBe(`<text>${'\ufffd'.repeat(5)}a\u0085é💥\n</text>`);
});

it('says at its top what it is, each thing on a line of its own', () => {
  const lines = toCsv(table, ['A title\nof two lines', 'Study fifty']).split('\r\n');
  expect(lines[0]).toBe('# A title of two lines');
  expect(lines[1]).toBe('# Study fifty');
  expect(lines[2]).toMatch(/^Network,/);
});
