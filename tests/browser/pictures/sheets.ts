// A sheet keeps all states of one figure in one setting, one below the other; pictures are compared with it.
import { existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';

/**
 * A pixel differs where its colour is farther off than `colour` (pixelmatch's perceptual distance, 0 to 1; smoothing of
 * edges is forgiven); a picture differs where more than `share` of its pixels do: half a short label, since controls are
 * part of it and labels themselves are compared as text.
 */
export const tolerance = { colour: 0.1, share: 0.0005 } as const;

/** Red, green, blue and opacity, row by row. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly state: string;
  readonly pixels: Pixels;
}

const folder = 'tests/browser/pictures/sheets';
export const failureFolder = 'tests/.output/pictures';

const sheetFile = (name: string): string => `${folder}/${name}.webp`;

const image = ({ data, width, height }: Pixels) =>
  sharp(data, { raw: { width, height, channels: 4 } });

export async function keepSheet(name: string, pictures: readonly Picture[]): Promise<void> {
  const width = Math.max(...pictures.map(({ pixels }) => pixels.width));
  const height = pictures.reduce((sum, { pixels }) => sum + pixels.height, 0);
  let top = 0;
  const layers = pictures.map(({ pixels }) => {
    const raw = { width: pixels.width, height: pixels.height, channels: 4 } as const;
    const layer = { input: pixels.data, raw, left: 0, top };
    top += pixels.height;
    return layer;
  });
  mkdirSync(dirname(sheetFile(name)), { recursive: true });
  const sheet = sharp({ create: { width, height, channels: 4, background: '#000' } });
  // A palette of its own makes a sheet a third as large, and moves no colour as far as the tolerance.
  const fewColours = await sheet.composite(layers).png({ palette: true, dither: 0 }).toBuffer();
  await sharp(fewColours).webp({ lossless: true, effort: 6 }).toFile(sheetFile(name));
}

/** Names of all that is kept. */
export const keptSheets = (): string[] =>
  globSync('**/*.webp', { cwd: folder })
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.webp'.length))
    .sort();

export function forgetSheet(name: string): void {
  rmSync(sheetFile(name));
}

/** A sentence for each picture that is not as it was kept; it is then left in `failureFolder`. */
export async function sheetDifferences(
  name: string,
  pictures: readonly Picture[],
): Promise<string[]> {
  if (!existsSync(sheetFile(name))) return [`${name} has no kept picture`];
  const sheet = await pixelsOf(sheetFile(name));
  const height = pictures.reduce((sum, { pixels }) => sum + pixels.height, 0);
  if (height !== sheet.height) {
    await leaveFailures(name, pictures);
    return [`${name} is ${height} px high in all its states, kept ${sheet.height} px`];
  }
  const found: string[] = [];
  let top = 0;
  for (const { state, pixels } of pictures) {
    const share = await differingShare(pixels, sheet, top);
    top += pixels.height;
    if (share > tolerance.share)
      found.push(`${name} in state '${state}': ${(100 * share).toFixed(2)}% of its pixels differ`);
  }
  if (found.length > 0) await leaveFailures(name, pictures);
  return found;
}

async function pixelsOf(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function differingShare(pixels: Pixels, sheet: Pixels, top: number): Promise<number> {
  const { data, width, height } = pixels;
  const kept = await image(sheet)
    .extract({ left: 0, top, width: Math.min(width, sheet.width), height })
    .extend({ right: Math.max(0, width - sheet.width) })
    .raw()
    .toBuffer();
  const options = { threshold: tolerance.colour };
  return pixelmatch(data, kept, undefined, width, height, options) / (width * height);
}

async function leaveFailures(name: string, pictures: readonly Picture[]): Promise<void> {
  for (const { state, pixels } of pictures) {
    const file = `${failureFolder}/${name}-${state}.png`;
    mkdirSync(dirname(file), { recursive: true });
    await image(pixels).png().toFile(file);
  }
}
