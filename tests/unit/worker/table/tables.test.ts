// Truth: what a table says when it is counted by hand, and that the learning side reads whatever is made of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError, parseCsv } from '../../../../src/learning/csv.ts';
import { equalBins } from '../../../../src/worker/table/equal-bins.ts';
import { inspectTable } from '../../../../src/worker/table/inspect-table.ts';
import type { MissingChoice, TableChoices } from '../../../../src/worker/table/table-messages.ts';
import { shapeTable } from '../../../../src/worker/table/shape-table.ts';
import { suggestChoices } from '../../../../src/worker/table/suggest-choices.ts';

const inspect = (text: string, header: boolean | 'auto' = 'auto') =>
  inspectTable(text, { where: 'x.csv', header });
const shape = (text: string, part: Partial<TableChoices> = {}) =>
  shapeTable(text, { ...suggestChoices(inspect(text)), ...part }, 'x.csv');

const animals = [
  'length;colour;note;legs;kind',
  '1;red;one;4;cat',
  '2;blue;two;4;cat',
  '?;red;three;2;bird',
  '4;;four;2;bird',
  '10;red;five;2;bird',
].join('\n');

describe('inspectTable', () => {
  it('counts what is in every column', () => {
    const { rows, header, columns, head } = inspect(animals);
    expect([rows, header]).toEqual([5, true]);
    expect(
      columns.map(({ name, kind, missing, distinct }) => [name, kind, missing, distinct]),
    ).toEqual([
      ['length', 'numeric', 1, 4],
      ['colour', 'categorical', 1, 2],
      ['note', 'categorical', 0, 5],
      ['legs', 'numeric', 0, 2],
      ['kind', 'categorical', 0, 2],
    ]);
    expect(columns[0]?.range).toEqual({ least: 1, most: 10, mean: 4.25 });
    expect(columns[1]?.values).toEqual([
      ['red', 3],
      ['blue', 1],
    ]);
    expect(head[2]).toEqual(['?', 'red', 'three', '2', 'bird']);
  });

  it('calls text of more than twenty values text, and "none" a word among words', () => {
    const lines = Array.from({ length: 21 }, (_, i) => `${i},w${i},${i % 2 ? 'none' : 'some'}`);
    const [number, words, few] = inspect(lines.join('\n')).columns;
    expect([number?.kind, words?.kind, few?.kind]).toEqual(['numeric', 'text', 'categorical']);
    expect(few?.missing).toBe(0);
    expect(inspect('1,p\nnone,q').columns[0]?.missing).toBe(1);
  });

  it('takes the first line as it is told', () => {
    expect(inspect(animals, false).rows).toBe(6);
    expect(inspect('1,2\n3,4', true).columns.map(({ name }) => name)).toEqual(['1', '2']);
  });
});

describe('suggestChoices', () => {
  it('finds the label, leaves row numbers and long texts out, and makes columns of words', () => {
    const { label, roles, missing } = suggestChoices(inspect(animals));
    expect(label).toBe(4);
    expect(roles).toEqual(['feature', 'one-hot', 'one-hot', 'feature', 'one-hot']);
    expect(missing).toBe('drop');
    const ids = suggestChoices(inspect('id,x,species\n1,5,a\n2,5,b\n3,6,a'));
    expect(ids.roles[0]).toBe('leave-out');
    expect(ids.label).toBe(2);
  });

  it('proposes to part a measured number', () => {
    const price = Array.from({ length: 30 }, (_, i) => `${i % 7},${i * 1.5}`).join('\n');
    // The column with seven values makes better classes than the one with thirty.
    expect(suggestChoices(inspect(price))).toMatchObject({ label: 0, bins: null });
    expect(suggestChoices(inspect(price), 1)).toMatchObject({ label: 1, bins: 4 });
  });
});

