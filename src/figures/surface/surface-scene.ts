// Everything a drawing needs, still or live, derived from the data once: scales and block.
import type { SurfaceModel } from './surface-model.ts';
import { surfaceModel } from './surface-model.ts';
import { groundScale, type GroundScale } from './ground-scale.ts';
import type { HeightScale } from './height-scale.ts';
import { heightScale } from './height-scale.ts';
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

/** Cells along a side of the live block: smooth at the width of a page, and a software adapter turns it in some 30 ms a frame. */
export const liveCells = (width: number): number => (width < 480 ? 100 : 128);
