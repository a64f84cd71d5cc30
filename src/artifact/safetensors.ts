// The safetensors format: named tensors in one file that Python opens with one line.
//
// Eight bytes (little-endian length of the header), the header (JSON: name -> dtype, shape,
// data_offsets, and `__metadata__`, strings alone), then the numbers without gaps.
// Source: https://huggingface.co/docs/safetensors/index#format
// Every platform that runs JavaScript engines today is little-endian, as the format is, so that
// numbers are copied as they lie: NaN keeps its payload and -0 its sign.
import { isPlainObject } from '../learning/plain-object.ts';
import { quote } from '../learning/quote.ts';
import { ArtifactError } from './artifact-error.ts';

/** Widths in bytes. */
const dtypes = {
  F64: { array: Float64Array, bytes: 8 },
  F32: { array: Float32Array, bytes: 4 },
  I64: { array: BigInt64Array, bytes: 8 },
  I32: { array: Int32Array, bytes: 4 },
  U16: { array: Uint16Array, bytes: 2 },
  U8: { array: Uint8Array, bytes: 1 },
} as const;

interface Arrays {
  F64: Float64Array;
  F32: Float32Array;
  I64: BigInt64Array;
  I32: Int32Array;
  U16: Uint16Array;
  U8: Uint8Array;
}
export type SafetensorsDType = keyof Arrays;
export type ArrayOf<D extends SafetensorsDType> = Arrays[D];

export interface StoredTensor<D extends SafetensorsDType = SafetensorsDType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly values: ArrayOf<D>;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Bytes: a hundred thousand tensors, or an experiment with all the points that it may have. */
const largestHeader = 10_000_000;
const metadataKey = '__metadata__';

/** Names the dtype of a typed array and gives it a shape, one row-major array. */
export function stored<D extends SafetensorsDType>(
  values: ArrayOf<D>,
  shape: readonly number[],
): StoredTensor<D> {
  const dtype = (Object.keys(dtypes) as D[]).find((key) => values instanceof dtypes[key].array);
  if (!dtype) throw new TypeError(`safetensors: no dtype for a ${values.constructor.name}`);
  return { dtype, shape, values };
}

/** Bytes of a safetensors file. Widest dtypes come first, so that every tensor lies aligned. */
export function encodeSafetensors(
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(tensors).sort(
    ([nameA, a], [nameB, b]) =>
      dtypes[b.dtype].bytes - dtypes[a.dtype].bytes || (nameA < nameB ? -1 : 1),
  );
  // A map, because a plain object would lose a tensor called "__proto__".
  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push([metadataKey, metadata]);
  let offset = 0;
  for (const [name, { dtype, shape, values }] of entries) {
    const count = shape.reduce((product, size) => product * size, 1);
    if (name === metadataKey || count !== values.length) {
      throw new TypeError(
        `safetensors: tensor "${name}" of shape [${shape.join(', ')}] needs ${count} values and got ${values.length}`,
      );
    }
    header.push([name, { dtype, shape, data_offsets: [offset, (offset += values.byteLength)] }]);
  }
  const json = header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const text = new TextEncoder().encode(`{${json.join(',')}}`);
  const headerBytes = Math.ceil(text.length / 8) * 8;

  const file = new Uint8Array(8 + headerBytes + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes);
  file.set(text, 8);
  let position = 8 + headerBytes;
  for (const [, { values }] of entries) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return file;
}

/**
 * Reads a safetensors file, trusting nothing in it.
 *
 * @param where the file's name, for the error.
 * @throws ArtifactError, one sentence.
 */
export function decodeSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const fail = (what: string): never => {
    throw new ArtifactError(`${where} is not a usable safetensors file: ${what}; run it again`);
  };
  if (bytes.length < 8) {
    return fail(`it has ${bytes.length} bytes where the header's length alone takes 8`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const announced = view.getBigUint64(0, true);
  const available = bytes.length - 8;
  if (announced > BigInt(available)) {
    return fail(`its header should take ${announced} bytes and ${available} are there`);
  }
  if (announced > BigInt(largestHeader)) {
    return fail(`its header takes ${announced} bytes where at most ${largestHeader} are read`);
  }
  const headerBytes = Number(announced);
  const header = parseHeader(bytes.subarray(8, 8 + headerBytes), fail);
  const dataStart = 8 + headerBytes;
  const dataBytes = bytes.length - dataStart;

  const metadata = new Map<string, string>();
  const found: ({ name: string } & Entry)[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === metadataKey) {
      if (!isPlainObject(entry)) return fail('its metadata is not an object of strings');
      for (const [key, value] of Object.entries(entry)) {
        if (typeof value !== 'string') return fail(`its metadata ${quote(key)} is not a string`);
        metadata.set(key, value);
      }
      continue;
    }
    found.push({ name, ...checkEntry(name, entry, dataBytes, fail) });
  }

  // Before any number is copied: tensors that lie over one another would come to more than the file.
  const inOrder = [...found].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const { name, begin, end } of inOrder) {
    if (begin !== position) {
      return fail(`tensor ${quote(name)} starts at byte ${begin} where ${position} was expected`);
    }
    position = end;
  }
  if (position !== dataBytes) {
    return fail(`its tensors take ${position} bytes and ${dataBytes} are there`);
  }
  const data = bytes.subarray(dataStart);
  return {
    tensors: new Map(inOrder.map((entry) => [entry.name, tensorOf(data, entry)])),
    metadata,
  };
}

/** Where a tensor lies in the data, in bytes. */
interface Entry {
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** A copy: aligned whatever the source's offset, and it does not keep the whole file alive. */
function tensorOf(data: Uint8Array, { dtype, shape, begin, end }: Entry): StoredTensor {
  const { array: ArrayType, bytes: width } = dtypes[dtype];
  // `slice` of a Node buffer is no copy.
  const copy = new Uint8Array(data.subarray(begin, end));
  const values = new ArrayType(copy.buffer, copy.byteOffset, copy.length / width);
  return { dtype, shape, values };
}

function parseHeader(
  bytes: Uint8Array,
  fail: (what: string) => never,
): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('its header is not JSON');
  }
  return isPlainObject(header) ? header : fail('its header is not an object');
}

/** Checks one tensor's description, so that reading it cannot go outside the file. */
function checkEntry(
  name: string,
  entry: unknown,
  dataBytes: number,
  fail: (what: string) => never,
): Entry {
  const tensor = `tensor ${quote(name)}`;
  if (!isPlainObject(entry)) return fail(`${tensor} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(dtypes, dtype)) {
    return fail(
      `${tensor} has dtype ${quote(dtype)} where one of ${Object.keys(dtypes).join(', ')} was expected`,
    );
  }
  if (!isSizes(shape)) return fail(`${tensor} has a shape that is not a list of sizes`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    return fail(`${tensor} has data_offsets that are not two byte positions`);
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > dataBytes) {
    return fail(`${tensor} lies at bytes ${begin} to ${end} of ${dataBytes}`);
  }
  const { bytes: width } = dtypes[dtype as SafetensorsDType];
  // A product of sizes may exceed 2^53 and still compare unequal, which is all that is asked of it.
  const needed = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, width);
  if (needed !== end - begin) {
    return fail(
      `${tensor} of shape [${shape.join(', ')}] needs ${needed} bytes, not ${end - begin}`,
    );
  }
  return { dtype: dtype as SafetensorsDType, shape, begin, end };
}

function isSizes(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length <= 1000 &&
    value.every((size) => Number.isSafeInteger(size) && size >= 0)
  );
}
