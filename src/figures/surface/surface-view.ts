// What a landscape in three dimensions shows, whether the plane is a run's or one of a study's slices, and what its state may be.
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { moment, oneOf, orNull, pickedNetwork, text, type StateOf } from '../kit/state-fields.ts';
import { landscapeQuantities } from '../slices/landscape-quantity.ts';
import type { SurfaceData } from './surface-data.ts';
import { viewpointField } from './viewpoint.ts';

export const landscapeSurfaceState = {
  /** Name of a study's plane; null for the first. */
  slice: orNull(text('')),
  /** Shows the paths up to this snapshot; null for the whole. */
  until: moment(),
  selected: pickedNetwork(),
  quantity: oneOf(landscapeQuantities, 'loss'),
  /** 'auto' takes what shows this surface best; the picture always says which. */
  scale: oneOf(['auto', 'log', 'linear', 'clipped'], 'auto'),
  /** What a reader thought that the picture would show, in their words. */
  guess: orNull(text('')),
  /** Where a reader looks from. */
  eye: viewpointField(),
};
export type LandscapeSurfaceState = StateOf<typeof landscapeSurfaceState>;

export interface SurfaceView {
  readonly surface: SurfaceData;
  describe(): string;
  table(): FigureTable;
  /** None where the sentences that stand below every landscape of a run say it. */
  fidelity(): readonly string[];
}

/** A share between 0 and 1 has no decades, and is best where it is high. */
export const heightOptions = ({
  quantity,
  scale,
}: Pick<LandscapeSurfaceState, 'quantity' | 'scale'>): Pick<SurfaceData, 'heightScale' | 'good'> =>
  quantity === 'accuracy'
    ? { heightScale: 'linear', good: 'high' }
    : { heightScale: scale, good: 'low' };

export const heightControl: FigureControl = {
  key: 'scale',
  name: 'Height',
  kind: 'choice',
  options: [
    { value: 'auto', text: 'automatic' },
    { value: 'log', text: 'log' },
    { value: 'linear', text: 'linear' },
    { value: 'clipped', text: 'linear, peaks cut' },
  ],
};
