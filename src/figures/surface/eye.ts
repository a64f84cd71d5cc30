// Where a reader of a surface looks from, as a part of the figure's state: short text, so that it fits into an address.
import type { FigureControl } from '../kit/figure.ts';
import { clampView, type View } from './camera.ts';

/** The contour map, seen from straight above. */
export const mapEye = 'map';

const degrees = (radians: number): number => Math.round((radians * 180) / Math.PI);
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** `azimuth,elevation,zoom` in whole degrees; null for the view that a figure opens with. */
export function eyeOfView(view: View, home: View): string | null {
  const text = ({ azimuth, elevation, zoom }: View) =>
    `${((degrees(azimuth) % 360) + 360) % 360},${degrees(elevation)},${Number(zoom.toFixed(2))}`;
  return text(view) === text(home) ? null : text(view);
}

/** The view of a text; that which the figure opens with where it is none. */
export function viewOfEye(eye: string | null, home: View): View {
  const parts = (eye ?? '').split(',').map(Number);
  const [azimuth, elevation, zoom] = parts;
  if (parts.length !== 3 || !parts.every(Number.isFinite)) return home;
  return clampView({
    azimuth: radians(azimuth as number),
    elevation: radians(elevation as number),
    zoom: zoom as number,
  });
}

/** What a state says of it; figures need not name the key. */
export function eyeOf(state: unknown): string | null {
  const { eye } = state as { readonly eye?: unknown };
  return typeof eye === 'string' ? eye : null;
}

/** The two ways to look at a surface. */
export const eyeControl: FigureControl = {
  key: 'eye',
  name: 'View',
  kind: 'choice',
  options: [
    { value: null, text: 'surface' },
    { value: mapEye, text: 'map' },
  ],
};
