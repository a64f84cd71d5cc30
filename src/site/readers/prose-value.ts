// Numbers of the prose: read from a run by a path, formatted, never typed in.
import { format as d3Format } from 'd3';
import type { WholeArtifact } from '../../artifact/load.ts';
import { isNumericArray } from '../../landscape/analyses/numeric-array.ts';

/** Of a list of numbers a path may ask for these, though they are no keys of it. */
const extremes: Readonly<Record<string, (a: number, b: number) => number>> = {
  lowest: Math.min,
  highest: Math.max,
};

/**
 * What `path` ('statistics.trainLoss.mean', 'landscape.loss.lowest') leads to in the run or study called `name`;
 * a sentence if nothing is there, with the reasons of analyses that have no answer.
 */
export function readPath(source: object, name: string, path: string, place: string): unknown {
  let value: unknown = source;
  const walked: string[] = [];
  for (const key of path.split('.')) {
    const next = step(value, key);
    if (next === undefined) {
      const at = walked.length > 0 ? `'${walked.join('.')}'` : 'the whole';
      throw new Error(
        `'${path}' leads nowhere in '${name}' (${place}): ${at} has no '${key}' but ${keysOf(value)}${notAnswered(source)}.`,
      );
    }
    value = next;
    walked.push(key);
  }
  return isNumericArray(value) ? value.values : value;
}

const notAnswered = (source: object): string =>
  Object.entries((source as Partial<WholeArtifact>).unanswered ?? {})
    .map(([analysis, reason]) => `; the analysis '${analysis}' was not answered: ${reason}`)
    .join('');

function step(value: unknown, key: string): unknown {
  if (value === null || typeof value !== 'object') return undefined;
  if (isNumericArray(value)) return step(value.values, key);
  const extreme = extremes[key];
  if (!extreme || !isNumbers(value)) return (value as Record<string, unknown>)[key];
  const finite = Array.from(value).filter(Number.isFinite);
  return finite.length > 0 ? finite.reduce((a, b) => extreme(a, b)) : NaN;
}

/** A number in d3's format, a pair as "a to b", a word as it is. */
export function formatValue(value: unknown, format: string, place: string): string {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return formatNumber(value, format);
  if (isNumbers(value)) {
    const parts = Array.from(value, (part) => formatNumber(part, format));
    return parts.length === 2 ? parts.join(' to ') : parts.join(', ');
  }
  throw new Error(
    `A value is ${value === null ? 'null' : typeof value} (${place}): expected a number, a word or a list of numbers; give a longer path.`,
  );
}

function formatNumber(value: number, format: string): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return powersOfTen(d3Format(format)(value));
}

const superscripts: Readonly<Record<string, string>> = Object.fromEntries(
  [...'−0123456789'].map((sign, index) => [sign, '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'[index] ?? '']),
);

/** "6.8e−4" reads 6.8×10⁻⁴. */
const powersOfTen = (text: string): string =>
  text.replace(/e([+−-]?)(\d+)$/, (_, sign: string, power: string) => {
    const signed = (sign === '' || sign === '+' ? '' : '−') + power;
    return `×10${[...signed].map((digit) => superscripts[digit] ?? digit).join('')}`;
  });

function isNumbers(value: unknown): value is ArrayLike<number> {
  if (ArrayBuffer.isView(value)) return true;
  return Array.isArray(value) && value.every((part) => typeof part === 'number');
}

function keysOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return 'nothing inside';
  return Object.keys(value).slice(0, 24).join(', ') || 'nothing inside';
}
