// Where a result says something else than follows: counts and words to the letter, measured numbers but for rounding.
import { describe, expect, it } from 'vitest';
import {
  About,
  compareWithDerived,
  shaped,
  shapedIf,
  tensorsOf,
} from '../../../../src/landscape/analyses/derived.ts';
import { numericArray } from '../../../../src/landscape/analyses/numeric-array.ts';

const pathOf = (result: unknown, derived: unknown) =>
  compareWithDerived(result, derived).difference?.path ?? null;

describe('a result and what follows', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['a count', 5, 5, true],
    ['another count', 5, 6, false],
    ['a word', 'shown', 'shown', true],
    ['another word', 'shown', 'opposite', false],
    ['nothing where there is something', null, 0, false],
    ['something where there is nothing', 0, null, false],
    ['not a number on both sides', NaN, NaN, true],
    ['not a number on one side', NaN, 0.5, false],
    ['a number that single precision rounded', 0.1, Math.fround(0.1), true],
    ['a number that differs by a thousandth', 0.1, 0.1001, false],
    ['a tiny number that differs by a tenth', 3e-11, 3.3e-11, false],
    ['what single precision does not hold', 1e-50, 0, true],
    ['a measured number so large that it is whole', 1168884789247864000, 1168884754148928000, true],
    ['a number within its tolerance', 0.5, new About(0.51, 0.02), true],
    ['a number beyond its tolerance', 0.5, new About(0.53, 0.02), false],
  ])('%s', (_, own, again, isSame) => {
    expect(pathOf({ at: [own] }, { at: [again] })).toBe(isSame ? null : 'at.0');
  });

  it('holds a mean near zero against the width of its interval', () => {
    const estimate = (value: number) => ({ value, interval: [-0.02, 0.02] });
    expect(pathOf(estimate(1e-6), estimate(1.05e-6))).toBe(null);
    expect(pathOf(estimate(1e-3), estimate(1.1e-3))).toBe('value');
  });

  it('finds a field too many and one too few', () => {
    expect(pathOf({ a: 1, b: 2 }, { a: 1 })).toBe('b');
    expect(pathOf({ a: 1 }, { a: 1, b: 2 })).toBe('b');
    expect(pathOf([1, 2], [1])).toBe('1');
    expect(pathOf({ a: 1 }, { a: 1, b: undefined })).toBe(null);
  });

  it('compares tensors by shape and number, and takes one for itself', () => {
    const tensor = numericArray([2], [1, 2]);
    expect(pathOf({ t: tensor }, { t: tensor })).toBe(null);
    expect(pathOf({ t: tensor }, { t: numericArray([2], [1, 2.1]) })).toBe('t[1]');
    expect(pathOf({ t: tensor }, { t: new About(numericArray([2], [1, 2.1]), 0.2) })).toBe(null);
    expect(pathOf({ t: tensor }, { t: numericArray([1, 2], [1, 2]) })).toBe('the shape of t');
    expect(pathOf({ t: 1 }, { t: tensor })).toBe('t');
    expect(pathOf({ t: tensor }, { t: null })).toBe('t');
  });

  it('counts what it compared', () => {
    const result = { a: 1, b: ['x', true], c: numericArray([1], [1]) };
    expect(compareWithDerived(result, result).compared).toBe(3);
  });
});

describe('what is derived', () => {
  const tensor = numericArray([2, 1], [1, 2]);

  it('is shown the tensors of a result and nothing else', () => {
    expect(tensorsOf({ a: { t: tensor, n: 3 }, list: [tensor, 'x'], none: null })).toEqual({
      a: { t: tensor, n: undefined },
      list: [tensor, undefined],
      none: undefined,
    });
  });

  it('asks for tensors by their shapes', () => {
    expect(shaped(tensor, [2, 1])).toBe(tensor);
    expect(() => shaped(tensor, [2])).toThrow('has the shape [2, 1] where [2] was expected');
    expect(() => shaped(undefined, [2])).toThrow('a tensor is missing');
    expect(shapedIf(false, tensor, [2, 1])).toBe(null);
  });
});
