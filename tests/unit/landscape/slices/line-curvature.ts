// How sharply a line through weight space bends.
import { dimensionsOf, gramOf } from '../../../../src/landscape/slices/frame.ts';
import { spacingOf } from '../../../../src/landscape/slices/slice.ts';
import type { Slice } from '../../../../src/landscape/slices/slice.ts';

/**
 * Second derivative of the loss per unit of weight-space distance at grid point `index` of a line, which is not one
 * of its ends: `(f(i - 1) - 2 f(i) + f(i + 1)) / (h |d|)^2`, h the grid's spacing and d the line's direction.
 * Exact for a quadratic loss; else off by `h^2 / 12` times the fourth derivative.
 * Single precision of the losses leaves an error of about `4e-7 f / (h |d|)^2`.
 */
export function lineCurvature(slice: Slice, index: number): number {
  const { frame, axes, loss } = slice;
  if (dimensionsOf(frame) !== 1)
    throw new RangeError(
      `the curvature of a line was asked of a slice of ${dimensionsOf(frame)} dimensions: use gridConvexity for a plane`,
    );
  if (!Number.isInteger(index) || index < 1 || index > loss.length - 2)
    throw new RangeError(
      `the curvature at grid point ${index} needs a neighbour on either side: expected 1 to ${loss.length - 2}`,
    );
  const step = spacingOf(axes[0]!) * Math.sqrt(gramOf(frame)[0]![0]!);
  return (loss[index - 1]! - 2 * loss[index]! + loss[index + 1]!) / step ** 2;
}
