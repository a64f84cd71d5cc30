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

/** The first lines that only one of the two texts has, wherever they stand. */
export function firstDifferences(kept: string, now: string): string {
  const [a, b] = [linesOf(kept), linesOf(now)];
  const [gone, come] = [without(a, b), without(b, a)];
  if (gone.length + come.length === 0) return '  the same lines in another order or depth';
  // Of a long line, what comes shortly before its first difference.
  const [before, after] = [gone[0] ?? '', come[0] ?? ''];
  let shared = 0;
  while (shared < before.length && before[shared] === after[shared]) shared++;
  const from = Math.max(0, shared - 60);
  return [...excerpt(gone, '-', from), ...excerpt(come, '+', from)].join('\n');
}

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim());

/** Each line as often as it stands in `lines` more than in `others`. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** @param from where the first line is cut, if it is long. */
function excerpt(lines: readonly string[], sign: string, from: number): string[] {
  const shown = lines.slice(0, linesShown).map((line, index) => {
    const start = index === 0 && line.length > charactersShown ? from : 0;
    return `  ${sign} ${start > 0 ? '...' : ''}${line.slice(start, start + charactersShown)}`;
  });
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `  ${sign} ... and ${rest} more lines`] : shown;
}
