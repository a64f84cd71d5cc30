// Fewer of many, evenly spread.

/** At most `most` of the indices 0..total-1, evenly spread, first and last always among them. */
export function spreadIndices(total: number, most: number): number[] {
  const count = Math.min(total, Math.max(2, Math.floor(most)));
  if (count === total) return Array.from({ length: total }, (_, index) => index);
  return Array.from({ length: count }, (_, k) => Math.round((k * (total - 1)) / (count - 1)));
}
