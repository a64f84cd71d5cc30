// Saves a picture as a file: an image of pixels, a drawing, or its numbers.
import { toCsv } from './csv.ts';
import type { Exported } from './exported.ts';
import { sheetOf, type Sheet } from './sheet.ts';

const pixelRatio = 2;

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Long enough for the browser to have begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const svgBlob = ({ svg }: Sheet): Blob =>
  new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });

export async function savePng(exported: Exported): Promise<void> {
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
    save(blob, `${exported.name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

export async function saveSvg(exported: Exported): Promise<void> {
  save(svgBlob(sheetOf(exported)), `${exported.name}.svg`);
}

export async function saveCsv(exported: Exported): Promise<void> {
  const numbers = exported.numbers();
  if (!numbers) throw new Error('This figure gives no numbers.');
  const text = toCsv(numbers.table, numbers.about);
  // The mark at the start tells spreadsheets that the text is UTF-8.
  const blob = new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' });
  save(blob, `${exported.name}.csv`);
}
