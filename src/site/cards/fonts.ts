// The type of social cards, as outlines: a rasteriser's own fonts differ from machine to machine.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import opentype, { type Font, type Glyph, type PathCommand } from 'opentype.js';

export type Face = 'serif' | 'serif-bold' | 'serif-italic' | 'sans' | 'sans-bold';

const files: Readonly<Record<Face, readonly [family: string, style: string]>> = {
  serif: ['source-serif-4', '400-normal'],
  'serif-bold': ['source-serif-4', '600-normal'],
  'serif-italic': ['source-serif-4', '400-italic'],
  sans: ['source-sans-3', '400-normal'],
  'sans-bold': ['source-sans-3', '600-normal'],
};
/** In the order in which a character is looked for. */
const subsets = ['latin', 'latin-ext', 'greek'] as const;
const loaded = new Map<string, Font>();

function loadFont(face: Face, subset: (typeof subsets)[number]): Font {
  const [family, style] = files[face];
  const name = `${family}-${subset}-${style}.woff`;
  let font = loaded.get(name);
  if (!font) {
    const path = join(process.cwd(), 'node_modules', '@fontsource', family, 'files', name);
    const { buffer, byteOffset, byteLength } = readFileSync(path);
    font = opentype.parse(buffer.slice(byteOffset, byteOffset + byteLength));
    loaded.set(name, font);
  }
  return font;
}

export interface Outline {
  /** SVG path data with the baseline's left end at (0, 0). */
  readonly path: string;
  readonly width: number;
}

/** Raised signs that the files lack: each stands small and high in its plain form. */
const superscripts = new Map(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺'].map((raised, index) => [raised, '0123456789−+'[index]!]),
);

/** A line of text, `size` pixels high. Throws a sentence at a character that no file has. */
export function outline(text: string, face: Face, size: number): Outline {
  let width = 0;
  let path = '';
  let before: { font: Font; glyph: Glyph } | undefined;
  for (const written of text) {
    const plain = superscripts.get(written);
    const character = plain ?? written;
    const font = fontWith(character, face);
    // Glyph by glyph: opentype.js knows too few of these fonts' substitutions to set a line at once.
    const glyph = font.charToGlyph(character);
    const height = plain === undefined ? size : 0.64 * size;
    const scale = height / font.unitsPerEm;
    if (before?.font === font) width += font.getKerningValue(before.glyph, glyph) * scale;
    path += pathData(glyph.getPath(width, height - size, height).commands);
    width += (glyph.advanceWidth ?? 0) * scale;
    before = { font, glyph };
  }
  return { path, width };
}

/** opentype.js's own writer rounds some numbers to NaN. */
const pathData = (commands: readonly PathCommand[]): string =>
  commands
    .map(({ type, ...points }) => {
      const { x1, y1, x2, y2, x, y } = points as Partial<Record<string, number>>;
      const numbers = [x1, y1, x2, y2, x, y].filter((value) => value !== undefined);
      return type + numbers.map((value) => Math.round(100 * value) / 100).join(' ');
    })
    .join('');

function fontWith(character: string, face: Face): Font {
  const font = subsets
    .map((subset) => loadFont(face, subset))
    .find((candidate) => candidate.charToGlyphIndex(character) > 0);
  if (font) return font;
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  throw new Error(
    `A social card cannot show '${character}' (U+${code}): no ${files[face][0]} file has it; add it to cards/fonts.ts.`,
  );
}

/** Lines no wider than `width`, broken at spaces. */
export function breakLines(text: string, face: Face, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && outline(longer, face, size).width <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}
