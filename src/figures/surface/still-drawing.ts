// The surface as plain SVG: what readers without JavaScript see, and what is printed. No canvas, no GPU.
import { networkColour } from '../kit/palette.ts';
import type { View } from './surface-camera.ts';
import { cameraFor } from './surface-camera.ts';
import { drawAxes, drawBackWalls, facingSides, grid, paper } from './surface-frame.ts';
import type { FacetVertex } from './facets.ts';
import { cellFacets } from './facets.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import { drapedPath, rimProfile } from './surface-model.ts';
import { drawLegend } from './surface-legend.ts';
import { paintOrder } from './paint-order.ts';
import type { Contour } from './surface-scene.ts';
import { layoutFor, surfaceScene } from './surface-scene.ts';
import { lampDirection, levelColour, lit } from './shading.ts';
import type { SurfaceData, SurfacePath } from './surface-data.ts';
import type { Attributes } from './svg-elements.ts';
import { append, pathData, pixel } from './svg-elements.ts';
import { isVisible, runs } from './visibility.ts';

/** Cells along a side of the still drawing: fine enough to read, small enough to send. Many paths leave room for fewer. */
export const stillCells = (paths: number): number => (paths > 10 ? 38 : 43);
/** Coordinates are whole halves of a pixel, which the drawing's own groups scale back. */
const unitsPerPixel = 2;
const scaled = { transform: `scale(${1 / unitsPerPixel})` };
/** Cells grow by this many pixels, so that no seam shows between neighbours. */
const overlap = 0.6;
/** Shorter steps than this, in pixels, are left out of a line. */
const shortestStep = 2.5;

export interface StillOptions {
  readonly view: View;
  readonly selected: number | null;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

type Point = [number, number];

interface Drawing {
  readonly model: SurfaceModel;
  project(point: Vector): Point;
  visible(point: Vector): boolean;
}

/** Draws `data` into `container` as one SVG element. */
export function drawStill(
  container: Element,
  data: SurfaceData,
  options: StillOptions,
): SVGElement {
  const { view, selected, width, height } = options;
  const scene = surfaceScene(data, data.stillCells ?? stillCells(data.paths.length));
  const { model, scale } = scene;
  const layout = layoutFor(scene, width, height);
  const camera = cameraFor(model, view, layout.viewport, layout.padding);
  const drawing: Drawing = {
    model,
    project(point) {
      const [x, y] = camera.project(point);
      return [x, y];
    },
    visible: (point) => isVisible(model, point, camera.position),
  };

  const svg = append(container, 'svg', {
    class: 'surface-still',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': options.label,
    'font-family': 'var(--font-ui, system-ui, sans-serif)',
  });
  drawLegend(svg, data, scale, layout.legend, width);
  drawBackWalls(svg, model, scale, view, camera);

  const cells = append(svg, 'g', { class: 'surface-cells', ...scaled });
  const colour = levelColour(data.good);
  const lamp = lampDirection(view.azimuth);
  for (const [row, column] of paintOrder(model, camera.position)) {
    drawCell(cells, drawing, row, column, (level, normal) => lit(colour(level), normal, lamp));
  }
  drawSkirt(svg, drawing, view);
  drawContours(append(svg, 'g', { class: 'surface-contours', ...scaled }), drawing, scene.contours);
  drawPaths(svg, drawing, data.paths, selected, layout.compact);
  drawAxes(svg, data, model, scale, view, camera, layout);
  return svg;
}

function drawCell(
  parent: Element,
  { model, project }: Drawing,
  row: number,
  column: number,
  colour: (level: number, normal: Vector) => string,
): void {
  const lowest = (corners: readonly Point[]) => Math.max(...corners.map(([, y]) => y));
  const facets = cellFacets(model, row, column, Infinity)
    .map((facet) => ({ facet, corners: facet.map(({ position }) => project(position)) }))
    // A face seen from behind is hidden by what lies before it.
    .filter(({ corners }) => turnsLeft(corners));
  // Of a cell's faces the one nearer to the reader, lower on the page, comes last.
  for (const { facet, corners } of facets.sort((s, t) => lowest(s.corners) - lowest(t.corners))) {
    const mean = (of: (corner: FacetVertex) => number) =>
      facet.reduce((sum, corner) => sum + of(corner), 0) / facet.length;
    const normal: Vector = [
      mean((corner) => corner.normal[0]),
      mean((corner) => corner.normal[1]),
      mean((corner) => corner.normal[2]),
    ];
    append(parent, 'path', {
      d: pathData(grown(corners), unitsPerPixel, true),
      fill: colour(
        mean((corner) => corner.level),
        normal,
      ),
    });
  }
}

/** True where corners run anticlockwise on the page (whose y grows downwards), as they do seen from above. */
function turnsLeft(corners: readonly Point[]): boolean {
  const twiceArea = corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length] as Point;
    return sum + x * nextY - nextX * y;
  }, 0);
  return twiceArea < 0;
}

/** Every corner a little further from the middle. */
function grown(corners: readonly Point[]): Point[] {
  const mx = corners.reduce((sum, [x]) => sum + x, 0) / corners.length;
  const my = corners.reduce((sum, [, y]) => sum + y, 0) / corners.length;
  return corners.map(([x, y]) => {
    const distance = Math.hypot(x - mx, y - my) || 1;
    return [x + (overlap * (x - mx)) / distance, y + (overlap * (y - my)) / distance];
  });
}

