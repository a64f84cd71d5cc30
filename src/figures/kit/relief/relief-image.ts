// The light on a landscape as one small picture that lies over its tints: highlights warm, shadows cool, both faint.
import { encodePng } from './png.ts';
import { hillshade } from './hillshade.ts';
import { skyVisible } from './occlusion.ts';
import { refine, type ReliefGrid } from './relief-grid.ts';

/** Opacity at full light and full shade. Kept low: lightness must go on telling the loss (see the test). */
export const shadeStrengths = {
  light: { colour: [255, 246, 226], opacity: 0.22 },
  shade: { colour: [8, 16, 44], opacity: 0.26 },
} as const;
/** Steps of light and of shade; index 0 is full shade, the middle one is level ground. */
const steps = 24;
/** What a valley loses of its light where it sees little of the sky. */
export const occlusionWeight = 1.1;
/** How much of the full light a slope towards the lamps is given. */
export const slopeWeight = 1.4;
/** Points along the longer side: enough for a smooth look at a full page's width. */
const wanted = 120;
/** Points a pixel: light is smooth. */
const perPixel = 0.6;
/** Points along the longer side for the sky, the dear part. */
const mostForSky = 101;
/** On a map smaller than this nobody sees it. */
const leastForSky = 160;
/** The slope, of height to distance, that all but one in ten points lie below once the relief is exaggerated. */
const steepSlope = 0.9;

const palette = Array.from(
  { length: 2 * steps + 1 },
  (_, index): readonly [number, number, number, number] => {
    const amount = (index - steps) / steps;
    const { colour, opacity } = shadeStrengths[amount < 0 ? 'shade' : 'light'];
    return [...colour, Math.round(255 * opacity * Math.abs(amount))];
  },
);

/** Factor that brings a landscape's slopes to where light shows them best, whatever its units; 1 on level ground. */
export function exaggerationOf({ heights, columns, rows, spacing }: ReliefGrid): number {
  const slopes: number[] = [];
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const i = row * columns + column;
      slopes.push(
        Math.hypot(
          (heights[i + 1]! - heights[i]!) / spacing[0],
          (heights[i + columns]! - heights[i]!) / spacing[1],
        ),
      );
    }
  slopes.sort((a, b) => a - b);
  const steep = slopes[Math.floor(0.9 * (slopes.length - 1))] ?? 0;
  return steep > 0 ? steepSlope / steep : 1;
}

/** Light from -1 (full shade) to 1 on each point of a grid refined `factor` times, `[rows, columns]`. */
function lightOn(
  grid: ReliefGrid,
  factor: number,
  pixels: number,
): { lit: Float64Array; finer: ReliefGrid } {
  const exaggeration = exaggerationOf(grid);
  const finer = refine(grid, factor);
  const slopes = hillshade(finer, exaggeration);
  const sky = pixels < leastForSky ? null : skyOn(grid, factor, exaggeration);
  const lit = slopes.map((value, i) =>
    Math.max(-1, Math.min(1, slopeWeight * value - occlusionWeight * (1 - (sky?.[i] ?? 1)))),
  );
  return { lit, finer };
}

/** What a point sees of the sky changes slowly: it is computed on fewer points, and is smooth between them. */
function skyOn(grid: ReliefGrid, factor: number, exaggeration: number): Float64Array {
  const own = Math.max(1, Math.floor(mostForSky / Math.max(grid.columns, grid.rows)));
  const coarser = Array.from({ length: Math.min(own, factor) }, (_, k) => k + 1)
    .filter((k) => factor % k === 0)
    .at(-1)!;
  const base = refine(grid, coarser);
  const heights = skyVisible(base, exaggeration);
  return refine({ ...base, heights }, factor / coarser).heights;
}

/** The picture as a `data:` address, north at the top; to be drawn over the whole of the grid, whose spacing is in pixels. */
export function reliefImage(grid: ReliefGrid): string {
  const longest = Math.max(grid.columns, grid.rows) - 1;
  const pixels = longest * Math.max(...grid.spacing);
  const points = Math.min(wanted, perPixel * pixels);
  const { lit, finer } = lightOn(grid, Math.max(1, Math.round(points / longest)), pixels);
  const { columns, rows } = finer;
  const indices = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      indices[(rows - 1 - row) * columns + column] = Math.round(
        steps * (1 + lit[row * columns + column]!),
      );
  const bytes = encodePng({ palette, indices, width: columns, height: rows });
  return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}
