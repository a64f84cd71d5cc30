// Drawings as they were kept: one compressed text a place, and how what is drawn now differs from it.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Sections } from './draw-place.ts';

const folder = 'tests/fixtures/drawings';
/** Both texts of a place that differs, for any tool that compares files. */
export const differenceFolder = 'tests/.output/drawings';

const fileOf = (place: string): string => `${folder}/${place}.txt.br`;
const headOf = (section: string): string => `=== ${section}\n`;

const textOf = (sections: Sections): string =>
  [...sections].map(([name, text]) => `${headOf(name)}${text}\n`).join('');

export function keepDrawing(place: string, sections: Sections): void {
  const bytes = Buffer.from(textOf(sections));
  mkdirSync(dirname(fileOf(place)), { recursive: true });
  // States repeat most of each other's lines: a window over all of them makes the file a third as large.
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(fileOf(place), brotliCompressSync(bytes, { params }));
}

/** Null where none was kept. */
export function keptDrawing(place: string): Sections | null {
  if (!existsSync(fileOf(place))) return null;
  const text = brotliDecompressSync(readFileSync(fileOf(place))).toString();
  const sections = text.split(/^=== /m).slice(1);
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), section.slice(end + 1, -1)];
    }),
  );
}

/** Names of all that is kept. */
export const keptPlaces = (): string[] =>
  globSync('**/*.txt.br', { cwd: folder })
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.txt.br'.length))
    .sort();

export function forgetDrawings(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A sentence for each section that is not as it was kept; the texts are then left in `differenceFolder`. */
export function differences(place: string, now: Sections): string[] {
  const kept = keptDrawing(place);
  if (!kept) return [`${place} has no kept drawing`];
  const names = new Set([...kept.keys(), ...now.keys()]);
  const found = [...names].flatMap((name) => {
    const [before, after] = [kept.get(name), now.get(name)];
    if (before === after) return [];
    if (before === undefined) return [`${place} (${name}) is new`];
    if (after === undefined) return [`${place} (${name}) is no longer drawn`];
    return [`${place} (${name}):\n${firstDifferences(before, after)}`];
  });
  if (found.length > 0) {
    const file = `${differenceFolder}/${place}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.kept.txt`, textOf(kept));
    writeFileSync(`${file}.now.txt`, textOf(now));
  }
  return found;
}

const linesShown = 4;
const charactersShown = 200;

/** The lines that the two do not share at their beginning and their end, as many as one reads in a message. */
export function firstDifferences(kept: string, now: string): string {
  const [a, b] = [kept.split('\n'), now.split('\n')];
  const start = sharedStart(a, b);
  const end = sharedStart(a.slice(start).reverse(), b.slice(start).reverse());
  // Of a long line, what comes shortly before its first difference.
  const from = Math.max(0, sharedStart([...(a[start] ?? '')], [...(b[start] ?? '')]) - 60);
  const part = (lines: string[], sign: string): string[] => {
    const differing = lines.slice(start, lines.length - end);
    const shown = differing.slice(0, linesShown).map((line, index) => {
      const left = index === 0 && line.length > charactersShown ? from : 0;
      return `  ${sign} ${left > 0 ? '...' : ''}${line.slice(left, left + charactersShown)}`;
    });
    const rest = differing.length - shown.length;
    return rest > 0 ? [...shown, `  ${sign} ... and ${rest} more lines`] : shown;
  };
  return [...part(a, '-'), ...part(b, '+')].join('\n');
}

function sharedStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
  return length;
}
