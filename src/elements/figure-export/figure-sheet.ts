// A figure as a sheet that can stand alone: its finding above it, where it comes from below it, on the theme's paper.
import { captureEvent } from '../../figures/kit/figure.ts';
import type { Exported } from './exported.ts';
import { plainColour } from './plain-colour.ts';
import { standaloneCopy } from './standalone-svg.ts';

const namespace = 'http://www.w3.org/2000/svg';
const margin = 24;

export interface Sheet {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
  /** Nothing in it is made of pixels. */
  readonly isDrawn: boolean;
}

const make = (tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
  const element = document.createElementNS(namespace, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
};

interface Type {
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  /** The theme's face, without 'var'; that of labels where absent. */
  readonly face?: '--font-text' | '--font-ui';
}

const familyOf = (face: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(face).trim();

/** A text broken into lines of at most `width` pixels. */
export function wrapped(
  words: string,
  width: number,
  { size, weight, face = '--font-ui' }: Omit<Type, 'colour'>,
): string[] {
  if (words === '') return [];
  const pen = document.createElement('canvas').getContext('2d');
  if (pen) pen.font = `${weight} ${size}px ${familyOf(face)}`;
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && (pen?.measureText(longer).width ?? 0) <= width)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function writeLine(svg: SVGElement, words: string, x: number, y: number, type: Type): void {
  const text = make('text', {
    x,
    y,
    fill: type.colour,
    'font-size': type.size,
    'font-weight': type.weight,
    'font-family': familyOf(type.face ?? '--font-ui').replaceAll('"', "'"),
  });
  text.textContent = words;
  svg.append(text);
}

/** Writes lines of at most `width` pixels; returns the height that they took. */
function writeLines(
  svg: SVGElement,
  words: string,
  top: number,
  width: number,
  type: Type,
): number {
  const lines = wrapped(words, width, type);
  const step = Math.round(type.size * 1.4);
  lines.forEach((line, index) =>
    writeLine(svg, line, margin, top + type.size + index * step, type),
  );
  return lines.length * step;
}

const paperColour = (name: string): string =>
  plainColour(getComputedStyle(document.documentElement).getPropertyValue(name).trim()).colour;

/** Of a film's or a poster's title. */
export const titleType = (size: number) => ({ size, weight: 600, face: '--font-text' }) as const;

export interface PictureSheet {
  readonly size: { readonly width: number; readonly height: number };
  /** Where the picture may stand: it is scaled to fit, in the middle. */
  readonly room: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly title: {
    readonly lines: readonly string[];
    readonly size: number;
    readonly margin: number;
  };
  /** At the foot. */
  readonly source: { readonly lines: readonly string[]; readonly size: number };
}

/** A sheet of a given size, with the picture scaled into its room: a picture of a film, or a poster. */
export function pictureSheet(picture: HTMLElement, options: PictureSheet): SVGSVGElement {
  const { size, room, title, source } = options;
  const { width, height } = size;
  const svg = make('svg', {
    xmlns: namespace,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  }) as SVGSVGElement;
  svg.append(make('rect', { width, height, fill: paperColour('--paper') }));
  const ink = paperColour('--ink');
  title.lines.forEach((line, index) =>
    writeLine(svg, line, title.margin, title.margin + title.size * (1 + 1.25 * index), {
      ...titleType(title.size),
      colour: ink,
    }),
  );
  source.lines.forEach((line, index) => {
    const below = source.lines.length - 1 - index;
    writeLine(svg, line, title.margin, height - title.margin - below * source.size * 1.4, {
      size: source.size,
      weight: 400,
      colour: paperColour('--muted'),
    });
  });
  const frame = picture.getBoundingClientRect();
  const scale = Math.min(room.width / frame.width, room.height / frame.height);
  const group = make('g', {
    transform: `translate(${room.left + (room.width - scale * frame.width) / 2},${room.top + (room.height - scale * frame.height) / 2}) scale(${scale})`,
  });
  svg.append(group);
  layPicture(group, picture, frame, 0, 0);
  return svg;
}

export function sheetOf({ picture, words }: Pick<Exported, 'picture' | 'words'>): Sheet {
  const frame = picture.getBoundingClientRect();
  const { title, caption, source } = words;
  const width = Math.ceil(Math.max(frame.width, 320)) + 2 * margin;
  const inner = width - 2 * margin;
  const ink = paperColour('--ink');
  const muted = paperColour('--muted');

  const svg = make('svg', { xmlns: namespace, width }) as SVGSVGElement;
  const ground = make('rect', { width, fill: paperColour('--paper') });
  svg.append(ground);
  let top = margin - 4;
  top += writeLines(svg, title, top, inner, { size: 17, weight: 650, colour: ink }) + 12;

  const left = margin + Math.max(0, (inner - frame.width) / 2);
  const isDrawn = layPicture(svg, picture, frame, left, top);
  top += frame.height + 14;

  top += writeLines(svg, caption, top, inner, { size: 13, weight: 400, colour: muted }) + 4;
  top += writeLines(svg, source, top, inner, { size: 11, weight: 400, colour: muted });
  const height = Math.ceil(top + margin - 8);
  for (const element of [svg, ground]) element.setAttribute('height', String(height));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  return { svg, width, height, isDrawn };
}

/** Every layer of the picture in its place, drawn ones as drawings, canvases as images. */
function layPicture(
  svg: SVGElement,
  picture: HTMLElement,
  frame: DOMRect,
  left: number,
  top: number,
): boolean {
  let isDrawn = true;
  for (const layer of picture.querySelectorAll<HTMLElement | SVGSVGElement>(
    'svg, canvas, img, .guess-caption',
  )) {
    const box = layer.getBoundingClientRect();
    // An icon in a button is no part of the picture, nor is an SVG within another.
    if (box.width === 0 || layer.closest('button') || layer.parentElement?.closest('svg')) continue;
    const place = {
      x: left + box.left - frame.left,
      y: top + box.top - frame.top,
      width: box.width,
      height: box.height,
    };
    if (layer instanceof SVGSVGElement) {
      const copy = standaloneCopy(layer);
      if (!copy.hasAttribute('viewBox'))
        copy.setAttribute('viewBox', `0 0 ${box.width} ${box.height}`);
      copy.setAttribute('overflow', 'visible');
      for (const [name, value] of Object.entries(place))
        copy.setAttribute(name, String(Math.round(value * 100) / 100));
      svg.append(copy);
    } else if (layer instanceof HTMLCanvasElement || layer instanceof HTMLImageElement) {
      isDrawn = false;
      svg.append(make('image', { ...place, href: pixelsOf(layer) }));
    } else {
      const style = getComputedStyle(layer);
      const text = make('text', {
        x: place.x + place.width,
        y: place.y + 14,
        'text-anchor': 'end',
        fill: plainColour(style.color).colour,
        'font-size': 13,
        'font-style': style.fontStyle,
        'font-weight': style.fontWeight,
        'font-family': style.fontFamily.replaceAll('"', "'"),
      });
      text.textContent = layer.textContent;
      svg.append(text);
    }
  }
  return isDrawn;
}

/** A canvas that draws by the GPU forgets its pixels after a frame, so it is asked to draw just before. */
function pixelsOf(layer: HTMLCanvasElement | HTMLImageElement): string {
  if (layer instanceof HTMLImageElement) return layer.src;
  layer.dispatchEvent(new CustomEvent(captureEvent));
  return layer.toDataURL('image/png');
}
