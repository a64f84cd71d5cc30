// Whether a measured quantity rises or falls over ordered conditions, such as growing widths.
import { bootstrapIntervals } from '../bootstrap.ts';
import type { Estimate } from '../bootstrap.ts';
import { spearman } from './correlation.ts';

export interface Trend {
  readonly conditions: number;
  /** Members with a finite value, over all conditions. */
  readonly count: number;
  readonly missing: number;
  /** -`most` to `most`. */
  readonly spearman: Estimate;
  /** The largest magnitude that Spearman's correlation can have here: members of one condition share a rank. */
  readonly most: number;
}

/**
 * Spearman's correlation of a member's value with the place of its condition, over all members of all conditions
 * `[conditions][members]`, given in their order; only the order counts, not how wide the steps are. The interval is a
 * percentile bootstrap (see bootstrap.ts) that draws members anew within each condition. It does not know that
 * conditions may share their starts, which would make it narrower.
 * @throws RangeError for fewer than two conditions, or one without finite values.
 */
export function trend(conditions: readonly ArrayLike<number>[], seed: number): Trend {
  const members = conditions.map((values) => Float64Array.from(values).filter(Number.isFinite));
  if (members.length < 2)
    throw new RangeError(
      `a trend over ${members.length} conditions: expected at least two, in their order`,
    );
  const empty = members.findIndex(({ length }) => length === 0);
  if (empty >= 0)
    throw new RangeError(
      `condition ${empty} of a trend has no finite values: leave it out, or lower its learning rate`,
    );
  const places = concatenated(members.map((own, place) => own.map(() => place)));
  const measure = (drawn: readonly Float64Array[]): number => spearman(places, concatenated(drawn));
  const [interval] = bootstrapIntervals(members, (drawn) => [measure(drawn)], seed);
  return {
    conditions: members.length,
    count: places.length,
    missing: conditions.reduce((sum, { length }) => sum + length, 0) - places.length,
    spearman: { value: measure(members), interval: interval! },
    most: spearman(
      places,
      places.map((_, i) => i),
    ),
  };
}

const concatenated = (parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => [...part]));
