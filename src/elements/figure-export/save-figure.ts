// Saves a picture as a file: an image of pixels, a drawing, or its numbers.
import { saveFile } from '../save-file.ts';
import { toCsv } from './figure-csv.ts';
import type { Exported } from './exported.ts';
import { legalXml } from './legal-xml.ts';
import { sheetOf, type Sheet } from './figure-sheet.ts';

const pixelRatio = 2;

const svgBlob = ({ svg }: Sheet): Blob =>
  new Blob([legalXml(new XMLSerializer().serializeToString(svg))], { type: 'image/svg+xml' });

async function savePng(exported: Exported): Promise<void> {
  const sheet = sheetOf(exported);
  const address = URL.createObjectURL(svgBlob(sheet));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = pixelRatio * sheet.width;
    canvas.height = pixelRatio * sheet.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The browser made no image of the drawing: save it as SVG instead.');
    saveFile([blob], `${exported.name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function saveSvg(exported: Exported): Promise<void> {
  saveFile([svgBlob(sheetOf(exported))], `${exported.name}.svg`);
}

async function saveCsv(exported: Exported): Promise<void> {
  const numbers = exported.numbers();
  if (!numbers) throw new Error('This figure gives no numbers.');
  const text = toCsv(numbers.table, numbers.about);
  // The mark at the start tells spreadsheets that the text is UTF-8.
  saveFile(['\uFEFF', text], `${exported.name}.csv`);
}

const savers = { png: savePng, svg: saveSvg, csv: saveCsv } as const;

export type FileKind = keyof typeof savers;

/** @throws where the browser cannot make the file, or the figure has nothing to put into it. */
export const saveFigure = (kind: FileKind, exported: Exported): Promise<void> =>
  savers[kind](exported);
