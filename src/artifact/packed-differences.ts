// Codes of a smooth grid as small differences, which gzip halves: what of a value its neighbours do not foretell.
import { deflateSync } from 'fflate';

/** The last two axes of a shape: a grid, or a line. */
function gridOf(shape: readonly number[]): { readonly rows: number; readonly columns: number } {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  return { rows, columns };
}

/** What the neighbours before a code foretell: the plane through three, or the last one along an edge (PNG's gradient). */
function foretold(codes: Uint16Array, i: number, columns: number, rows: number): number {
  const column = i % columns;
  const row = Math.floor(i / columns) % rows;
  if (column === 0) return row === 0 ? 0 : codes[i - columns]!;
  if (row === 0) return codes[i - 1]!;
  return codes[i - 1]! + codes[i - columns]! - codes[i - columns - 1]!;
}

/**
 * Differences modulo 2^16, zigzag so that small ones of either sign are small numbers; all high bytes first, then all
 * low ones.
 *
 * @returns `[2, ...shape]`.
 */
export function packDifferences(codes: Uint16Array, shape: readonly number[]): Uint8Array {
  const { rows, columns } = gridOf(shape);
  const bytes = new Uint8Array(2 * codes.length);
  for (let i = 0; i < codes.length; i++) {
    const difference = ((codes[i]! - foretold(codes, i, columns, rows)) << 16) >> 16;
    const zigzag = ((difference << 1) ^ (difference >> 31)) & 0xffff;
    bytes[i] = zigzag >> 8;
    bytes[codes.length + i] = zigzag & 0xff;
  }
  return bytes;
}

/** The codes again. @param shape of the codes. */
export function unpackDifferences(bytes: Uint8Array, shape: readonly number[]): Uint16Array {
  const { rows, columns } = gridOf(shape);
  const codes = new Uint16Array(bytes.length / 2);
  for (let i = 0; i < codes.length; i++) {
    const zigzag = (bytes[i]! << 8) | bytes[codes.length + i]!;
    const difference = (zigzag >>> 1) ^ -(zigzag & 1);
    codes[i] = foretold(codes, i, columns, rows) + difference;
  }
  return codes;
}

/** The differences where they are smaller once zipped, else null: what has no smooth order only grows. */
export function packedIfSmaller(codes: Uint16Array, shape: readonly number[]): Uint8Array | null {
  const packed = packDifferences(codes, shape);
  const plain = new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength);
  return deflateSync(packed).length < deflateSync(plain).length ? packed : null;
}
