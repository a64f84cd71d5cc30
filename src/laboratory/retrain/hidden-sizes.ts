// Hidden sizes as text: "64", "16, 16", or nothing for a network without hidden layers.

/** The sizes; null where the text is no list of whole numbers. */
export function parseHiddenSizes(text: string): number[] | null {
  const parts = text
    .trim()
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  return parts.every((part) => /^\d{1,6}$/.test(part)) ? parts.map(Number) : null;
}

export const formatHiddenSizes = (sizes: readonly number[]): string => sizes.join(', ');
