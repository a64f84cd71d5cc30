// The colour scale of barriers, one for every alignment, so that raw and aligned can be compared; small ones share the lowest level.
import { levelScale, type LevelScale } from '../kit/level-scale.ts';

/** On a logarithmic scale, barriers under this share of the highest are drawn alike: an exact zero has no logarithm. */
const deepestShare = 1e-5;

/** All matrices that the figure can show, so that the scale does not change with its state. */
export function barrierScale(
  matrices: readonly ArrayLike<number>[],
  logarithmic: boolean,
): LevelScale {
  let high = 0;
  for (const matrix of matrices)
    for (let i = 0; i < matrix.length; i++)
      if (Number.isFinite(matrix[i]!)) high = Math.max(high, matrix[i]!);
  if (high === 0) high = 1;
  return levelScale([logarithmic ? high * deepestShare : 0, high], { logarithmic, count: 9 });
}

/** Index of the band that a barrier falls into; what is not finite stands at the top. */
export function bandOf(scale: LevelScale, value: number): number {
  if (Number.isNaN(value)) return scale.bands.length - 1;
  const at = scale.thresholds.findIndex((threshold) => value < threshold);
  return at < 0 ? scale.bands.length - 1 : at;
}
