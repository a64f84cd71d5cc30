// Parts numbers into classes of about equal size, for a label that is measured rather than named.

/**
 * The name of each value's class. Edges are the quantiles i / k of the values; equal values stay together, so that
 * classes differ in size where values repeat, and there are fewer than `k` where they repeat much.
 * Names begin with the class's number, which keeps them in order.
 */
export function equalBins(values: readonly number[], k: number): string[] {
  const sorted = Float64Array.from(values).sort();
  const quantiles = Array.from(
    { length: k - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / k)] as number,
  );
  // A class is [edge, next edge): an edge at the least value would leave nothing below it.
  const edges = [...new Set(quantiles)].filter((edge) => edge > (sorted[0] as number));
  const names = Array.from({ length: edges.length + 1 }, (_, bin) => nameOf(bin, edges));
  return values.map((value) => names[edges.filter((edge) => value >= edge).length] as string);
}

function nameOf(bin: number, edges: readonly number[]): string {
  const from = edges[bin - 1];
  const to = edges[bin];
  const number = bin + 1;
  if (from === undefined) return `${number}: ${to === undefined ? 'all' : `below ${short(to)}`}`;
  return `${number}: ${short(from)} ${to === undefined ? 'or more' : `to ${short(to)}`}`;
}

/** Four digits, without zeros at the end. */
const short = (value: number): string => String(Number(value.toPrecision(4)));
