// A slider beside a typed number: which numbers have one, and what its positions mean.
import type { NumberField } from './form-field.ts';

export interface Slider {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly isLogarithmic: boolean;
  toPosition(value: number): number;
  fromPosition(position: number): number;
}

/** Positions of a logarithmic slider. */
const positions = 200;

/** Whole numbers above which a slider is too coarse to be of use, such as seeds. */
const largestWhole = 100_000;

/** Ratio of the ends above which whole numbers are set by magnitude. */
const manyTimes = 50;

/** Null where a slider would not help. */
export function sliderOf(field: NumberField): Slider | null {
  const { isWhole, isLogarithmic, sliderRange } = field;
  if (sliderRange === null) return null;
  const minimum = sliderRange?.[0] ?? field.minimum ?? 0;
  const maximum = sliderRange?.[1] ?? field.maximum ?? (isLogarithmic ? 100 : null);
  if (maximum === null || maximum <= minimum) return null;
  if (isWhole && maximum > largestWhole) return null;
  const isByMagnitude = isLogarithmic || (isWhole && maximum > manyTimes * Math.max(1, minimum));
  return isByMagnitude ? logarithmic(field, minimum, maximum) : linear(field, minimum, maximum);
}

function linear(field: NumberField, minimum: number, maximum: number): Slider {
  const step = field.isWhole ? 1 : niceStep((maximum - minimum) / 100);
  const low = minimum + (field.isMinimumExcluded ? step : 0);
  const high = maximum - (field.isMaximumExcluded ? step : 0);
  return {
    minimum: tidy(low),
    maximum: tidy(high),
    step,
    isLogarithmic: false,
    // On a mark, since browsers move what lies between two.
    toPosition: (value) => tidy(clamp(low + step * Math.round((value - low) / step), low, high)),
    fromPosition: (position) => tidy(clamp(position, low, high)),
  };
}

/** Where zero is allowed, the leftmost position is zero. */
function logarithmic(field: NumberField, minimum: number, maximum: number): Slider {
  const { isWhole, isMinimumExcluded, standard = 1 } = field;
  const low =
    minimum > 0 ? minimum : isWhole ? 1 : Math.min(1e-5, standard > 0 ? standard / 100 : 1);
  const zeroAt = minimum > 0 || isMinimumExcluded ? null : 0;
  const first = zeroAt === null ? 0 : 1;
  const span = Math.log(maximum / low);
  return {
    minimum: 0,
    maximum: positions,
    step: 1,
    isLogarithmic: true,
    toPosition(value) {
      if (!(value >= low)) return 0;
      const share = Math.log(value / low) / span;
      return Math.round(first + clamp(share, 0, 1) * (positions - first));
    },
    fromPosition(position) {
      if (zeroAt !== null && position < first) return zeroAt;
      const share = (position - first) / (positions - first);
      const value = Number((low * Math.exp(span * share)).toPrecision(2));
      return clamp(isWhole ? Math.round(value) : value, low, maximum);
    },
  };
}

/** What an arrow key adds to a typed number. */
export function stepOf({ isWhole, isLogarithmic, minimum, maximum }: NumberField, value: number) {
  if (isWhole) return 1;
  if (isLogarithmic) return value > 0 ? tidy(10 ** (Math.floor(Math.log10(value)) - 1)) : 1e-4;
  return niceStep(((maximum ?? 10) - (minimum ?? 0)) / 100);
}

/** 1, 2 or 5 times a power of ten, not above `most`. */
function niceStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const digit = [5, 2, 1].find((d) => d * power <= most * 1.0001) ?? 1;
  return tidy(digit * power);
}

/** Without the crumbs of binary fractions. */
const tidy = (value: number): number => Number(value.toPrecision(10));

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
