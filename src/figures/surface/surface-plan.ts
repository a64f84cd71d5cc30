// The surface's twin on paper: the same heights, colours and paths seen from straight above.
import { scaleLinear, select } from 'd3';
import { drawAxes, type Box } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawCross, drawEnd, drawStart } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import { drawLegend } from './surface-legend.ts';
import { contourLevels, contourSteps, layoutFor, type SurfaceScene } from './surface-scene.ts';
import { levelColour } from './shading.ts';
import type { SurfacePath } from './surface-data.ts';

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

/** How far off a path a click may land, in CSS pixels. */
const slack = 18;
const above = 26;
const below = 46;

/** Draws the map into a container; `picked` hears of clicks near a path and of the keys for the next network. */
export function openPlan(
  container: Element,
  first: PlanContent,
  size: { readonly width: number; readonly height: number },
  picked: (network: number | null) => void,
): Plan {
  let content = first;
  let { width, height } = size;
  let place = (_point: readonly [number, number]): Point => [0, 0];
  const root = select(container)
    .append('svg')
    .attr('class', 'atlas-chart surface-plan')
    .attr('role', 'application')
    .attr('aria-roledescription', 'contour map')
    .attr('tabindex', 0);
  const ground = root.append('g');
  const walks = root.append('g');
  const node = root.node() as SVGSVGElement;

  function drawGround(): void {
    const { scene } = content;
    const { data, model } = scene;
    const { legend, compact } = layoutFor(scene, width, height);
    const left = compact ? 40 : 48;
    const room = { across: width - left - 12, up: height - legend.height - above - below };
    const unit = Math.min(room.across / model.halfWidth, room.up / model.halfDepth);
    const inset = left + (room.across - unit * model.halfWidth) / 2;
    const top = legend.height + above;
    const box: Box = {
      left: Math.round(inset),
      right: Math.round(inset + unit * model.halfWidth),
      top,
      bottom: Math.round(top + unit * model.halfDepth),
    };
    const ends = (values: ArrayLike<number>) => [values[0]!, values[values.length - 1]!] as const;
    const x = scaleLinear(ends(data.xs), [box.left, box.right]);
    const y = scaleLinear(ends(data.ys), [box.bottom, box.top]);
    place = ([a, b]) => [x(a), y(b)];

    root.attr('viewBox', `0 0 ${width} ${height}`).attr('width', width).attr('height', height);
    ground.selectAll('*').remove();
    // Nothing here is a height.
    const lines = legend.lines.map((line) => line.replace(/^Height and colour/, 'Colour'));
    drawLegend(ground.append('g').node()!, data, scene.scale, { ...legend, lines }, width);
    const colour = levelColour(data.good);
    const middle = (step: number) => colour((step + 0.5) / contourSteps);
    ground
      .append('rect')
      .attr('x', box.left)
      .attr('y', box.top)
      .attr('width', box.right - box.left)
      .attr('height', box.bottom - box.top)
      .attr('fill', middle(0));
    const heights = Float32Array.from(model.levels, (level) => (Number.isNaN(level) ? 2 : level));
    const grid = { values: heights, xs: model.xs, ys: model.ys, x, y };
    for (const [index, { path }] of levels(grid, contourLevels).entries()) {
      if (path === '') continue;
      ground
        .append('path')
        .attr('class', 'contour')
        .attr('fill', middle(index + 1))
        .attr('d', path);
    }
    drawAxes(ground as unknown as Group, {
      box,
      x,
      y,
      xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 80))),
      yTicks: y.ticks(Math.max(3, Math.floor((box.bottom - box.top) / 60))),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: data.labels.x,
      yName: data.labels.y,
      grid: false,
    });
  }

  function drawWalks(): void {
    const { scene, selected, label } = content;
    root.attr('aria-label', `${label} Comma and full stop choose a network, 3 shows the surface.`);
    walks.selectAll('*').remove();
    const ordered = [...scene.data.paths].sort(
      (a, b) => Number(a.network === selected) - Number(b.network === selected),
    );
    const rest = walks.append('g').attr('opacity', selected === null ? 1 : 0.5);
    const front = walks.append('g');
    for (const path of ordered) {
      const isChosen = path.network === selected;
      drawWalk((isChosen ? front : rest) as unknown as Group, path, isChosen);
    }
  }

  function drawWalk(group: Group, path: SurfacePath, isChosen: boolean): void {
    const points = path.points.map(([a, b]) => place([a, b]));
    const [start, end] = [points[0], points.at(-1)];
    if (!start || !end) return;
    const colour = networkColour(path.network);
    const thickness = isChosen ? 2.75 : 1.4;
    for (const [name, stroke, more] of [
      ['casing', null, 1.6],
      ['line', colour, 0],
    ] as const)
      group
        .append('path')
        .attr('class', name)
        .attr('stroke', stroke)
        .attr('stroke-width', thickness + more)
        .attr('d', linePath(points));
    const size = isChosen ? 5 : 3.2;
    if (!path.isEnd) drawStart(group, start, colour, size - 0.6);
    if (path.diverged) drawCross(group, end, colour, size);
    else if (points.length > 1 || path.isEnd) {
      drawEnd(group, end, colour, size).attr('class', 'outlined').attr('stroke-width', 1);
    }
    if (!isChosen) return;
    const text = `network ${path.network}`;
    const half = textWidth(text) / 2 + 4;
    writeText(group, {
      x: Math.min(width - half, Math.max(half, end[0])),
      y: end[1] - 12,
      text,
      anchor: 'middle',
      style: 'strong halo',
    });
  }

  const nearest = (x: number, y: number): number | null => {
    let least = slack;
    let found: number | null = null;
    for (const { points, network } of content.scene.data.paths) {
      for (const [a, b] of points) {
        const [px, py] = place([a, b]);
        const distance = Math.hypot(px - x, py - y);
        if (distance < least) [least, found] = [distance, network];
      }
    }
    return found;
  };

  root.on('click', (event: PointerEvent) => {
    const box = node.getBoundingClientRect();
    picked(nearest(event.clientX - box.left, event.clientY - box.top));
  });
  root.on('keydown', (event: KeyboardEvent) => {
    const step = { ',': -1, '.': 1 }[event.key];
    const networks = content.scene.data.paths.map((path) => path.network);
    if (step === undefined || networks.length === 0) return;
    const at = content.selected === null ? -1 : networks.indexOf(content.selected);
    const next = at < 0 && step < 0 ? networks.length - 1 : at + step;
    picked(networks[(next + networks.length) % networks.length] as number);
  });

  drawGround();
  drawWalks();
  return {
    root: node,
    update(next) {
      const isOther = next.scene.model !== content.scene.model;
      content = next;
      if (isOther) drawGround();
      drawWalks();
    },
    resize(nextWidth, nextHeight) {
      [width, height] = [nextWidth, nextHeight];
      drawGround();
      drawWalks();
    },
    destroy() {
      root.remove();
    },
  };
}
