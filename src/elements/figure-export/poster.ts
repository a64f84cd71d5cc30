// A figure as a poster: an A2 sheet in SVG, drawn anew at its own size, with title, caption and source.
import type { Figure } from '../../figures/kit/figure.ts';
import type { State } from '../layered-state.ts';
import { saveFile } from '../save-file.ts';
import type { SheetWords } from './exported.ts';
import { pictureSheet, titleType, wrapped } from './figure-sheet.ts';
import { legalXml } from './legal-xml.ts';

/** ISO 216 A2 in millimetres, upright; a wide picture takes it on its side. */
const short = 420;
const long = 594;
/** Units of the drawing to a millimetre: type of the picture is then 3 mm high and more. */
const perMillimetre = 4;

export interface PosterRequest<Data> {
  readonly figure: Figure<Data, State>;
  readonly data: Data;
  readonly state: State;
  readonly words: SheetWords;
  /** Name of the file, without its ending. */
  readonly name: string;
}

/** Draws the figure off the screen, as readers without a graphics card see it: no pixel of it depends on the window. */
export function posterOf<Data>({ figure, data, state, words }: PosterRequest<Data>): SVGSVGElement {
  const across = 760;
  const isWide = across > figure.height(across) * 1.25;
  // Upright, a map may be as tall as its room; a picture whose width decides takes what it needs.
  const natural = isWide ? figure.height(across) : Math.max(figure.height(across), 0.98 * across);
  const [width, height] = (isWide ? [long, short] : [short, long]).map(
    (millimetres) => millimetres * perMillimetre,
  ) as [number, number];
  const margin = 96;
  const lines = wrapped(words.title, width - 2 * margin, titleType(84));
  const notes = [
    ...wrapped(words.caption, width - 2 * margin, { size: 26, weight: 400 }),
    words.source,
  ];
  const top = margin + lines.length * 84 * 1.25 + 40;
  const holder = document.createElement('div');
  holder.className = 'film-stage live-drawing';
  holder.style.width = `${across}px`;
  document.body.append(holder);
  const handle = figure.draw(holder, data, state, {
    width: across,
    height: natural,
    interactive: false,
    reducedMotion: true,
  });
  try {
    const svg = pictureSheet(holder, {
      size: { width, height },
      room: {
        left: margin,
        top,
        width: width - 2 * margin,
        height: height - top - margin - 40 - notes.length * 37,
      },
      title: { lines, size: 84, margin },
      source: { lines: notes, size: 26 },
    });
    svg.setAttribute('width', `${width / perMillimetre}mm`);
    svg.setAttribute('height', `${height / perMillimetre}mm`);
    return svg;
  } finally {
    handle.destroy();
    holder.remove();
  }
}

export function savePoster<Data>(request: PosterRequest<Data>): void {
  const text = legalXml(new XMLSerializer().serializeToString(posterOf(request)));
  saveFile([text], `${request.name}-poster.svg`);
}
