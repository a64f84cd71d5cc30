// Everything a drawing needs, still or live, derived from the data once: scale, block, contours, and the layout of the page.
import type { Padding, Viewport } from './surface-camera.ts';
import type { GridPoint } from './surface-contours.ts';
import { chained, contourSegments } from './surface-contours.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import { surfaceModel } from './surface-model.ts';
import type { HeightScale } from './height-scale.ts';
import { heightScale } from './height-scale.ts';
import { legendLayout } from './surface-legend.ts';
import type { LegendLayout } from './surface-legend.ts';
import type { SurfaceData } from './surface-data.ts';

/** Contour lines divide the height into this many steps, equal in the scale shown. */
export const contourSteps = 14;
export const contourLevels = Array.from(
  { length: contourSteps - 1 },
  (_, i) => (i + 1) / contourSteps,
);

export interface SurfaceScene {
  readonly data: SurfaceData;
  readonly scale: HeightScale;
  readonly model: SurfaceModel;
  readonly contours: readonly Contour[];
}

/** All lines of one level, in world coordinates. */
export interface Contour {
  readonly level: number;
  /** Drawn dark on the light end of the scale, light on the dark end. */
  readonly dark: boolean;
  readonly lines: readonly (readonly Vector[])[];
}

export function surfaceScene(data: SurfaceData, cells = Infinity): SurfaceScene {
  const scale = heightScale(data.heights, data.heightScale);
  const model = surfaceModel(data, scale, cells);
  const segments = contourSegments(model.levels, model.rows, model.columns, contourLevels);
  const contours = contourLevels.map((level, index) => ({
    level,
    dark: (data.good === 'low' ? level : 1 - level) > 0.5,
    lines: chained(segments.filter((segment) => segment.index === index)).map((line) =>
      line.map((point) => gridPosition(model, point, level)),
    ),
  }));
  return { data, scale, model, contours };
}

const sameSurface = (a: SurfaceData, b: SurfaceData): boolean =>
  a.heights === b.heights &&
  a.xs === b.xs &&
  a.ys === b.ys &&
  a.good === b.good &&
  JSON.stringify(a.heightScale) === JSON.stringify(b.heightScale);

/** The scene of other data: the block is built again only where its heights changed; new paths alone are cheap. */
export const nextScene = (known: SurfaceScene | null, data: SurfaceData): SurfaceScene =>
  known && sameSurface(known.data, data) ? { ...known, data } : surfaceScene(data);

/** World position of a point in fractional grid indices, at a level. */
function gridPosition(model: SurfaceModel, [column, row]: GridPoint, level: number): Vector {
  const along = (count: number, index: number, axis: 0 | 2, stride: number): number => {
    const low = Math.min(Math.floor(index), count - 2);
    const from = model.positions[3 * low * stride + axis] as number;
    const to = model.positions[3 * (low + 1) * stride + axis] as number;
    return from + (index - low) * (to - from);
  };
  return [
    along(model.columns, column, 0, 1),
    level * model.height,
    along(model.rows, row, 2, model.columns),
  ];
}

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
  const legend = legendLayout(scene.scale, scene.model.equalScales, width);
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
