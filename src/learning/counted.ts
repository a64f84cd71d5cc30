// Counts with their nouns: "1 network", "50 networks".

/** The noun alone, as it follows the count. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  count === 1 ? one : many;

/** `counted(3, 'network')`: "3 networks". */
export const counted = (count: number, one: string, many?: string): string =>
  `${count} ${plural(count, one, many)}`;

/** Counts that may be large: "12,000 points". */
export const countedWithCommas = (count: number, one: string, many?: string): string =>
  `${count.toLocaleString('en')} ${plural(count, one, many)}`;
