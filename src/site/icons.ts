// The atlas's mark as pixels, from public/favicon.svg.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** `inset` is the share of the side left free round the mark, for systems that cut icons' corners. */
export async function drawIcon(size: number, inset = 0): Promise<Buffer> {
  const svg = await readFile(join(process.cwd(), 'public', 'favicon.svg'));
  const inner = Math.round(size * (1 - 2 * inset));
  const mark = await sharp(svg, { density: (72 * inner) / 32 })
    .resize(inner, inner)
    .png()
    .toBuffer();
  const background = inset > 0 ? '#fcfbf8' : '#00000000';
  return sharp({ create: { width: size, height: size, channels: 4, background } })
    .composite([{ input: mark, gravity: 'centre' }])
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** An .ico file of one PNG: a header of 6 bytes, one entry of 16, the picture. */
export function icoOf(png: Buffer, size: number): Buffer {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(1, 4); // with one picture
  header.writeUInt8(size, 6);
  header.writeUInt8(size, 7);
  header.writeUInt16LE(1, 10); // colour planes
  header.writeUInt16LE(32, 12); // bits per pixel
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}
