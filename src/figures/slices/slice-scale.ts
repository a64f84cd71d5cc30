// The one loss colour scale over one or more planes, so that equal colours are equal losses.
import { levelScale, type LevelScale } from '../kit/level-scale.ts';
import {
  sliceQuantities,
  sliceSurface,
  type NamedSlice,
  type SliceQuantity,
} from './slice-planes.ts';

export interface SliceColours {
  readonly quantity: SliceQuantity;
  readonly scale: 'log' | 'linear';
}

export function scaleOfPlanes(
  planes: readonly NamedSlice[],
  { quantity, scale }: SliceColours,
): LevelScale {
  const isShare = quantity === 'accuracy';
  const values = planes.flatMap(({ result }) => Array.from(sliceSurface(result, quantity) ?? []));
  return levelScale(values, { logarithmic: scale === 'log' && !isShare, highIsDark: isShare });
}

export const legendTitle = (quantity: SliceQuantity, scale: LevelScale, unit: string): string =>
  quantity === 'accuracy'
    ? sliceQuantities.accuracy
    : `${sliceQuantities[quantity]} (${unit}${scale.logarithmic ? '; log scale' : ''})`;