/** The two cut faces of the block that face the reader, from the rim of the surface to the floor. */
function drawSkirt(parent: Element, { model, project }: Drawing, view: View): void {
  const side = facingSides(view);
  const { columns, rows } = model;
  const row = side.z > 0 ? 0 : rows - 1;
  const column = side.x > 0 ? columns - 1 : 0;
  const rims = [
    Array.from({ length: columns }, (_, c) => row * columns + c),
    Array.from({ length: rows }, (_, r) => r * columns + column),
  ];
  const group = append(parent, 'g', { class: 'surface-skirt', ...scaled });
  rims.forEach((rim, face) => {
    const top = rimProfile(model, rim);
    const [first, last] = [top[0] as Vector, top.at(-1) as Vector];
    const outline: Vector[] = [...top, [last[0], 0, last[2]], [first[0], 0, first[2]]];
    const d = pathData(outline.map(project), unitsPerPixel, true);
    append(group, 'path', { d, fill: grid, stroke: grid, 'stroke-width': 1 });
    // The face turned from the lamp is a shade darker, in either theme.
    if (face === 1) append(group, 'path', { d, fill: '#000', 'fill-opacity': 0.1 });
  });
}

/** A line with the steps left out that nobody could see. */
function thinned(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  points.forEach((point, i) => {
    const last = kept.at(-1);
    const step = last ? Math.hypot(point[0] - last[0], point[1] - last[1]) : Infinity;
    if (step >= shortestStep) kept.push(point);
    // The true end replaces what came too close before it.
    else if (i === points.length - 1 && kept.length > 1) kept[kept.length - 1] = point;
  });
  return kept;
}

function drawContours(group: Element, drawing: Drawing, contours: readonly Contour[]): void {
  for (const { dark, lines } of contours) {
    const d = lines
      .flatMap((line) => runs(line, drawing.visible))
      .filter(({ visible }) => visible)
      .map(({ points }) => pathData(thinned(points.map(drawing.project)), unitsPerPixel))
      .join('');
    if (d === '') continue;
    append(group, 'path', {
      d,
      fill: 'none',
      stroke: dark ? '#000' : '#fff',
      'stroke-opacity': dark ? 0.26 : 0.32,
      'stroke-width': 0.8 * unitsPerPixel,
    });
  }
}

/** Paths over everything: full where seen, faint where a ridge hides them. Starts are hollow, ends solid. */
function drawPaths(
  svg: Element,
  drawing: Drawing,
  paths: readonly SurfacePath[],
  selected: number | null,
  compact: boolean,
): void {
  const lines = append(svg, 'g', {
    class: 'surface-paths',
    ...scaled,
    fill: 'none',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
  const markers = append(svg, 'g', { class: 'surface-markers' });
  // The selected network comes last, over the others.
  const ordered = [...paths].sort(
    (a, b) => Number(a.network === selected) - Number(b.network === selected),
  );
  for (const path of ordered) {
    const chosen = path.network === selected;
    const strength = selected === null || chosen ? 1 : 0.4;
    const pieces = drapedPath(drawing.model, path.points);
    for (const { visible, points } of pieces.flatMap((piece) => runs(piece, drawing.visible))) {
      const d = pathData(thinned(points.map(drawing.project)), unitsPerPixel);
      if (visible) {
        append(lines, 'path', {
          d,
          stroke: '#fff',
          'stroke-opacity': 0.7 * strength,
          'stroke-width': (chosen ? 5.2 : 2.7) * unitsPerPixel,
        });
      }
      append(lines, 'path', {
        d,
        stroke: networkColour(path.network),
        'stroke-opacity': visible ? strength : 0.22,
        'stroke-width': (chosen ? 3 : 1.5) * unitsPerPixel,
      });
    }
    const first = pieces[0]?.[0];
    const last = pieces.at(-1)?.at(-1);
    const marker = { path, chosen, compact, strength };
    if (last && (last !== first || path.isEnd)) {
      drawMarker(markers, drawing, last, path.diverged ? 'diverged' : 'end', marker);
    }
    if (first && !path.isEnd) drawMarker(markers, drawing, first, 'start', marker);
  }
}

function drawMarker(
  parent: Element,
  { project, visible }: Drawing,
  point: Vector,
  kind: 'start' | 'end' | 'diverged',
  look: { path: SurfacePath; chosen: boolean; compact: boolean; strength: number },
): void {
  const [x, y] = project(point);
  const colour = networkColour(look.path.network);
  const radius = (look.compact ? 2.5 : 3.3) * (look.chosen ? 1.6 : 1);
  const strength = visible(point) ? look.strength : 0.3;
  const faded: Attributes = strength < 1 ? { opacity: strength } : {};
  if (kind === 'diverged') {
    const arm = pixel(2 * radius);
    append(parent, 'path', {
      class: 'surface-diverged',
      d: `M${pixel(x - radius)} ${pixel(y - radius)}l${arm} ${arm}m0-${arm}l-${arm} ${arm}`,
      stroke: colour,
      'stroke-width': 2,
      ...faded,
    });
    return;
  }
  append(parent, 'circle', {
    class: `surface-${kind}`,
    cx: pixel(x),
    cy: pixel(y),
    r: pixel(radius),
    fill: kind === 'start' ? paper : colour,
    stroke: kind === 'start' ? colour : paper,
    'stroke-width': kind === 'start' ? 1.5 : 1,
    ...faded,
  });
}
