// Where a reader of a surface looks from, as a part of the figure's state: short text, so that it fits into an address.
import type { FigureControl } from '../kit/figure.ts';
import type { StateField } from '../kit/state-fields.ts';
import { clampView, type View } from './surface-camera.ts';

/** The contour map, seen from straight above. */
export const mapViewpoint = 'map';

const degrees = (radians: number): number => Math.round((radians * 180) / Math.PI);
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** `azimuth,elevation,zoom` in whole degrees; null for the view that a figure opens with. */
export function viewpointOf(view: View, home: View): string | null {
  const text = ({ azimuth, elevation, zoom }: View) =>
    `${((degrees(azimuth) % 360) + 360) % 360},${degrees(elevation)},${Number(zoom.toFixed(2))}`;
  return text(view) === text(home) ? null : text(view);
}

/** The view of a text; that which the figure opens with where it is none. */
export function viewOfViewpoint(viewpoint: string | null, home: View): View {
  const parts = (viewpoint ?? '').split(',').map(Number);
  const [azimuth, elevation, zoom] = parts;
  if (parts.length !== 3 || !parts.every(Number.isFinite)) return home;
  return clampView({
    azimuth: radians(azimuth as number),
    elevation: radians(elevation as number),
    zoom: zoom as number,
  });
}

/** The map, or degrees of azimuth and elevation and the zoom. */
const pattern = /^(map|-?\d{1,4},\d{1,2},\d(\.\d+)?)$/;

/** The field of a surface's state, `eye` in addresses; null is the usual view. */
export const viewpointField = (): StateField<string | null> => ({
  initial: null,
  expected: `'map', or azimuth, elevation and zoom such as '30,40,1', or null`,
  takes: (value) => value === null || (typeof value === 'string' && pattern.test(value)),
});

/** What a state says of it; figures need not name the key. */
export function viewpointIn(state: unknown): string | null {
  const { eye } = state as { readonly eye?: unknown };
  return typeof eye === 'string' ? eye : null;
}

/** The two ways to look at a surface. */
export const viewpointControl: FigureControl = {
  key: 'eye',
  name: 'View',
  kind: 'choice',
  options: [
    { value: null, text: 'surface' },
    { value: mapViewpoint, text: 'map' },
  ],
};
