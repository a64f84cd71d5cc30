// Which heights the picture shows and how: logarithmic, linear, or linear with the peaks cut off; always stated in words.
import { quantileSorted, scaleLinear, scaleLog } from 'd3';
import { formatNumber } from '../kit/format.ts';
import type { HeightScaleChoice } from './surface-data.ts';

export interface HeightScale {
  readonly kind: 'log' | 'linear' | 'clipped';
  /** Value at the floor of the picture. */
  readonly minimum: number;
  /** Value at its ceiling. */
  readonly maximum: number;
  /** Share of grid values above the ceiling, drawn flat at it. */
  readonly cutShare: number;
  /** Value to level: 0 at the floor and below, 1 at the ceiling, more above it; NaN stays NaN. */
  level(value: number): number;
  /** Level back to value. */
  value(level: number): number;
  readonly ticks: readonly { readonly level: number; readonly text: string }[];
  /** The values at floor and ceiling, as text. */
  readonly ends: readonly [floor: string, ceiling: string];
  /** The scale in words, for the picture. */
  readonly statement: string;
}

/** Values that span this factor or more are easier to read on a logarithmic scale. */
const logarithmicFrom = 30;
/** A logarithmic scale shows no more than this factor: an exact minimum would be infinitely deep. */
const deepest = 1e4;
/** Above this quantile a peak may be cut off, where it would take most of the height. */
const clipQuantile = 0.9;

const finiteSorted = (values: ArrayLike<number>): number[] =>
  Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);

function chosenKind(
  sorted: readonly number[],
  choice: Exclude<HeightScaleChoice, object>,
): HeightScale['kind'] {
  const minimum = sorted[0] as number;
  const maximum = sorted.at(-1) as number;
  // A logarithm needs positive values; without them, asking for it falls back to what the data allow.
  if (choice !== 'auto' && !(choice === 'log' && minimum <= 0)) return choice;
  if (choice === 'auto' && minimum > 0 && maximum / minimum >= logarithmicFrom) return 'log';
  const shoulder = quantileSorted([...sorted], clipQuantile) as number;
  return maximum - minimum > 3 * (shoulder - minimum) && shoulder > minimum ? 'clipped' : 'linear';
}

const percent = (share: number): string =>
  share < 0.01 ? 'under 1%' : `${(100 * share).toFixed(0)}%`;

/**
 * The scale of a grid of heights.
 *
 * Throws a RangeError where no height is finite.
 */
export function heightScale(heights: ArrayLike<number>, choice: HeightScaleChoice): HeightScale {
  const sorted = finiteSorted(heights);
  if (sorted.length === 0) {
    throw new RangeError(
      'The surface has no finite height: expected at least one number in `heights`; look for a network that diverged everywhere on this plane.',
    );
  }
  const lowest = sorted[0] as number;
  const peak = sorted.at(-1) as number;
  const kind = typeof choice === 'object' ? 'clipped' : chosenKind(sorted, choice);
  const minimum = kind === 'log' ? Math.max(lowest, peak / deepest) : lowest;
  let maximum = peak;
  if (typeof choice === 'object') maximum = choice.clip;
  else if (kind === 'clipped') maximum = quantileSorted(sorted, clipQuantile) as number;
  // A flat surface still needs a scale with two different ends.
  if (!(maximum > minimum)) maximum = minimum + Math.max(Math.abs(minimum), 1) * 1e-6;

  let cut = 0;
  for (let i = 0; i < heights.length; i++) if ((heights[i] as number) > maximum) cut++;
  const cutShare = cut / heights.length;

  const scale = (kind === 'log' ? scaleLog() : scaleLinear())
    .domain([minimum, maximum])
    .range([0, 1]);
  let candidates = scale.ticks(4);
  // The logarithmic scale offers every 1, 2, 3 ... 9 of a decade: keep powers of ten, or 1-2-5 if those are few.
  if (kind === 'log') {
    const leading = (value: number) =>
      Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
    const powers = candidates.filter((value) => leading(value) === 1);
    candidates =
      powers.length >= 2
        ? powers
        : candidates.filter((value) => [1, 2, 5].includes(leading(value)));
  }
  // On a linear scale a value below a thousandth of the range is indistinguishable from zero.
  const text = (value: number): string =>
    formatNumber(kind !== 'log' && Math.abs(value) < 1e-3 * (maximum - minimum) ? 0 : value);
  const cutPhrase =
    cutShare > 0
      ? `; ${percent(cutShare)} of the surface is higher and cut flat at ${text(maximum)}`
      : '';
  const floorPhrase = minimum > lowest ? `; lower values end at ${text(minimum)}` : '';
  return {
    kind,
    minimum,
    maximum,
    cutShare,
    // d3 would make infinity times nothing of it.
    level: (value) => (Number.isFinite(value) ? scale(Math.max(value, minimum)) : value),
    value: (level) => scale.invert(level),
    ticks: candidates.map((value) => ({ level: scale(value), text: text(value) })),
    ends: [text(minimum), text(maximum)],
    statement: `Height and colour: ${kind === 'log' ? 'logarithmic' : 'linear'}${cutPhrase}${floorPhrase}`,
  };
}
