// The plain data a surface figure draws, whatever it came from.

/** x and y on the plane, in the plane's units, and the network's own height there (NaN where unknown). */
export type SurfacePoint = readonly [x: number, y: number, height: number];

export interface SurfacePath {
  readonly points: readonly SurfacePoint[];
  /** Index of the network: its colour, and what a pick reports. */
  readonly network: number;
  readonly diverged: boolean;
  /** A lone place where a network ended, without its way there: drawn solid, as ends are. */
  readonly isEnd?: boolean;
}

/** 'auto' lets the data choose; `{ clip }` is linear up to that value and flat above it. */
export type HeightScaleChoice = 'auto' | 'log' | 'linear' | 'clipped' | { readonly clip: number };

export interface SurfaceData {
  /** Ascending grid coordinates. */
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** `[ys.length, xs.length]`; values that are not finite are drawn cut off at the top (Infinity) or left out (NaN). */
  readonly heights: ArrayLike<number>;
  readonly paths: readonly SurfacePath[];
  readonly labels: { readonly x: string; readonly y: string; readonly h: string };
  readonly heightScale: HeightScaleChoice;
  /** Which end of the scale is good, and so dark: low for a loss, high for an accuracy. */
  readonly good: 'low' | 'high';
}