describe('shapeTable', () => {
  it('writes header, features, label last, which parseCsv reads', () => {
    const { csv, labelColumn, rows, features, classes, done } = shape(animals, {
      roles: ['feature', 'one-hot', 'leave-out', 'feature', 'feature'],
    });
    expect(csv).toBe(
      'length,colour = blue,colour = red,legs,kind\n1,0,1,4,cat\n2,1,0,4,cat\n10,0,1,2,bird\n',
    );
    expect({ labelColumn, rows, features: features.length }).toEqual({
      labelColumn: 'kind',
      rows: 3,
      features: 4,
    });
    expect(classes).toEqual([
      { name: 'bird', count: 1 },
      { name: 'cat', count: 2 },
    ]);
    expect(done).toEqual(['2 rows with a missing value left out.']);
  });

  it.each<[MissingChoice, string, string]>([
    ['mean', '4.25', '1'],
    ['median', '3', '1'],
  ])('fills gaps with the %s, of words with the most frequent', (missing, length, red) => {
    const { csv, done } = shape(animals, {
      roles: ['feature', 'one-hot', 'leave-out', 'leave-out', 'feature'],
      missing,
    });
    const lines = csv.split('\n');
    expect(lines[3]).toBe(`${length},0,1,bird`);
    expect(lines[4]).toBe(`4,0,${red},bird`);
    expect(done[0]).toMatch(/^2 missing values filled in with the column's m/);
  });

  it('leaves rows without a label out, whatever is done with other gaps', () => {
    const text = 'a,b,y\n1,2,p\n3,,\n5,6,q';
    expect(shape(text, { missing: 'mean' }).done).toEqual(['1 row without a label left out.']);
    expect(() => shape(text, { missing: 'refuse' })).toThrow(
      'the label column "y" has 1 missing value: expected a label in every row; leave those rows out (x.csv)',
    );
  });

  it('survives separators in names and classes', () => {
    const text = '"a;b|c";"x, y";kind\n1;2;"p,q|r,s"\n3;4;"t,u|v,w"\n';
    const { csv, features, classes } = shape(text);
    expect(features).toEqual(['a b c', 'x y']);
    expect(classes.map(({ name }) => name)).toEqual(['p,q|r,s', 't,u|v,w']);
    expect(parseCsv(csv, { where: '' }).classNames).toHaveLength(2);
  });

  it('parts a measured label into classes of equal size, in order', () => {
    const text = `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${39 - i}.5`).join('\n')}`;
    const { classes } = shape(text, { label: 1, bins: 4 });
    expect(classes).toEqual([
      { name: '1: below 10.5', count: 10 },
      { name: '2: 10.5 to 20.5', count: 10 },
      { name: '3: 20.5 to 30.5', count: 10 },
      { name: '4: 30.5 or more', count: 10 },
    ]);
    expect(shape(text, { label: 1, bins: null }).warnings[0]).toBe(
      '"y" is a number with 40 different values. The laboratory sorts into classes and would take each value for a class of its own; part it into a few classes of equal size instead.',
    );
  });

  it('warns of what makes trouble later', () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${i},7,${i * 1e5},${i < 29 ? 'most' : 'one'}`,
    );
    const { warnings, done } = shape(`a,b,c,y\n${rows.join('\n')}`);
    expect(warnings).toEqual([
      'Class "one" has one row only: it is trained on, and never tested.',
      'The classes are very unequal: always answering "most" would be right for 97% of the rows. Measure accuracy against that.',
      '"b" is the same in every row and teaches nothing; leave it out.',
    ]);
    expect(done).toEqual([
      'The features differ in scale by a factor of 100,000, which “Normalise features”, on unless you change it, evens out.',
    ]);
    const plain = shape('a,y\n1,p\n2,q\n3,p\n4,q');
    expect([plain.warnings, plain.done]).toEqual([[], []]);
  });

  it.each<[string, string, Partial<TableChoices>, string]>([
    [
      'no feature',
      'a,y\n1,p\n2,q',
      { roles: ['leave-out', 'feature'] },
      'no column is left to learn from: expected at least one feature beside the label; choose another role for one (x.csv)',
    ],
    [
      'text as a feature',
      animals,
      { roles: ['leave-out', 'leave-out', 'feature', 'feature', 'feature'] },
      'line 2, column 3 ("note") is "one": expected a number, with a point for decimals; or leave the column out (x.csv)',
    ],
    [
      'a gap that is not to be there',
      animals,
      { missing: 'refuse' },
      'line 4, column 1 ("length") is "?": the value is missing; leave such rows out or fill them in (x.csv)',
    ],
    [
      'one class',
      'a,y\n1,p\n2,p',
      { label: 1 },
      'the label column "y" has the one value "p": expected at least two classes; choose another labelColumn (x.csv)',
    ],
    [
      'words to be parted',
      animals,
      { label: 4, bins: 3 },
      'line 2, the label column "kind" is "cat": expected a number, since only numbers can be parted into classes of equal size (x.csv)',
    ],
    [
      'a column without any value',
      'a,b,y\n1,,p\n2,,q',
      { roles: ['feature', 'feature', 'feature'], missing: 'mean' },
      'every row misses a value: expected at least one complete row; leave out the columns with many gaps, or fill them in (x.csv)',
    ],
  ])('says what is wrong with %s', (_, text, part, message) => {
    expect(() => shape(text, part)).toThrow(new CsvError(message));
  });
});

