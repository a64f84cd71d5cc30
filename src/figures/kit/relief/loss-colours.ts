// The hypsometric scale of every landscape: lightness alone tells the loss, and the hue turns slowly from deep water to warm light.
import { interpolateRgb, piecewise } from 'd3';

/**
 * Equal steps of lightness in OKLCH (Ottosson 2020), from 0.235 to 0.945. The hue goes from blue over green to sand and
 * the chroma stays low, so that a network's own colour stands out from every ground. `loss-colours.test.ts` measures
 * how even the steps are, and that lightness rises under each of the common colour blindnesses.
 */
export const lossColourStops = [
  '#131c38',
  '#162849',
  '#16345b',
  '#154267',
  '#135172',
  '#166078',
  '#236f7c',
  '#357d7d',
  '#4d8b7d',
  '#66987b',
  '#83a378',
  '#9ead79',
  '#bab77c',
  '#cfc28b',
  '#e3ce9b',
  '#efdcb5',
  '#fbebce',
] as const;

/** Share of the scale, 0 (low, dark) to 1 (high, light), to `rgb(r, g, b)`. */
export const interpolateLoss: (share: number) => string = piecewise(interpolateRgb, [
  ...lossColourStops,
]);
