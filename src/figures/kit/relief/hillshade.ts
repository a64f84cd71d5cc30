// Relief shading by several lamps, as on a Swiss sheet: the main one at the upper left, weaker ones that open up its shadows.
import type { ReliefGrid } from './relief-grid.ts';

interface Lamp {
  /** Degrees clockwise from north, from where the light comes. */
  readonly azimuth: number;
  readonly weight: number;
}

/** After Mark 1992 ("Multidirectional, oblique-weighted, shaded-relief image"), the north-west leading. */
const lamps: readonly Lamp[] = [
  { azimuth: 315, weight: 0.6 },
  { azimuth: 270, weight: 0.2 },
  { azimuth: 0, weight: 0.2 },
];
/** Degrees above the horizon. */
const elevation = 45;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export interface Ray {
  readonly east: number;
  readonly north: number;
  readonly up: number;
  readonly weight: number;
}

/** Towards each lamp, unit vectors with their weights. */
export const rays: readonly Ray[] = lamps.map(({ azimuth, weight }) => ({
  east: Math.cos(radians(elevation)) * Math.sin(radians(azimuth)),
  north: Math.cos(radians(elevation)) * Math.cos(radians(azimuth)),
  up: Math.sin(radians(elevation)),
  weight,
}));

/** The brightness of level ground, where that of ground that faces a lamp is 1. */
export const levelBrightness = Math.sin(radians(elevation));
const most = 1 / levelBrightness - 1;
/** Lifts the brightest to 1 without a bend at level ground, where an edge would show. */
export const liftOfLight = (1 / most - 1) / most;

/** Brightness against that of level ground: 0 there, 1 face on to a lamp, -1 in full shade; smooth in between. */
export function relativeLight(brightness: number): number {
  const relative = brightness / levelBrightness - 1;
  return relative > 0 ? relative * (1 + liftOfLight * relative) : relative;
}

/**
 * How much brighter than level ground each point is: 0 on a level, up to 1 face on to the lamps, down to -1 away from
 * them. Slopes are central differences, one-sided at the edge.
 *
 * @param exaggeration heights are multiplied by it before they are lit.
 * @returns `[rows, columns]`.
 */
export function hillshade(grid: ReliefGrid, exaggeration: number): Float64Array {
  const { heights, columns, rows, spacing } = grid;
  const result = new Float64Array(heights.length);
  for (let row = 0; row < rows; row++) {
    const [south, north] = [Math.max(0, row - 1), Math.min(rows - 1, row + 1)];
    for (let column = 0; column < columns; column++) {
      const [west, east] = [Math.max(0, column - 1), Math.min(columns - 1, column + 1)];
      const rise = (high: number, low: number): number =>
        exaggeration * (heights[high]! - heights[low]!);
      const eastward =
        rise(row * columns + east, row * columns + west) / ((east - west) * spacing[0]);
      const northward =
        rise(north * columns + column, south * columns + column) / ((north - south) * spacing[1]);
      const length = Math.hypot(eastward, northward, 1);
      let light = 0;
      for (const ray of rays)
        light +=
          (ray.weight * Math.max(0, ray.up - eastward * ray.east - northward * ray.north)) / length;
      result[row * columns + column] = Math.min(1, relativeLight(light));
    }
  }
  return result;
}
