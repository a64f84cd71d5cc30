// Training played from one moment to another: the state a share of the way between two.

/**
 * @param last the record, step or epoch that `until: null` stands for.
 * @param t share of the way, 0 to 1.
 * @returns null where the moment does not change.
 */
export function betweenMoments<State extends { readonly until: number | null }>(
  from: State,
  to: State,
  t: number,
  last: number,
): State | null {
  const [a, b] = [from.until ?? last, to.until ?? last];
  return a === b ? null : { ...to, until: a + t * (b - a) };
}
