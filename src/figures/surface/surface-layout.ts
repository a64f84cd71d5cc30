// Where the block and its legend lie on the page.
import { textWidth } from '../kit/labels.ts';
import type { Padding, Viewport } from './surface-camera.ts';
import { legendLayout, type LegendLayout } from './surface-legend.ts';
import type { SurfaceScene } from './surface-scene.ts';

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
  // The numbers of the heights stand to the left of the block.
  const widest = Math.max(
    ...scene.scale.ticks.map(({ text }) => textWidth(text, compact ? 10.5 : 12)),
  );
  return {
    width,
    height,
    compact,
    legend,
    viewport: { left: 0, top: legend.height, width, height: height - legend.height },
    padding: {
      horizontal: Math.max(compact ? 20 : 26, widest + 9),
      vertical: compact ? 12 : 14,
    },
  };
}

/** Height that suits a width: landscape on a desk, closer to a square on a phone. */
export const suitableHeight = (width: number): number =>
  Math.round(Math.min(Math.max(width * 0.72, width < 480 ? 330 : 0), 620));
