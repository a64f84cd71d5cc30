// An estimate with its 95% interval, in words.
import { formatNumber } from './format.ts';

export interface EstimateWithInterval {
  readonly value: number;
  readonly interval: readonly [number, number];
}

type Format = (value: number) => string;

/** `95% interval 0.12 to 0.18`. */
export const intervalText = (
  [low, high]: EstimateWithInterval['interval'],
  format: Format = formatNumber,
): string => `95% interval ${format(low)} to ${format(high)}`;

/** `0.15 (95% interval 0.12 to 0.18)`. */
export const estimateText = (
  { value, interval }: EstimateWithInterval,
  format: Format = formatNumber,
): string => `${format(value)} (${intervalText(interval, format)})`;
