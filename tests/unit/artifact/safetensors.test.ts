import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { decodeSafetensors, encodeSafetensors, stored } from '../../../src/artifact/safetensors.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const encoder = new TextEncoder();

/** A file with this header and so many bytes of data. */
function fileOf(header: string, dataBytes = 0, announced?: bigint): Uint8Array {
  const text = encoder.encode(header);
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, announced ?? BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

describe('safetensors', () => {
  it('gives back every dtype, bit for bit: NaN payloads, negative zero, infinities', () => {
    const bits = new Uint32Array([0x7fc00001, 0x80000000, 0x7f800000, 0xff800000, 1, 0x3f800000]);
    const tensors = {
      f32: stored(new Float32Array(bits.buffer), [2, 3]),
      f64: stored(Float64Array.of(-0, NaN, 5e-324), [3]),
      i64: stored(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n), [2, 1]),
      i32: stored(Int32Array.of(-2147483648, 2147483647), [2]),
      u16: stored(Uint16Array.of(0, 65535, 258), [3]),
      u8: stored(Uint8Array.of(0, 255, 7), [1, 3]),
      scalar: stored(Float32Array.of(3), []),
      empty: stored(new Float32Array(0), [0, 4]),
    };
    const bytes = encodeSafetensors(tensors, { note: 'naïve "quotes"\n' });
    const decoded = decodeSafetensors(bytes, 'test');
    expect([...decoded.metadata]).toEqual([['note', 'naïve "quotes"\n']]);
    expect([...decoded.tensors.keys()].sort()).toEqual(Object.keys(tensors).sort());
    for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
      const found = decoded.tensors.get(name);
      expect(found?.dtype).toBe(dtype);
      expect(found?.shape).toEqual(shape);
      const raw = (array: ArrayBufferView) =>
        Array.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      expect(raw(found?.values as ArrayBufferView)).toEqual(raw(values));
    }
  });

  it('gives back any tensors under any names', () => {
    const tensor = fc
      .array(fc.float(), { maxLength: 20 })
      .map((values) => Float32Array.from(values));
    const names = fc.string().filter((name) => name !== '__metadata__');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, tensor), { maxLength: 5 }), (entries) => {
        const unique = [...new Map(entries)];
        const tensors = Object.fromEntries(
          unique.map(([name, values]) => [name, stored(values, [values.length])]),
        );
        const { tensors: found } = decodeSafetensors(encodeSafetensors(tensors), 'test');
        expect([...found.keys()].sort()).toEqual(Object.keys(tensors).sort());
        for (const [name, values] of Object.entries(tensors)) {
          expect(found.get(name)?.values).toEqual(values.values);
        }
      }),
    );
  });

  it('copies out of a Node buffer, whatever its header leaves of alignment', () => {
    const header = '{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    for (const spaces of [0, 1, 2, 3]) {
      const file = Buffer.from(fileOf(header + ' '.repeat(spaces), 8));
      const { values } = decodeSafetensors(file, 'test').tensors.get('x')!;
      file.fill(255);
      expect(values).toEqual(Float32Array.of(0, 0));
    }
  });

  it('reads from bytes that start anywhere in a buffer', () => {
    const bytes = encodeSafetensors({ x: stored(Float32Array.of(1, 2), [2]) });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const { tensors } = decodeSafetensors(shifted.subarray(3), 'test');
    expect(tensors.get('x')?.values).toEqual(Float32Array.of(1, 2));
  });

  it('meets hostile bytes with an ArtifactError or with tensors, and nothing else', () => {
    const whole = encodeSafetensors(
      { a: stored(Float32Array.of(1, 2, 3), [3]), b: stored(Uint8Array.of(4), [1]) },
      { key: 'value' },
    );
    const mutated = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const bytes = whole.slice();
        for (const [index, value] of changes) bytes[index] = value;
        return bytes;
      });
    const truncated = fc.nat(whole.length).map((length) => whole.slice(0, length));
    const header = fc.json().map((text) => fileOf(text, 16));
    const hostile = fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated, truncated, header);
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          const { tensors } = decodeSafetensors(bytes, 'test');
          for (const { shape, values } of tensors.values()) {
            expect(shape.reduce((a, b) => a * b, 1)).toBe(values.length);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ArtifactError);
          expect((error as Error).message).not.toContain('\n');
        }
      }),
      { numRuns: 2000 },
    );
  });

  const tensor = (fields: object) =>
    JSON.stringify({ x: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...fields } });
  it.each([
    [
      'too short for a length',
      new Uint8Array(5),
      /has 5 bytes where the header's length alone takes 8/,
    ],
    [
      'a header longer than the file',
      fileOf('{}', 0, 1000n),
      /header should take 1000 bytes and 2 are there/,
    ],
    [
      'a header longer than any file',
      fileOf('{}', 0, 2n ** 64n - 1n),
      /header should take 18446744073709551615 bytes/,
    ],
    [
      'a header longer than any that is ours',
      fileOf(' '.repeat(10_000_001)),
      /header takes 10000001 bytes where at most 10000000 are read/,
    ],
    ['a header that is not JSON', fileOf('{"x":'), /header is not JSON/],
    ['a header that is a list', fileOf('[]'), /header is not an object/],
    ['metadata with a number', fileOf('{"__metadata__":{"a":1}}'), /metadata "a" is not a string/],
    ['a foreign dtype', fileOf(tensor({ dtype: 'BF16' }), 4), /dtype "BF16" where one of F64, F32/],
    [
      'a dtype from the prototype',
      fileOf(tensor({ dtype: 'constructor' }), 4),
      /dtype "constructor"/,
    ],
    ['a negative size', fileOf(tensor({ shape: [-1] }), 4), /shape that is not a list of sizes/],
    ['a size of 2^60', fileOf(tensor({ shape: [2 ** 60] }), 4), /not a list of sizes/],
    [
      'sizes whose product overflows',
      fileOf(tensor({ shape: [2 ** 52, 2 ** 52] }), 4),
      /needs 8.*e\+31 bytes, not 4/,
    ],
    [
      'offsets outside',
      fileOf(tensor({ data_offsets: [0, 400], shape: [100] }), 4),
      /lies at bytes 0 to 400 of 4/,
    ],
    ['offsets backwards', fileOf(tensor({ data_offsets: [4, 0] }), 4), /lies at bytes 4 to 0 of 4/],
    [
      'a shape that does not fit',
      fileOf(tensor({ shape: [2] }), 4),
      /shape \[2\] needs 8 bytes, not 4/,
    ],
    ['bytes that belong to nobody', fileOf(tensor({}), 8), /tensors take 4 bytes and 8 are there/],
    [
      'a gap at the start',
      fileOf(tensor({ data_offsets: [4, 8] }), 8),
      /starts at byte 4 where 0 was expected/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'weights.safetensors')).toThrow(message);
    expect(() => decodeSafetensors(bytes, 'weights.safetensors')).toThrow(
      /^weights.safetensors is not/,
    );
  });

  it('copies none of many tensors that lie over one another: together they would be larger than the file', () => {
    const size = 2 ** 20;
    const names = Array.from({ length: 20_000 }, (_, k) => [
      `t${k}`,
      { dtype: 'U8', shape: [size], data_offsets: [0, size] },
    ]);
    const file = fileOf(JSON.stringify(Object.fromEntries(names)), size);
    const started = performance.now();
    expect(() => decodeSafetensors(file, 'weights.safetensors')).toThrow(/starts at byte 0 where/);
    // 20 GB would take longer, were there so much.
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('refuses tensors that share bytes', () => {
    const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
    const header = JSON.stringify({ x: entry, y: entry });
    expect(() => decodeSafetensors(fileOf(header, 4), 'test')).toThrow(
      /"y" starts at byte 0 where 4/,
    );
  });

  it('will not write a tensor whose shape and values disagree', () => {
    expect(() => encodeSafetensors({ x: stored(Float32Array.of(1), [2]) })).toThrow(
      /needs 2 values/,
    );
  });
});

