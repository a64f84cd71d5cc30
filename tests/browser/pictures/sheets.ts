// A sheet keeps all states of one figure on one screen in one theme, one below the other; shots are compared with it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import type { Shot } from './shots.ts';

/**
 * A pixel differs where its colour is farther off than `colour` (pixelmatch's perceptual distance, 0 to 1; smoothing of
 * edges is forgiven); a picture differs where more than `share` of its pixels do: less than one short label.
 */
export const tolerance = { colour: 0.1, share: 0.001 } as const;

interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

const folder = 'tests/browser/pictures/sheets';
const failures = 'tests/.output/pictures';

async function pixelsOf(image: string | Buffer): Promise<Pixels> {
  const { data, info } = await sharp(image)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export const sheetFile = (name: string): string => `${folder}/${name}.webp`;

export async function keepSheet(name: string, shots: readonly Shot[]): Promise<void> {
  const pixels = await Promise.all(shots.map(({ png }) => pixelsOf(png)));
  const width = Math.max(...pixels.map((picture) => picture.width));
  const height = pixels.reduce((sum, picture) => sum + picture.height, 0);
  let top = 0;
  const layers = pixels.map((picture, index) => {
    const layer = { input: shots[index]?.png as Buffer, left: 0, top };
    top += picture.height;
    return layer;
  });
  mkdirSync(dirname(sheetFile(name)), { recursive: true });
  const sheet = sharp({ create: { width, height, channels: 4, background: '#000' } });
  // A palette of its own makes a sheet a third as large, and moves no colour as far as the tolerance.
  const fewColours = await sheet.composite(layers).png({ palette: true, dither: 0 }).toBuffer();
  await sharp(fewColours).webp({ lossless: true, effort: 6 }).toFile(sheetFile(name));
}

/** A sentence for each picture that is not as it was kept. */
export async function differences(name: string, shots: readonly Shot[]): Promise<string[]> {
  if (!existsSync(sheetFile(name))) return [`${name} has no kept picture; ${mend}`];
  const sheet = await pixelsOf(sheetFile(name));
  const taken = await Promise.all(shots.map(({ png }) => pixelsOf(png)));
  const height = taken.reduce((sum, picture) => sum + picture.height, 0);
  if (height !== sheet.height) {
    await keepFailure(name, shots);
    return [`${name} is ${height} px high in all its states, kept ${sheet.height} px; ${mend}`];
  }
  const found: string[] = [];
  let top = 0;
  for (const [index, picture] of taken.entries()) {
    const kept = await part(sheet, top, picture);
    top += picture.height;
    const count = pixelmatch(picture.data, kept, undefined, picture.width, picture.height, {
      threshold: tolerance.colour,
    });
    const share = count / (picture.width * picture.height);
    if (share <= tolerance.share) continue;
    const state = shots[index]?.state;
    found.push(`${name} in state '${state}': ${(100 * share).toFixed(2)}% of its pixels differ`);
  }
  if (found.length > 0) await keepFailure(name, shots);
  return found.map((sentence) => `${sentence}; ${mend}`);
}

const mend =
  `look at tests/.output/pictures, and where the new picture is the right one, ` +
  `keep it with \`npm run pictures\``;

async function part(sheet: Pixels, top: number, { width, height }: Pixels): Promise<Buffer> {
  return sharp(sheet.data, { raw: { width: sheet.width, height: sheet.height, channels: 4 } })
    .extract({ left: 0, top, width: Math.min(width, sheet.width), height })
    .extend({ right: Math.max(0, width - sheet.width) })
    .raw()
    .toBuffer();
}

async function keepFailure(name: string, shots: readonly Shot[]): Promise<void> {
  for (const { state, png } of shots) {
    const file = `${failures}/${name}-${state}.png`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, png);
  }
}
