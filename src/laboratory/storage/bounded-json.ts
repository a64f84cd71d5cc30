// JSON that somebody else wrote, copied within bounds: nothing deep, nothing endless, no key that reaches a prototype.
import { quote } from '../../learning/quote.ts';

export interface Bounds {
  readonly deepest: number;
  /** Of values in all: numbers, texts, lists, objects. */
  readonly mostValues: number;
  /** Characters of one text or name. */
  readonly longestText: number;
}

export interface BoundedCopy {
  readonly value: unknown;
  /** What was left out, each as the end of a sentence: `the name "__proto__"`. */
  readonly leftOut: readonly string[];
}

/** The last lets an object pass itself off as a list. */
const misleading = ['__proto__', 'constructor', 'prototype', 'length'];

/** Null where it is too deep or has too much in it to be looked at. */
export function boundedCopy(parsed: unknown, bounds: Bounds): BoundedCopy | null {
  const leftOut = new Set<string>();
  let values = 0;
  let isTooMuch = false;

  const copy = (value: unknown, depth: number): unknown => {
    if (isTooMuch || ++values > bounds.mostValues || depth > bounds.deepest) {
      isTooMuch = true;
      return null;
    }
    if (typeof value === 'string') {
      if (value.length <= bounds.longestText) return value;
      leftOut.add(`a text of ${value.length} characters`);
      return null;
    }
    // JSON writes numbers of any size; 1e999 reads as Infinity.
    if (typeof value === 'number' && !Number.isFinite(value)) {
      leftOut.add('a number that is too large to be one');
      return null;
    }
    if (Array.isArray(value)) return value.map((entry) => copy(entry, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => {
      const isUsable = !misleading.includes(key) && key.length <= bounds.longestText;
      if (!isUsable) leftOut.add(`the name ${quote(key)}`);
      return isUsable;
    });
    return Object.fromEntries(entries.map(([key, entry]) => [key, copy(entry, depth + 1)]));
  };

  const value = copy(parsed, 0);
  return isTooMuch ? null : { value, leftOut: [...leftOut] };
}
