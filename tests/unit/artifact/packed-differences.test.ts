// Codes as differences: the same codes again, whatever they were; smaller where they are smooth, and left alone where not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  packDifferences,
  packedIfSmaller,
  unpackDifferences,
} from '../../../src/artifact/packed-differences.ts';
import { readQuantised, writeQuantised } from '../../../src/artifact/quantised-file.ts';

const code = fc.integer({ min: 0, max: 65_535 });

describe('packDifferences', () => {
  it('gives back any codes of any shape', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        shapes.chain((shape) => {
          const size = shape.reduce((product, extent) => product * extent, 1);
          return fc.record({
            shape: fc.constant(shape),
            codes: fc.array(code, { minLength: size, maxLength: size }),
          });
        }),
        ({ shape, codes }) => {
          const packed = packDifferences(Uint16Array.from(codes), shape);
          expect([...unpackDifferences(packed, shape)]).toEqual(codes);
        },
      ),
    );
  });
});

const side = 60;
const smooth = Float32Array.from({ length: side * side }, (_, i) =>
  Math.exp(Math.sin((i % side) / 9) + Math.cos(Math.floor(i / side) / 7)),
);
/** Numerical Recipes' generator: no order that a neighbour foretells. */
let seed = 1;
const rough = Float32Array.from({ length: side * side }, () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
});

describe('a quantised file', () => {
  it('packs smooth grids, leaves rough ones, and reads both with their shapes', () => {
    const file = writeQuantised();
    file.quantised('smooth', smooth, [side, side], 'log');
    file.quantised('rough', rough, [side, side], 'linear');
    const reader = readQuantised(file.bytes(), 'test');
    for (const [name, values] of [
      ['smooth', smooth],
      ['rough', rough],
    ] as const) {
      expect(reader.shape(name, 2)).toEqual([side, side]);
      const read = reader.numbers(name, [side, null]);
      values.forEach((value, i) =>
        expect(Math.abs(read[i]! - value)).toBeLessThan(2e-4 * value + 1e-5),
      );
    }
    expect(reader.numbers('smooth', [side, side])).toHaveLength(side * side);
    expect(() => reader.numbers('smooth', [side, side + 1])).toThrow(/was expected/);
    const codes = Uint16Array.from(rough, (value) => Math.round(60_000 * value));
    expect(packedIfSmaller(codes, [side, side])).toBeNull();
  });

  it('reads what was written without packing, as earlier versions did', () => {
    const file = writeQuantised();
    file.quantised('rough', rough, [side * side], 'linear');
    const text = new TextDecoder('latin1').decode(file.bytes());
    expect(text).not.toContain('differences');
    expect(readQuantised(file.bytes(), 'test').shape('rough')).toEqual([side * side]);
  });
});
