// Truth: RFC 4180 for what a CSV file says, and a whole sentence with line and column where it cannot be used.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError, csvLimits, parseCsv, type CsvOptions } from '../../../src/learning/csv.ts';

const parse = (text: string, options: Partial<CsvOptions> = {}) =>
  parseCsv(text, { where: 'x.csv', ...options });

describe('parseCsv', () => {
  it('reads features and classes, the last column being the label', () => {
    const data = parse('1,2,a\n3,4,b\n5.5,-6e2,a\n');
    expect([...data.inputs]).toEqual([1, 2, 3, 4, 5.5, -600]);
    expect([...data.labels]).toEqual([0, 1, 0]);
    expect(data.classNames).toEqual(['a', 'b']);
    expect(data.featureNames).toEqual(['column 1', 'column 2']);
  });

  it.each([
    ['commas', 'a,b,y\n1,2,p\n3,4,q'],
    ['tabs', 'a\tb\ty\n1\t2\tp\n3\t4\tq'],
    ['semicolons', 'a;b;y\n1;2;p\n3;4;q'],
    ['bars', 'a|b|y\n1|2|p\n3|4|q'],
    ['Windows line ends', 'a,b,y\r\n1,2,p\r\n3,4,q\r\n'],
    ['mixed line ends', 'a,b,y\r\n1,2,p\n3,4,q\r'],
    ['old Macintosh line ends', 'a,b,y\r1,2,p\r3,4,q\r'],
    ['a byte-order mark', '\uFEFFa,b,y\n1,2,p\n3,4,q'],
    ['spaces and empty lines', '\n a , b, y\n\n1,2 ,p\n , ,\n3, 4,q\n\n'],
    ['quotes', '"a","b","y"\n"1",2,"p"\n3,"4",q'],
  ])('reads %s', (_, text) => {
    expect(parse(text)).toEqual({
      kind: 'classes',
      featureNames: ['a', 'b'],
      classNames: ['p', 'q'],
      inputs: Float64Array.of(1, 2, 3, 4),
      labels: Int32Array.of(0, 1),
    });
  });

  it('reads quoted separators, quotes and line breaks', () => {
    expect(parse('x,y\n1,"a, b"\n2,"say ""c"""\n3,"two\nlines"').classNames).toEqual([
      'a, b',
      'say "c"',
      'two\nlines',
    ]);
  });

  it('finds a header only where it is one', () => {
    expect(parse('0,1,2\n1,1,3').labels).toHaveLength(2);
    expect(parse('length,width,kind\n0,1,2\n1,1,3').featureNames).toEqual(['length', 'width']);
    // A typing error in the first line is an error, not a header.
    expect(() => parse('1,abc,p\n2,3,q')).toThrow('line 1, column 2 is "abc"');
    expect(() => parse('?,NA,p\n2,3,q')).toThrow('line 1, column 1 is "?"');
    expect(parse('1,2,y\n3,4,p\n5,6,q', { header: true }).featureNames).toEqual(['1', '2']);
    expect(parse('1,2,y\n3,4,p\n5,6,q', { labelColumn: 'y' }).featureNames).toEqual(['1', '2']);
    expect(() => parse('a,b,y\n1,2,p\n3,4,q', { header: false })).toThrow('line 1, column 1');
  });

  it('takes the label column by name or index', () => {
    const text = 'kind,a,b\np,1,2\nq,3,4';
    for (const labelColumn of ['kind', 0]) {
      const data = parse(text, { labelColumn });
      expect(data.classNames).toEqual(['p', 'q']);
      expect([...data.inputs]).toEqual([1, 2, 3, 4]);
      expect(data.featureNames).toEqual(['a', 'b']);
    }
  });

  it('orders classes as numbers where they are, else as text with numbers in it', () => {
    const classes = (...labels: string[]) =>
      parse(labels.map((l) => `1,${l}`).join('\n')).classNames;
    expect(classes('10', '9', '-1', '-2', '1.5')).toEqual(['-2', '-1', '1.5', '9', '10']);
    expect(classes('b10', 'b2', 'a')).toEqual(['a', 'b2', 'b10']);
    expect(classes('1.0', '1')).toEqual(classes('1', '1.0'));
  });

  it('gives back every finite number that was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -3e38, max: 3e38, noNaN: true }), fc.nat(5)), {
          minLength: 1,
        }),
        (rows) => {
          const text = ['x,y', '0,other', ...rows.map(([x, y]) => `${x},class ${y}`)].join('\n');
          const data = parse(text);
          // -0 is written as 0.
          expect([...data.inputs]).toEqual([0, ...rows.map(([x]) => x + 0)]);
          expect([...data.labels].map((l) => data.classNames[l])).toEqual([
            'other',
            ...rows.map(([, y]) => `class ${y}`),
          ]);
        },
      ),
    );
  });
});

