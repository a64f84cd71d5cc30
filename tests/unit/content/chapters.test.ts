// What every chapter owes its readers, read from its source: length, guesses, words that drive pictures, and no typed results.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const files = globSync('content/chapters/*.mdx').sort();
const read = (file: string): string =>
  readFileSync(file, 'utf8').replace(/^---[\s\S]*?\n---\n/, '');

/** Chapters that argue, with figures: neither the short prologue, nor the laboratory, nor the appendix. */
const argues = (file: string): boolean => !/\/(00|11|12)-/.test(file.replaceAll('\\', '/'));

/** Without what stands beside the main line: folds, notes, captions, titles of figures, answers to guesses. */
const mainLine = (source: string): string =>
  source
    .replace(/<Fold\b[\s\S]*?<\/Fold>/g, '')
    .replace(/<Note>[\s\S]*?<\/Note>/g, '')
    .replace(/<Fragment slot=[\s\S]*?<\/Fragment>/g, '')
    .replace(/<Figure\b[\s\S]*?<\/Figure>/g, '');

const words = (source: string): number =>
  source
    .replace(/\$\$[\s\S]*?\$\$|\$[^$]*\$/g, ' formula ')
    .replace(/<Value\b[^>]*\/>/g, ' number ')
    .replace(/<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const count = (source: string, pattern: RegExp): number => [...source.matchAll(pattern)].length;

/** Of two weights, where every number is arithmetic that a reader can redo. */
const exact = /01-a-network-is-a-point/;

/** No measurements: the loss of a coin on two classes, the usual interval, a half, a licence's version. */
const named = new Set(['0.693', '95%', '0.5', '50%', '4.0']);

describe.each(files.filter(argues))('%s', (file) => {
  const source = read(file);

  it('is as long as an article that is finished', () => {
    const length = words(mainLine(source));
    expect(length).toBeGreaterThanOrEqual(650);
    expect(length).toBeLessThanOrEqual(1400);
  });

  it('asks for a guess before it shows', () => {
    expect(count(source, /<Guess\b/g)).toBeGreaterThanOrEqual(1);
  });

  it('has words that drive a picture', () => {
    expect(count(source, /<Show\b/g)).toBeGreaterThanOrEqual(2);
  });

  it('has notes for the expert, citations and terms', () => {
    expect(count(source, /<(?:Note|Fold)\b/g)).toBeGreaterThanOrEqual(2);
    expect(count(source, /<Term\b/g)).toBeGreaterThanOrEqual(1);
  });
});

describe.each(files)('%s', (file) => {
  const source = read(file);

  it('states the finding over every figure, and says below it how it was made', () => {
    const figures = [...source.matchAll(/<(Figure|Scrolly)\b[\s\S]*?<\/\1>/g)].map(([all]) => all);
    expect(count(source, /<(?:Figure|Scrolly)\b/g)).toBe(figures.length);
    for (const figure of figures) {
      const name = /\bid="([^"]+)"/.exec(figure)?.[1] ?? figure.slice(0, 80);
      expect(figure, `title of ${name}`).toMatch(/slot="title"|\btitle="/);
      const caption = figure.startsWith('<Scrolly')
        ? /<Fragment slot="caption">([\s\S]*?)<\/Fragment>/.exec(figure)?.[1]
        : figure.replace(/<Fragment slot="title">[\s\S]*?<\/Fragment>/, '');
      expect(words(caption ?? ''), `caption of ${name}`).toBeGreaterThanOrEqual(12);
    }
  });

  it('types in no measured number: decimals and percentages come from artifacts', () => {
    const prose = source
      .replace(/\$\$[\s\S]*?\$\$|\$[^$]*\$/g, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/`[^`]*`/g, ' ')
      .replace(/\{\/\*[\s\S]*?\*\/\}/g, ' ');
    const typed = [...prose.matchAll(/\d+\.\d+(?:\s?%)?|\d+\s?%/g)].map(([text]) => text);
    expect(typed.filter((text) => !(exact.test(file) || named.has(text)))).toEqual([]);
  });
});
