// The surface's twin on paper: the same heights, colours and paths seen from straight above.
import { select } from 'd3';
import { drawPlanGround } from './plan-ground.ts';
import { planLayout } from './plan-layout.ts';
import { drawPlanPaths } from './plan-paths.ts';
import { nearestOnMap, steppedNetwork } from './surface-picking.ts';
import type { SurfaceScene } from './surface-scene.ts';

export interface PlanContent {
  readonly scene: SurfaceScene;
  readonly selected: number | null;
  readonly label: string;
}

export interface Plan {
  readonly root: SVGSVGElement;
  update(content: PlanContent): void;
  resize(width: number, height: number): void;
  destroy(): void;
}

/** Draws the map into a container; `picked` hears of clicks near a path and of the keys for the next network. */
export function openPlan(
  container: Element,
  first: PlanContent,
  size: { readonly width: number; readonly height: number },
  picked: (network: number | null) => void,
): Plan {
  let content = first;
  let layout = planLayout(first.scene, size.width, size.height);
  const root = select(container)
    .append('svg')
    .attr('class', 'atlas-chart surface-plan')
    .attr('role', 'application')
    .attr('aria-roledescription', 'contour map')
    .attr('tabindex', 0);
  const ground = root.append('g');
  const paths = root.append('g');
  const node = root.node() as SVGSVGElement;

  const drawGround = (): void => {
    const { width, height } = layout;
    root.attr('viewBox', `0 0 ${width} ${height}`).attr('width', width).attr('height', height);
    ground.selectAll('*').remove();
    drawPlanGround(ground, content.scene, layout);
  };
  const drawPaths = (): void => {
    const { scene, selected, label } = content;
    root.attr('aria-label', `${label} Comma and full stop choose a network, 3 shows the surface.`);
    paths.selectAll('*').remove();
    drawPlanPaths(paths, scene.data.paths, selected, layout);
  };

  root.on('click', ({ clientX, clientY }: PointerEvent) => {
    const { left, top } = node.getBoundingClientRect();
    const { paths } = content.scene.data;
    picked(nearestOnMap(paths, layout.place, clientX - left, clientY - top));
  });
  root.on('keydown', ({ key }: KeyboardEvent) => {
    if (key !== ',' && key !== '.') return;
    const { scene, selected } = content;
    const network = steppedNetwork(scene.data.paths, selected, key === ',' ? -1 : 1);
    if (network !== null) picked(network);
  });

  drawGround();
  drawPaths();
  return {
    root: node,
    update(next) {
      const isOther = next.scene.model !== content.scene.model;
      content = next;
      if (isOther) {
        layout = planLayout(next.scene, layout.width, layout.height);
        drawGround();
      }
      drawPaths();
    },
    resize(width, height) {
      layout = planLayout(content.scene, width, height);
      drawGround();
      drawPaths();
    },
    destroy() {
      root.remove();
    },
  };
}
