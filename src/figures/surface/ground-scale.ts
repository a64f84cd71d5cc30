// The contour lines and tints of a surface: the same round values and colours as on the maps, by level of the block.
import { inkColours, inkOn } from '../kit/filled-contours.ts';
import { contourScale, type ContourScale } from '../kit/level-scale.ts';
import { resolvedLines } from '../kit/relief/resolved-lines.ts';
import type { HeightScale } from './height-scale.ts';
import type { SurfaceData } from './surface-data.ts';

export interface GroundLine {
  /** Between 0, the floor, and 1, the ceiling. */
  readonly height: number;
  readonly isIndex: boolean;
  readonly colour: string;
}

export interface GroundScale {
  readonly scale: ContourScale;
  /** Rising; those that the grid resolves. */
  readonly lines: readonly GroundLine[];
  /** Tints between the lines, from the floor up: one more than there are lines. */
  readonly tints: readonly string[];
  /**
   * The contour coordinate of a level: 0 at the floor, k at the k-th line, one more than the last line at the ceiling,
   * and linear between them. Its whole part is the tint.
   */
  contourAt(level: number): number;
}

export function groundScale(data: SurfaceData, height: HeightScale): GroundScale {
  const scale = contourScale([height.minimum, height.maximum], {
    logarithmic: height.kind === 'log',
    highIsDark: data.good === 'high',
  });
  const all = scale.lines.map(({ value, isIndex }, k) => ({
    height: height.level(value),
    isIndex,
    colour: inkColours[inkOn(scale.lightness(value))],
    tint: scale.bands[k + 1]!.colour,
  }));
  const levels = Float64Array.from(data.heights, (value) =>
    Number.isFinite(value) ? height.level(value) : 1,
  );
  const lines = resolvedLines(levels, data.xs.length, all);
  const first = scale.bands[all.length - lines.length]!.colour;
  const knots = [0, ...lines.map((line) => line.height), 1];
  return {
    scale,
    lines,
    tints: [first, ...lines.map(({ tint }) => tint)],
    contourAt(level) {
      let [low, high] = [0, knots.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (knots[middle]! <= level) low = middle;
        else high = middle;
      }
      return low + (level - knots[low]!) / (knots[high]! - knots[low]!);
    },
  };
}
