// Saves a figure as a file: a picture of pixels, a drawing, or its numbers.
import type { AtlasFigure } from '../atlas-figure.ts';
import { linkTo } from '../figure-link/copy-link.ts';
import { idOf, knownStates } from '../figure-link/page-figures.ts';
import { stateInWords } from '../figure-link/state-address.ts';
import { toCsv } from './csv.ts';
import { sheetOf, wordsOf, type Sheet } from './sheet.ts';

const pixelRatio = 2;

/** Named after chapter and figure, such as `loss-atlas-05-drawing-the-surface-fifty-map.png`. */
function fileName(figure: AtlasFigure, ending: string): string {
  const chapter = /\/chapters\/([^/]+)/.exec(location.pathname)?.[1];
  const parts = ['loss-atlas', chapter, idOf(figure) || figure.dataset['figure']];
  return `${parts.filter(Boolean).join('-')}.${ending}`;
}

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

export async function savePng(figure: AtlasFigure): Promise<void> {
  const sheet = sheetOf(figure);
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
    save(blob, fileName(figure, 'png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}

export async function saveSvg(figure: AtlasFigure): Promise<void> {
  save(svgBlob(sheetOf(figure)), fileName(figure, 'svg'));
}

export async function saveCsv(figure: AtlasFigure): Promise<void> {
  const { drawn, state } = figure;
  const table = drawn?.figure.table?.(drawn.data, state);
  if (!table) throw new Error('This figure gives no numbers.');
  const { title, source } = wordsOf(figure);
  const known = knownStates(figure);
  const keys = ['selected', 'eye', ...known.controls.map(({ key }) => key)];
  const told = Object.entries(state).filter(([key]) => keys.includes(key));
  const shown = stateInWords(Object.fromEntries(told), known);
  const about = [title, source, `As shown: ${shown}`, `Again: ${linkTo(figure)}`];
  // The mark at the start tells spreadsheets that the text is UTF-8.
  const blob = new Blob(['\uFEFF', toCsv(table, about)], { type: 'text/csv;charset=utf-8' });
  save(blob, fileName(figure, 'csv'));
}
