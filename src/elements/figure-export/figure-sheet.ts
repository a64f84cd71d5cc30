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
}

/** Writes lines of at most `width` pixels; returns the height that they took. */
function writeLines(
  svg: SVGElement,
  words: string,
  top: number,
  width: number,
  type: Type,
): number {
  if (words === '') return 0;
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font-ui').trim();
  const pen = document.createElement('canvas').getContext('2d');
  if (pen) pen.font = `${type.weight} ${type.size}px ${family}`;
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && (pen?.measureText(longer).width ?? 0) <= width)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const step = Math.round(type.size * 1.4);
  lines.forEach((line, index) => {
    const text = make('text', {
      x: margin,
      y: top + type.size + index * step,
      fill: type.colour,
      'font-size': type.size,
      'font-weight': type.weight,
      'font-family': family.replaceAll('"', "'"),
    });
    text.textContent = line;
    svg.append(text);
  });
  return lines.length * step;
}

export function sheetOf({ picture, words }: Pick<Exported, 'picture' | 'words'>): Sheet {
  const frame = picture.getBoundingClientRect();
  const { title, caption, source } = words;
  const paper = getComputedStyle(document.documentElement);
  const colour = (name: string): string => plainColour(paper.getPropertyValue(name).trim()).colour;
  const width = Math.ceil(Math.max(frame.width, 320)) + 2 * margin;
  const inner = width - 2 * margin;
  const ink = colour('--ink');
  const muted = colour('--muted');

  const svg = make('svg', { xmlns: namespace, width }) as SVGSVGElement;
  const ground = make('rect', { width, fill: colour('--paper') });
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
