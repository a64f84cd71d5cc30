// Truth: a quoted value is one short line of visible characters.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../../src/learning/quote.ts';

describe('quote', () => {
  it.each<[unknown, string]>([
    ['abc', '"abc"'],
    ['a"b', '"a\\"b"'],
    ['a\nb', '"a\\nb"'],
    [-1.5, '-1.5'],
    [NaN, 'NaN'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'missing'],
    [[64, 0], '[64, 0]'],
    [['a'], 'a list of 1'],
    [{ a: 1 }, 'an object'],
    [() => 0, 'a function'],
  ])('case %#', (value, text) => expect(quote(value)).toBe(text));

  it('is one short line of visible characters, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.anything()),
        (value) => {
          const text = quote(value);
          expect(text.length).toBeLessThan(400);
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        },
      ),
    );
  });
});
