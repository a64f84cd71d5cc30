// Everything a drawing needs, still or live, derived from the data once: scales, block, and the layout of the page.
import type { Padding, Viewport } from './surface-camera.ts';
import type { SurfaceModel } from './surface-model.ts';
import { surfaceModel } from './surface-model.ts';
import { groundScale, type GroundScale } from './ground-scale.ts';
import type { HeightScale } from './height-scale.ts';
import { heightScale } from './height-scale.ts';
import { legendLayout } from './surface-legend.ts';
import type { LegendLayout } from './surface-legend.ts';
import type { SurfaceData } from './surface-data.ts';

export interface SurfaceScene {
  readonly data: SurfaceData;
  readonly scale: HeightScale;
  readonly ground: GroundScale;
  readonly model: SurfaceModel;
}

/** @param cells about as many as the block has along its longer side, where the data have fewer. */
export function surfaceScene(data: SurfaceData, cells: number): SurfaceScene {
  const scale = heightScale(data.heights, data.heightScale);
  return {
    data,
    scale,
    ground: groundScale(data, scale),
    model: surfaceModel(data, scale, cells),
  };
}

const sameSurface = (a: SurfaceData, b: SurfaceData): boolean =>
  a.heights === b.heights &&
  a.xs === b.xs &&
  a.ys === b.ys &&
  a.good === b.good &&
  JSON.stringify(a.heightScale) === JSON.stringify(b.heightScale);

/** The scene of other data: the block is built again only where its heights changed; new paths alone are cheap. */
export const nextScene = (
  known: SurfaceScene | null,
  data: SurfaceData,
  cells: number,
): SurfaceScene =>
  known && sameSurface(known.data, data) ? { ...known, data } : surfaceScene(data, cells);

/** Cells along a side of the live block: enough for a smooth look, fewer on a phone. */
export const liveCells = (width: number): number => (width < 480 ? 130 : 200);

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  readonly legend: LegendLayout;
  readonly viewport: Viewport;
  readonly padding: Padding;
}

/** Legend above, block below, with room for tick labels around it. */
export function layoutFor(scene: SurfaceScene, width: number, height: number): Layout {
  const compact = width < 480;
  const legend = legendLayout(scene, width);
  return {
    width,
    height,
    compact,
    legend,
    viewport: { left: 0, top: legend.height, width, height: height - legend.height },
    padding: compact ? { horizontal: 20, vertical: 12 } : { horizontal: 26, vertical: 14 },
  };
}

/** Height that suits a width: landscape on a desk, closer to a square on a phone. */
export const suitableHeight = (width: number): number =>
  Math.round(Math.min(Math.max(width * 0.72, width < 480 ? 330 : 0), 620));
