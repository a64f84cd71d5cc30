// Reads the 16-bit numbers of PyTorch, which our own files never hold, as 32-bit ones.
import { isPlainObject } from '../learning/plain-object.ts';

export type HalfType = 'F16' | 'BF16';

/** BF16 is the upper half of a float32; F16 has 1 bit of sign, 5 of exponent (bias 15) and 10 of fraction (IEEE 754-2019, 3.6). */
export function widened(halves: Uint16Array, type: HalfType): Float32Array {
  const wide = new Float32Array(halves.length);
  if (type === 'BF16') {
    const bits = new Uint32Array(wide.buffer);
    halves.forEach((half, i) => {
      bits[i] = half << 16;
    });
    return wide;
  }
  halves.forEach((half, i) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) wide[i] = fraction === 0 ? sign * Infinity : NaN;
    else if (exponent === 0) wide[i] = sign * fraction * 2 ** -24;
    else wide[i] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
  return wide;
}

/**
 * The file with its 16-bit tensors renamed to whole numbers of the same width, which the reader of our format knows,
 * and their names; null where there are none. What is no such file comes back as it is, for that reader to complain of.
 */
export function withHalvesAsWords(bytes: Uint8Array): {
  readonly bytes: Uint8Array;
  readonly halves: ReadonlyMap<string, HalfType>;
} {
  const halves = new Map<string, HalfType>();
  const asItIs = { bytes, halves };
  const header = headerOf(bytes);
  if (header === null) return asItIs;
  const { entries, end } = header;
  for (const [name, entry] of entries) {
    const dtype = isPlainObject(entry) ? entry['dtype'] : null;
    if (name !== '__metadata__' && (dtype === 'F16' || dtype === 'BF16')) halves.set(name, dtype);
  }
  if (halves.size === 0) return asItIs;
  // Pairs, because a plain object would lose a tensor called "__proto__".
  const pairs = entries.map(([name, entry]) => {
    const renamed = halves.has(name) ? { ...(entry as object), dtype: 'U16' } : entry;
    return `${JSON.stringify(name)}:${JSON.stringify(renamed)}`;
  });
  const text = new TextEncoder().encode(`{${pairs.join(',')}}`);
  const file = new Uint8Array(8 + text.length + bytes.length - end);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(bytes.subarray(end), 8 + text.length);
  return { bytes: file, halves };
}

/** Headers beyond this are no network's. */
const longestHeader = 2_000_000;

function headerOf(bytes: Uint8Array): { entries: [string, unknown][]; end: number } | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > Math.min(longestHeader, bytes.length - 8)) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length));
    const header: unknown = JSON.parse(text);
    return isPlainObject(header) ? { entries: Object.entries(header), end: 8 + length } : null;
  } catch {
    return null;
  }
}
