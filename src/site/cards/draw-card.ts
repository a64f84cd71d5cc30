// A social card: the chapter's number, title and idea on the left, its own figure on the right.
import { exactContour } from '../exact-contours.ts';
import { cardSize } from './card-size.ts';
import { breakLines, outline, type Face } from './fonts.ts';

export interface CardText {
  /** "Chapter 3", or what the site is. */
  readonly label: string;
  readonly title: string;
  readonly idea: string;
}

export interface CardPicture {
  /** A standalone `<svg>`. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const margin = 64;
const column = 470;
const picture = { x: 580, y: 48, width: 572, height: 534 };

/** The whole card as an SVG that needs no font and no style. Without a picture, the landscape of two weights stands for one. */
export function drawCard(
  text: CardText,
  shown: CardPicture | undefined,
  colours: ReadonlyMap<string, string>,
): string {
  const colour = (name: string) => colours.get(`--${name}`) ?? '#000';
  const { width, height } = cardSize;
  const lines = setText(text);
  const last = lines.at(-1)?.y ?? 0;
  // The block stands a little above the middle, where the eye expects it.
  const shift = Math.max(0, (height - 70 - last) / 2.4);
  const paths = lines.map(({ words, face, size, ink, y }) => {
    const { path } = outline(words, face, size);
    return `<path fill="${colour(ink)}" transform="translate(${margin},${(y + shift).toFixed(1)})" d="${path}"/>`;
  });
  const name = outline('Loss Atlas', 'sans-bold', 26);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${colour('paper')}"/>`,
    shown ? placed(shown) : twoWeightLandscape(colour('accent'), colour('accent-soft')),
    mark(colour('accent'), colour('accent-soft')),
    `<path fill="${colour('ink')}" transform="translate(${margin + 52},${height - 57})" d="${name.path}"/>`,
    ...paths,
    `<rect width="${width}" height="8" fill="${colour('accent')}"/>`,
    '</svg>',
  ].join('');
}

interface Line {
  readonly words: string;
  readonly face: Face;
  readonly size: number;
  readonly ink: string;
  readonly y: number;
}

function setText({ label, title, idea }: CardText): Line[] {
  const lines: Line[] = [];
  let y = margin + 26;
  const add = (words: string[], face: Face, size: number, ink: string, leading: number) => {
    for (const line of words) {
      lines.push({ words: line, face, size, ink, y });
      y += leading;
    }
  };
  add([label], 'sans-bold', 26, 'accent', 26);
  const size = [68, 60, 52, 46, 40].find(
    (candidate) =>
      breakLines(title, 'serif-bold', candidate, column).length <= 3 &&
      title.split(/\s+/).every((word) => outline(word, 'serif-bold', candidate).width <= column),
  );
  const titleSize = size ?? 36;
  y += titleSize * 0.82;
  add(
    breakLines(title, 'serif-bold', titleSize, column),
    'serif-bold',
    titleSize,
    'ink',
    titleSize * 1.08,
  );
  y += 8;
  add(breakLines(idea, 'serif-italic', 30, column), 'serif-italic', 30, 'muted', 40);
  return lines.map((line) => line).slice(0, 12);
}

function placed({ svg, width, height }: CardPicture): string {
  const scale = Math.min(picture.width / width, picture.height / height);
  const x = picture.x + (picture.width - width * scale) / 2;
  const y = picture.y + (picture.height - height * scale) / 2;
  return `<g transform="translate(${x.toFixed(1)},${y.toFixed(1)}) scale(${scale.toFixed(4)})">${svg}</g>`;
}

const levels = Array.from({ length: 15 }, (_, index) => 0.5 * (index * 0.3) ** 2);

/** The right half as a map of the exact loss ½(ab - 1)², fading into the paper. */
function twoWeightLandscape(line: string, wash: string): string {
  const { width: whole, height } = cardSize;
  const left = 560;
  const width = whole - left;
  const window = {
    left: -2.2,
    right: 2.2,
    bottom: -2.2 * (height / width),
    top: 2.2 * (height / width),
  };
  const contours = levels.map(
    (level, index) =>
      `<path fill="none" stroke="${line}" stroke-width="${index % 4 === 0 ? 2.4 : 1.1}" d="${exactContour(level, window, width, height)}"/>`,
  );
  return [
    `<defs><clipPath id="landscape"><rect width="${width}" height="${height}"/></clipPath></defs>`,
    `<g transform="translate(${left},0)" clip-path="url(#landscape)"><rect width="${width}" height="${height}" fill="${wash}"/>${contours.join('')}</g>`,
  ].join('');
}

/** The atlas's mark, at the foot. */
function mark(line: string, wash: string): string {
  const window = { left: -1.9, right: 1.9, bottom: -1.9, top: 1.9 };
  const contours = [0, 0.125, 0.5, 1.6].map(
    (level) =>
      `<path fill="none" stroke="${line}" stroke-width="1.6" d="${exactContour(level, window, 32, 32)}"/>`,
  );
  return [
    '<defs><clipPath id="mark"><circle cx="16" cy="16" r="16"/></clipPath></defs>',
    `<g transform="translate(${margin},${cardSize.height - 85}) scale(1.2)" clip-path="url(#mark)">`,
    `<circle cx="16" cy="16" r="16" fill="${wash}"/>${contours.join('')}</g>`,
  ].join('');
}
