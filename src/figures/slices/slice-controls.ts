// What a reader may change in every picture of a slice: what is drawn, and how far training has come.
import type { FigureControl } from '../kit/figure.ts';
import {
  sliceQuantities,
  sliceSurface,
  stepsOf,
  type NamedSlice,
  type SliceQuantity,
} from './slice-planes.ts';

/** The quantities that every one of the slices has. */
export const quantitiesOf = (slices: readonly NamedSlice[]): SliceQuantity[] =>
  (['loss', 'testLoss', 'accuracy'] as const).filter((quantity) =>
    slices.every(({ result }) => sliceSurface(result, quantity) !== null),
  );

/** None where there is nothing to choose. */
export const quantityControl = (quantities: readonly SliceQuantity[]): FigureControl[] =>
  quantities.length < 2
    ? []
    : [
        {
          key: 'quantity',
          name: 'Draw',
          kind: 'choice',
          options: quantities.map((value) => ({ value, text: sliceQuantities[value] })),
        },
      ];

/** Training step by step; none where the slices mark ends alone. */
export function playControl(slices: readonly NamedSlice[]): FigureControl[] {
  const steps = slices.map(stepsOf).reduce((a, b) => (b.length > a.length ? b : a), []);
  if (steps.length < 2) return [];
  const options = steps.map((step, value) => ({ value, text: `step ${step}` }));
  return [{ key: 'until', name: 'Training', kind: 'play', options }];
}
