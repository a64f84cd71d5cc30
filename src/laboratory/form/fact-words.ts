// A setting that the form only shows, in a few words.
import { countedWithCommas } from '../../learning/counted.ts';

export function factInWords(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  if (Array.isArray(value)) return countedWithCommas(value.length, 'entry', 'entries');
  if (typeof value === 'object') return Object.values(value).map(factInWords).join(', ');
  return String(value);
}
