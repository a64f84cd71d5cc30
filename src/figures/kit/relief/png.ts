// A small picture of shades as a PNG file (ISO/IEC 15948), the same in Node and in a page.
import { zlibSync } from 'fflate';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const indexed = 3;
/** Each byte as its difference from the one before: a smooth picture becomes small numbers. */
const filterSub = 1;
const filterNone = 0;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function header(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes.set([8, indexed, 0, 0, 0], 8);
  return bytes;
}

/** @param values `[height, width]`; flat ones are kept as they are, since whole rows repeat. */
function filtered({ indices: values, width, height, isFlat = false }: Shades): Uint8Array {
  const bytes = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row++) {
    bytes[row * (width + 1)] = isFlat ? filterNone : filterSub;
    for (let column = 0; column < width; column++) {
      const i = row * width + column;
      bytes[row * (width + 1) + 1 + column] =
        values[i]! - (column > 0 && !isFlat ? values[i - 1]! : 0);
    }
  }
  return bytes;
}

export interface Shades {
  /** Up to 256 colours, each red, green, blue, alpha. */
  readonly palette: readonly (readonly [number, number, number, number])[];
  /** `[height, width]`, indices of the palette, from the top down. */
  readonly indices: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Areas of one colour, not a smooth picture. */
  readonly isFlat?: boolean;
}

export function encodePng(shades: Shades): Uint8Array {
  const { palette, width, height } = shades;
  const colours = Uint8Array.from(palette.flatMap(([r, g, b]) => [r, g, b]));
  const alphas = Uint8Array.from(palette, ([, , , alpha]) => alpha);
  const parts = [
    Uint8Array.from(signature),
    chunk('IHDR', header(width, height)),
    chunk('PLTE', colours),
    chunk('tRNS', alphas),
    chunk('IDAT', zlibSync(filtered(shades), { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
