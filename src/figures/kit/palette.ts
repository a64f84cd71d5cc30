// One visual language: a network keeps its colour in every figure, loss has one scale, start is hollow and end is solid.
import { scaleSequential } from 'd3';
import { interpolateLoss } from './relief/loss-colours.ts';

/** Hues a golden angle apart, so that neighbours in index are far apart in colour; lightness follows the theme. */
export function networkColour(index: number): string {
  const hue = (index * 137.508 + 25) % 360;
  return `oklch(var(--network-lightness, 0.6) 0.14 ${hue.toFixed(1)})`;
}

/** Two classes first in blue and orange (Okabe & Ito), told apart by the colour-blind; more follow. */
export const classColours = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#f0e442',
  '#7f7f7f',
  '#882255',
  '#44aa99',
] as const;

export const classColour = (index: number): string =>
  classColours[index % classColours.length] as string;

/** Low loss is dark, high loss is light, the same everywhere. */
export const lossColour = (minimum: number, maximum: number) =>
  scaleSequential(interpolateLoss).domain([minimum, maximum]).clamp(true);
