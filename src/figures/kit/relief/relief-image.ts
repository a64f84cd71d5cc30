// The light on a landscape as one small picture that lies over its tints: highlights warm, shadows cool, both faint.
import { encodePng } from './png.ts';
import { hillshade } from './hillshade.ts';
import { skyVisible } from './occlusion.ts';
import { refine, type ReliefGrid } from './relief-grid.ts';

/** Opacity at full light and full shade. Kept low: lightness must go on telling the loss (see the test). */
const strongestLight = 0.22;
const strongestShade = 0.26;
const light = [255, 246, 226] as const;
const shade = [8, 16, 44] as const;
/** Steps of light and of shade; index 0 is full shade, the middle one is level ground. */
const steps = 60;
/** What a valley loses of its light where it sees little of the sky. */
const occlusionWeight = 1.1;
/** Pixels along the longer side: enough for a smooth look at a full page's width. */
const wanted = 200;
/** The slope, of height to distance, that all but one in ten points lie below once the relief is exaggerated. */
const steepSlope = 0.9;

const palette = Array.from(
  { length: 2 * steps + 1 },
  (_, index): readonly [number, number, number, number] => {
    const amount = (index - steps) / steps;
    const [r, g, b] = amount < 0 ? shade : light;
    const opacity = amount < 0 ? -amount * strongestShade : amount * strongestLight;
    return [r, g, b, Math.round(255 * opacity)];
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

/** Light from -1 (full shade) to 1 on each point of the grid, `[rows, columns]`. */
export function lightOn(grid: ReliefGrid): Float64Array {
  const exaggeration = exaggerationOf(grid);
  const slopes = hillshade(grid, exaggeration);
  const sky = skyVisible(grid, exaggeration);
  return slopes.map((value, i) =>
    Math.max(-1, Math.min(1, 1.4 * value - occlusionWeight * (1 - sky[i]!))),
  );
}

/** The picture as a `data:` address, north at the top; to be drawn over the whole of the grid. */
export function reliefImage(grid: ReliefGrid): string {
  const longest = Math.max(grid.columns, grid.rows) - 1;
  const finer = refine(grid, Math.max(1, Math.round(wanted / longest)));
  const lit = lightOn(finer);
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