const python = (() => {
  try {
    execFileSync('python3', ['-c', 'import numpy']);
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(python)('safetensors, read by Python', () => {
  it('is what its specification says: length, header, numpy arrays at the offsets', () => {
    const folder = temporaryFolder();
    try {
      const path = join(folder.path, 'x.safetensors');
      const tensors = {
        byte: stored(Uint8Array.of(1), [1]),
        x: stored(Float32Array.of(1.5, -2, 3, 4), [2, 2]),
      };
      writeFileSync(path, encodeSafetensors(tensors, { a: 'b' }));
      // The format's own example reader; the safetensors package is not in Debian.
      const program = `
import json, struct, sys, numpy as np
raw = open(sys.argv[1], 'rb').read()
(n,) = struct.unpack('<Q', raw[:8])
header = json.loads(raw[8:8 + n])
begin, end = header['x']['data_offsets']
x = np.frombuffer(raw[8 + n:][begin:end], '<f4').reshape(header['x']['shape'])
assert (8 + n + begin) % 8 == 0
print(json.dumps([x.tolist(), header['__metadata__'], header['byte']]))`;
      const output = execFileSync('python3', ['-c', program, path], { encoding: 'utf8' });
      expect(JSON.parse(output)).toEqual([
        [
          [1.5, -2],
          [3, 4],
        ],
        { a: 'b' },
        { dtype: 'U8', shape: [1], data_offsets: [16, 17] },
      ]);
    } finally {
      folder.remove();
    }
  });
});
