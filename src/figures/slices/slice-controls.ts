// What a reader may change in every picture of a slice: what is drawn, and how far training has come.
import type { FigureControl } from '../kit/figure.ts';
import {
  landscapeQuantities,
  quantityNames,
  type LandscapeQuantity,
} from './landscape-quantity.ts';
import { sliceSurface, stepsOf, type NamedSlice } from './slice-planes.ts';

/** The quantities that every one of the slices has. */
export const quantitiesOf = (slices: readonly NamedSlice[]): LandscapeQuantity[] =>
  landscapeQuantities.filter((quantity) =>
    slices.every(({ result }) => sliceSurface(result, quantity) !== null),
  );

/** Which plane is shown, or all of them; none where there is one alone. */
export const planeControls = (planes: readonly NamedSlice[]): FigureControl[] =>
  planes.length < 2
    ? []
    : [
        {
          key: 'view',
          name: 'Show',
          kind: 'choice',
          options: [
            { value: 'one', text: 'one plane' },
            { value: 'all', text: 'all planes' },
          ],
        },
        planeControl(planes),
      ];

export const planeControl = (planes: readonly NamedSlice[]): FigureControl => ({
  key: 'slice',
  name: 'Plane',
  kind: 'choice',
  options: planes.map(({ name, title }) => ({ value: name, text: title })),
});

/** None where there is nothing to choose. */
export const quantityControl = (quantities: readonly LandscapeQuantity[]): FigureControl[] =>
  quantities.length < 2
    ? []
    : [
        {
          key: 'quantity',
          name: 'Draw',
          kind: 'choice',
          options: quantities.map((value) => ({ value, text: quantityNames[value] })),
        },
      ];

/** Training step by step; none where the slices mark ends alone. */
export function playControl(slices: readonly NamedSlice[]): FigureControl[] {
  const steps = slices.map(stepsOf).reduce((a, b) => (b.length > a.length ? b : a), []);
  if (steps.length < 2) return [];
  const options = steps.map((step, value) => ({ value, text: `step ${step}` }));
  return [{ key: 'until', name: 'Training', kind: 'play', options }];
}