describe('equalBins', () => {
  it('keeps order, keeps equal values together, and is as even as they allow', () => {
    const values = fc.array(fc.oneof(fc.nat(6), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 10 }), (numbers, k) => {
        const number = equalBins(numbers, k).map((name) => Number(name.split(':')[0]));
        const distinct = new Set(numbers).size;
        expect(new Set(number).size).toBeLessThanOrEqual(Math.min(k, distinct));
        numbers.forEach((a, i) =>
          numbers.forEach((b, j) => {
            if (a <= b) expect(number[i]!).toBeLessThanOrEqual(number[j]!);
          }),
        );
        if (distinct < numbers.length) return;
        const sizes = Array.from({ length: k }, (_, c) => number.filter((n) => n === c + 1).length);
        const full = sizes.filter((size) => size > 0);
        expect(Math.max(...full) - Math.min(...full)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });
});

describe('whatever the text', () => {
  const fragment = fc.oneof(
    fc.constantFrom(',', ',', ';', '\t', '|', '\n', '\n', '\r', '"', '""', '__proto__', 'NaN', '?'),
    fc.constantFrom('1', '-1.5', '1e300', 'a', 'b', 'none', ' ', '\uFEFF', '\u2028'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const wild = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''));
  /** A table in the first place, with odd cells. */
  const cell = fc.oneof(
    fc.constantFrom(
      '1',
      '2',
      '3.5',
      'p',
      'q',
      '',
      '?',
      'none',
      'x;y',
      '"',
      'a|b',
      'two\nlines',
      ' ',
    ),
    fc.integer({ min: -9, max: 9 }).map(String),
  );
  const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`);
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) =>
      fc.array(fc.array(quoted, { minLength: width, maxLength: width }), {
        minLength: 2,
        maxLength: 12,
      }),
    )
    .chain((rows) =>
      fc.constantFrom(',', ';', '|').map((by) => rows.map((row) => row.join(by)).join('\n')),
    );
  const choices = fc.record({
    header: fc.constantFrom(true, false, 'auto' as const),
    label: fc.nat(5),
    roles: fc.array(fc.constantFrom('feature' as const, 'one-hot' as const, 'leave-out' as const), {
      minLength: 2,
      maxLength: 6,
    }),
    missing: fc.constantFrom<MissingChoice>('refuse', 'drop', 'mean', 'median'),
    bins: fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 6 })),
  });

  it('nothing but a CsvError comes out, and what is shaped is what parseCsv reads', () => {
    let shaped = 0;
    fc.assert(
      fc.property(fc.oneof(table, table, wild), choices, fc.boolean(), (text, wildly, isWild) => {
        try {
          const report = inspect(text, wildly.header);
          for (const { missing, values } of report.columns)
            expect(values.reduce((sum, [, n]) => sum + n, missing)).toBeLessThanOrEqual(
              report.rows,
            );
          const roles = report.columns.map((_, c) => wildly.roles[c % wildly.roles.length]!);
          const label = wildly.label % report.columns.length;
          const chosen = isWild ? wildly : { ...wildly, roles, label };
          const made = shapeTable(text, chosen, 'x.csv');
          shaped += 1;
          const read = parseCsv(made.csv, {
            where: '',
            header: true,
            labelColumn: made.labelColumn,
          });
          expect(read.featureNames).toEqual(made.features);
          expect(read.labels).toHaveLength(made.rows);
          expect(made.rows).toBeLessThanOrEqual(report.rows);
          expect(parseCsv(made.csv, { where: '', header: true })).toEqual(read);
        } catch (error) {
          if (!(error instanceof CsvError)) throw error;
          expect(error.message).toMatch(/^\S.*: .*\(x\.csv\)$/);
        }
      }),
      { numRuns: 6_000 },
    );
    expect(shaped).toBeGreaterThan(300);
  });
});
