// The one loss colour scale over one or more planes, so that equal colours are equal losses.
import { contourScale, type ContourScale, type LevelScale } from '../kit/level-scale.ts';
import { quantityNames, type LandscapeQuantity } from './landscape-quantity.ts';
import { sliceSurface, type NamedSlice } from './slice-planes.ts';

export interface SliceColours {
  readonly quantity: LandscapeQuantity;
  readonly scale: 'log' | 'linear';
}

export function scaleOfPlanes(
  planes: readonly NamedSlice[],
  { quantity, scale }: SliceColours,
): ContourScale {
  const isShare = quantity === 'accuracy';
  const values = planes.flatMap(({ result }) => Array.from(sliceSurface(result, quantity) ?? []));
  return contourScale(values, { logarithmic: scale === 'log' && !isShare, highIsDark: isShare });
}

export const legendTitle = (
  quantity: LandscapeQuantity,
  scale: LevelScale,
  unit: string,
): string =>
  quantity === 'accuracy'
    ? quantityNames.accuracy
    : `${quantityNames[quantity]} (${unit}${scale.logarithmic ? '; log scale' : ''})`;
