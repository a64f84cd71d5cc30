// A result survives being split into JSON and tensors, in full for computing and rounded for the page.
import { describe, expect, it } from 'vitest';
import { joinResult, splitResult } from '../../../src/artifact/result-tree.ts';
import { decodeResult, encodeResult } from '../../../src/artifact/result-files.ts';
import { decodeShownTensors } from '../../../src/artifact/result-tensors.ts';
import {
  forComputing,
  numericArray,
  onLogScale,
  type NumericArray,
} from '../../../src/landscape/analyses/numeric-array.ts';

const many = Float32Array.from({ length: 5000 }, (_, i) => Math.exp(-i / 500));
const result = {
  title: 'a result',
  pairs: [{ barrier: 0.25, at: NaN, steps: null }, { barrier: Infinity }],
  widths: numericArray([2, 3], [1, 2, 3, 4, 5, 6]),
  losses: onLogScale([50, 100], many),
  vectors: forComputing([2], [7, -8]),
  gone: undefined,
};

const plain = (array: unknown) => {
  const { shape, values } = array as NumericArray;
  return { shape, values: Array.from(values) };
};

describe('a result', () => {
  it('comes back from its JSON text and its full tensors as it was', () => {
    const { json, full } = encodeResult(result);
    const text = JSON.stringify(json);
    const again = decodeResult(JSON.parse(text), full, 'x') as typeof result;
    expect(again.pairs).toEqual(result.pairs);
    expect(plain(again.widths)).toEqual(plain(result.widths));
    expect(plain(again.losses)).toEqual(plain(result.losses));
    expect(plain(again.vectors)).toEqual({ shape: [2], values: [7, -8] });
    expect('gone' in again).toBe(false);
  });

  it("loses in the page's copy what no figure draws, and rounds only what is large", () => {
    const { json, shown, full } = encodeResult(result);
    const again = joinResult(json, decodeShownTensors(shown, 'x'), 'x') as typeof result;
    expect(again.vectors).toBeNull();
    expect(plain(again.widths)).toEqual(plain(result.widths));
    const worst = Math.max(
      ...Array.from(many, (value, i) => Math.abs(again.losses.values[i]! / value - 1)),
    );
    expect(worst).toBeLessThan(2e-3);
    expect(worst).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(full.length * 0.6);
  });

  it('keeps how each tensor is drawn, so that its page copy can be made again', () => {
    const { json, full, shown } = encodeResult(result);
    const again = encodeResult(decodeResult(JSON.parse(JSON.stringify(json)), full, 'x'));
    expect(again.shown).toEqual(shown);
    expect(again.full).toEqual(full);
  });

  it("is refused where one tensor stands in another's place", () => {
    const { json, full } = encodeResult(result);
    const moved = { ...(json as object), losses: { tensor: 'widths' } };
    expect(() => decodeResult(moved, full, 'x')).toThrow(
      'x: the tensor widths stands in the place of losses; run the experiment again',
    );
  });

  it.each([
    [512, 0],
    [513, 1],
  ])('of %i numbers is rounded by at most %i / 4095 / 2 of its range', (count, rounded) => {
    const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i) * 7);
    const { json, shown } = encodeResult({ x: numericArray([count], values) });
    const { x } = joinResult(json, decodeShownTensors(shown, 'x'), 'x') as { x: NumericArray };
    const range = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
    const worst = values.reduce((most, v, i) => Math.max(most, Math.abs(v - x.values[i]!)), 0);
    expect(worst).toBeLessThanOrEqual((rounded * range) / 4095 / 2 + rounded * 1e-6);
    expect(worst > 0).toBe(rounded > 0);
  });

  it('keeps in rounded tensors what is not finite, and zero on a log scale', () => {
    const values = Float32Array.from({ length: 3000 }, (_, i) => i / 10);
    values.set([NaN, Infinity, 0, 5]);
    const { json, shown } = encodeResult({ x: onLogScale([3000], values) });
    const { x } = joinResult(json, decodeShownTensors(shown, 'x'), 'x') as { x: NumericArray };
    expect([...x.values.subarray(0, 3)]).toEqual([NaN, Infinity, 0]);
    expect(Math.abs(x.values[3]! / 5 - 1)).toBeLessThan(Math.log(299.9 / 0.4) / 4095);
  });

  it('cannot hold two tensors of one name', () => {
    const one = numericArray([1], [1]);
    expect(() => splitResult({ 'a.b': one, a: { b: one } })).toThrow(
      'a result holds two tensors at a.b',
    );
  });

  it('names each tensor by its path', () => {
    const { tensors } = splitResult({ conditions: { w4: { raw: numericArray([1], [1]) } } });
    expect([...tensors.keys()]).toEqual(['conditions.w4.raw']);
  });

  it.each([[new Map()], [Float32Array.of(1)], [() => 1], [{ a: { b: 1n } }]])(
    'refuses what it could not give back',
    (value) => expect(() => splitResult({ value })).toThrow(/a result holds a \w+ at value/),
  );
});

it('numbers that do not fill their shape are refused', () => {
  expect(() => numericArray([2, 2], [1, 2, 3])).toThrow('3 numbers do not fill the shape [2, 2]');
});
