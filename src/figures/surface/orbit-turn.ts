// What the ways of turning a surface share: a step from where the reader stands.
import { clampView, type View } from './surface-camera.ts';

/** Turns by angles in radians, and zooms by a factor. */
export type Turn = (azimuth: number, elevation: number, zoom?: number) => void;

export const turned = (view: View, azimuth: number, elevation: number, zoom: number): View =>
  clampView({
    azimuth: view.azimuth + azimuth,
    elevation: view.elevation + elevation,
    zoom: view.zoom * zoom,
  });
