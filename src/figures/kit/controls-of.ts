// All that a reader may change in a figure: its own controls, and of a surface the way to look at it.
import type { Figure, FigureControl } from './figure.ts';
import { viewpointControl } from '../surface/viewpoint.ts';

export const controlsOf = <Data, State>(
  figure: Figure<Data, State>,
  data: Data,
  isSurface: boolean,
): readonly FigureControl[] => [
  ...(isSurface ? [viewpointControl] : []),
  ...(figure.controls?.(data) ?? []),
];
