// Names of files are such that Windows, macOS and Linux take them for what they are, and no two of a folder are one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctFileNames, isSameFile, safeFileName } from '../../../src/artifact/file-name.ts';

const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('con', 'NUL.txt', 'com¹', 'lpt1 .csv', '..', 'a/../b', 'C:\\a', '\ud800', ' . '),
);

describe('the name of a file', () => {
  it.each([
    'trees.csv',
    'my data (2).tsv',
    'fifty',
    'fifty.study',
    'Fünfzig – モデル.txt',
    '👩‍🔬.md',
    'console',
    'com10',
    'null.csv',
  ])('%s stays as it is, since every system takes it', (name) =>
    expect(safeFileName(name)).toBe(name),
  );

  it.each([
    ['con', '_con'],
    ['CON.txt', '_CON.txt'],
    ['nul.study', '_nul.study'],
    ['aux .csv', '_aux .csv'],
    ['com1', '_com1'],
    ['LPT³.csv', '_LPT³.csv'],
    ['name. .', 'name'],
    ['..', 'file'],
    ['', 'file'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a<b>:"c|?*\0\u001f\u007f\u0085', 'a-b---c-------'],
    ['line\nend\u2028', 'line-end-'],
    ['\ud83d!', '-!'],
    ['cod\u202egpj.exe', 'cod-gpj.exe'],
  ])('%j becomes %s', (name, made) => expect(safeFileName(name)).toBe(made));

  it('that is too long is cut before its ending, at a whole character', () => {
    expect(safeFileName(`${'x'.repeat(400)}.csv`)).toBe(`${'x'.repeat(196)}.csv`);
    expect(safeFileName(`a${'💥'.repeat(100)}.csv`)).toBe(`a${'💥'.repeat(48)}.csv`);
    expect(safeFileName(`con${' '.repeat(300)}x`)).toBe('_con');
    const long = safeFileName(`con.${'x'.repeat(300)}`);
    expect([long.slice(0, 5), long.length, safeFileName(long)]).toEqual(['_con.', 200, long]);
  });

  it('is fit for every system, and stays as it is the second time, whatever it was', () => {
    fc.assert(
      fc.property(strange, (name) => {
        const made = safeFileName(name);
        // eslint-disable-next-line no-control-regex
        expect(made).not.toMatch(/[<>:"/\\|?*\u0000-\u001f\u007f-\u009f]|^[. ]|[. ]$/);
        expect(made).not.toMatch(/^(con|prn|aux|nul|(com|lpt)[\d¹²³])\s*(\.|$)/i);
        expect(made.isWellFormed()).toBe(true);
        const bytes = new TextEncoder().encode(made).length;
        expect(bytes).toBeGreaterThan(0);
        expect(bytes).toBeLessThanOrEqual(201);
        expect(safeFileName(made)).toBe(made);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('names in one folder', () => {
  it('that are the same, or the same somewhere, are told apart by a number', () => {
    const names = [
      'README.txt',
      'readme.TXT',
      'README.txt',
      'a',
      'A',
      'caf\u00e9.md',
      'cafe\u0301.md',
    ];
    expect(distinctFileNames(names)).toEqual([
      'README.txt',
      'readme-2.TXT',
      'README-3.txt',
      'a',
      'A-2',
      'caf\u00e9.md',
      'cafe\u0301-2.md',
    ]);
  });

  it('are different files on every system, whatever they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(strange, fc.constantFrom('a.txt', 'A.txt', 'a-2.txt', 'con')), {
          maxLength: 12,
        }),
        (names) => {
          const made = distinctFileNames(names);
          made.forEach((name, i) =>
            made.slice(0, i).forEach((other) => expect(isSameFile(name, other)).toBe(false)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