describe('parseCsv says', () => {
  const wide = `${'1,'.repeat(csvLimits.columns)}p`;
  const long = '1,p\n2,q\n'.repeat(csvLimits.rows / 2);
  const many = Array.from({ length: csvLimits.classes + 1 }, (_, i) => `1,${i}`).join('\n');
  it.each<[string, string, Partial<CsvOptions>, string]>([
    ['an empty file', '', {}, 'the file is empty: expected lines of numbers and a label (x.csv)'],
    [
      'blank lines alone',
      '\n \n,,\n',
      {},
      'the file is empty: expected lines of numbers and a label (x.csv)',
    ],
    [
      'one column',
      '1\n2',
      {},
      'line 1 has one column: expected at least one feature and a label, separated by comma, tab, semicolon or bar (x.csv)',
    ],
    [
      'a header alone',
      'a,y\n',
      {},
      'the file has a header but no data: expected lines of numbers (x.csv)',
    ],
    ['a short row', '1,2,p\n\n3,q', {}, 'line 3 has 2 values: expected 3, as on line 1 (x.csv)'],
    ['a long row', 'a,y\n1,p\n3,q,7', {}, 'line 3 has 3 values: expected 2, as on line 1 (x.csv)'],
    [
      'text in a feature',
      'a,b,y\n1,2,p\n3,four,q',
      {},
      'line 3, column 2 ("b") is "four": expected a number, with a point for decimals (x.csv)',
    ],
    [
      'a decimal comma',
      'a;y\n1,5;p',
      {},
      'line 2, column 1 ("a") is "1,5": expected a number, with a point for decimals (x.csv)',
    ],
    [
      'hexadecimal',
      '1,p\n0x10,q',
      {},
      'line 2, column 1 is "0x10": expected a number, with a point for decimals (x.csv)',
    ],
    [
      'infinity',
      '1,p\n-Infinity,q',
      {},
      'line 2, column 1 is "-Infinity": expected a finite number (x.csv)',
    ],
    [
      'a number out of range',
      '1,p\n1e39,q',
      {},
      'line 2, column 1 is "1e39": expected a number that fits in single precision, below 3.4e38 (x.csv)',
    ],
    [
      'an empty feature',
      '1,2,p\n3,,q',
      {},
      'line 2, column 2 is "": the value is missing; fill it in or leave the line out (x.csv)',
    ],
    [
      'NaN',
      '1,2,p\nNaN,2,q',
      {},
      'line 2, column 1 is "NaN": the value is missing; fill it in or leave the line out (x.csv)',
    ],
    [
      'an empty label',
      '1,2,p\n3,4,',
      {},
      'line 2, column 3 is "": the label is missing; fill it in or leave the line out (x.csv)',
    ],
    [
      'one class',
      'a,kind\n1,p\n2,p',
      {},
      'the label column "kind" has the one value "p": expected at least two classes; choose another labelColumn (x.csv)',
    ],
    [
      'too many classes',
      many,
      {},
      'the label column "column 2" has 257 different values: expected at most 256 classes; choose another labelColumn (x.csv)',
    ],
    [
      'a header twice',
      'a,b,a\n1,2,p',
      {},
      'line 1 names column 1 and column 3 both "a": expected a name of its own for each (x.csv)',
    ],
    [
      'an unknown label column',
      'a,y\n1,p\n2,q',
      { labelColumn: 'z' },
      'labelColumn is "z": expected one of the columns "a", "y" (x.csv)',
    ],
    [
      'a named label column without header',
      '1,p\n2,q',
      { labelColumn: 'y' },
      'labelColumn is "y": the file has no header, so expected an index from 0 to 1 (x.csv)',
    ],
    [
      'a label column out of range',
      '1,p\n2,q',
      { labelColumn: 2 },
      'labelColumn is 2: the file has 2 columns, so expected 0 to 1 (x.csv)',
    ],
    [
      'too many columns',
      wide,
      {},
      'line 1 has 4098 columns: expected at most 4097; leave some out (x.csv)',
    ],
    [
      'too many rows',
      `${long}3,p\n`,
      {},
      'the file has more than 50000 rows of data: expected at most 50000; keep a random part of them (x.csv)',
    ],
    [
      'too many lines, with nothing on them',
      `1,p${'\n'.repeat(1_000_001)}`,
      {},
      'the file has more than 1000000 lines: expected at most 50000 rows of data; leave out the empty ones, or keep a random part (x.csv)',
    ],
    [
      'too much text',
      'x'.repeat(csvLimits.characters + 1),
      {},
      'the file has 32000001 characters: expected at most 32000000; keep a random part of its rows (x.csv)',
    ],
    [
      'binary data',
      '1,2,p\n\0\x01\x02',
      {},
      'line 2 holds bytes that are not text: expected a CSV file in UTF-8, not compressed and not a spreadsheet (x.csv)',
    ],
    [
      'bytes that were not UTF-8',
      '1,2,p\n3,4,\uFFFD',
      {},
      'line 2 holds bytes that are not text: expected a CSV file in UTF-8, not compressed and not a spreadsheet (x.csv)',
    ],
    [
      'an open quote',
      '1,p\n2,"q\n3,r',
      {},
      'line 2 has a quotation mark without its partner: expected quotes only in pairs round a whole value (x.csv)',
    ],
  ])('%s', (_, text, options, message) => {
    expect(() => parse(text, options)).toThrow(new CsvError(message));
  });

  it('the true line after a value of several lines', () => {
    expect(() => parse('x,y\n1,"two\nlines"\nabc,p')).toThrow('line 4, column 1 ("x") is "abc"');
  });

  it('accepts as many rows as the limit', () => {
    expect(parse(`x,y\n${long}`).labels).toHaveLength(csvLimits.rows);
  });

  it('shortens and masks what it quotes', () => {
    const evil = `${'z'.repeat(10_000)}`;
    expect(() => parse(`1,p\n${evil},q`)).toThrow(/^.{0,200}$/);
    expect(() => parse('1,p\n\u202E\u001B[31mred,q')).toThrow('is "?\\u001b[31mred"');
  });

  it('a CsvError and nothing else, whatever the text', () => {
    const fragment = fc.oneof(
      fc.constantFrom(
        ',',
        ';',
        '\t',
        '\n',
        '\r',
        '"',
        '""',
        '__proto__',
        'NaN',
        '1',
        '-1.5',
        'a',
        ' ',
      ),
      fc.string({ unit: 'binary' }),
    );
    const text = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''));
    const options = fc.record({
      header: fc.constantFrom(true, false, 'auto' as const),
      labelColumn: fc.oneof(fc.constant(undefined), fc.nat(4), fc.constantFrom('a', '__proto__')),
    });
    fc.assert(
      fc.property(text, options, (csv, chosen) => {
        try {
          const { inputs, labels, classNames, featureNames } = parse(csv, chosen);
          expect(inputs).toHaveLength(labels.length * featureNames.length);
          expect(inputs.every(Number.isFinite)).toBe(true);
          expect(labels.every((label) => label in classNames)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvError);
          expect((error as Error).message).toMatch(/^\S.*: .*\(x\.csv\)$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
