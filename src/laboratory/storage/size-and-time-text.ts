// Sizes and times as the storage section says them.
import { formatBytes } from '../../learning/memory.ts';

/** `512 bytes`, `1.2 MB`. */
export const bytesInWords = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : formatBytes(bytes);

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `just now`, `5 minutes ago`, `yesterday`, `3 July 2026`. */
export function sinceInWords(then: number, now: number): string {
  const age = Math.max(0, now - then);
  if (age < minute) return 'just now';
  if (age < hour) return relative.format(-Math.floor(age / minute), 'minute');
  const days = Math.round((midnight(now) - midnight(then)) / day);
  if (days === 0) return relative.format(-Math.floor(age / hour), 'hour');
  if (days <= 30) return relative.format(-days, 'day');
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(then);
}

/** Of the day of that moment, where the reader is. */
const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
