// The surface as plain SVG: what readers without JavaScript see, and what is printed. No canvas, no GPU.
import type { Camera, View } from './surface-camera.ts';
import { cameraFor } from './surface-camera.ts';
import { drawAxes, drawBackWalls, grid, paper } from './surface-frame.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import { drawLegend } from './surface-legend.ts';
import { contourPaths } from './still-contours.ts';
import { facingRims, stillGround, type StillGround } from './still-ground.ts';
import type { StillPicture } from './still-shades.ts';
import { drawPaths } from './still-paths.ts';
import { nextScene, type SurfaceScene } from './surface-scene.ts';
import { layoutFor, type Layout } from './surface-layout.ts';
import type { SurfaceData } from './surface-data.ts';
import { append, pathData, pixel, type Attributes } from './svg-elements.ts';
import { wallLine, wallVeil } from './terrain-look.ts';
import { wallLines } from './wall-lines.ts';

/** Cells along a side of the still drawing: smooth at the width of a column. */
const stillCells = 130;
/** Coordinates are whole halves of a pixel, which the drawing's own groups scale back. */
const unitsPerPixel = 2;
const scaled = { transform: `scale(${1 / unitsPerPixel})` };

export interface StillOptions {
  readonly view: View;
  readonly selected: number | null;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

interface Ground extends StillGround {
  readonly scene: SurfaceScene;
  readonly camera: Camera;
  readonly layout: Layout;
  readonly contours: readonly Attributes[];
  readonly options: StillOptions;
}

/** Draws stills one after the other: where only paths change, the ground, which is dear, is drawn once. */
export class StillDrawing {
  #ground: Ground | null = null;

  /** Draws `data` into `container` as one SVG element. */
  draw(container: Element, data: SurfaceData, options: StillOptions): SVGElement {
    const ground = groundOf(data, options, this.#ground);
    this.#ground = ground;
    return drawOn(ground, container, data, options);
  }
}

/** Draws `data` into `container` as one SVG element. */
export const drawStill = (
  container: Element,
  data: SurfaceData,
  options: StillOptions,
): SVGElement => new StillDrawing().draw(container, data, options);

const projection =
  ({ project }: Camera) =>
  (point: Vector): [number, number] => {
    const [x, y] = project(point);
    return [x, y];
  };

function groundOf(data: SurfaceData, options: StillOptions, known: Ground | null): Ground {
  const { view, width, height } = options;
  const scene = nextScene(known?.scene ?? null, data, stillCells);
  if (known && scene.model === known.scene.model && standsAlike(known.options, options))
    return { ...known, scene };
  const layout = layoutFor(scene, width, height);
  const camera = cameraFor(scene.model, view, layout.viewport, layout.padding);
  const ground = stillGround(scene, camera, view.azimuth, layout);
  const page = { unitsPerPixel, project: projection(camera), visible: ground.visible };
  return { ...ground, scene, camera, layout, options, contours: contourPaths(scene, page) };
}

const standsAlike = (a: StillOptions, b: StillOptions): boolean =>
  a.width === b.width &&
  a.height === b.height &&
  a.view.azimuth === b.view.azimuth &&
  a.view.elevation === b.view.elevation &&
  a.view.zoom === b.view.zoom;

function drawOn(
  { scene, camera, layout, contours, pictures, visible }: Ground,
  container: Element,
  data: SurfaceData,
  { view, selected, width, height, label }: StillOptions,
): SVGElement {
  const { model, scale } = scene;
  const { compact } = layout;
  const project = projection(camera);
  const svg = append(container, 'svg', {
    class: 'surface-still',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': label,
    'font-family': 'var(--font-ui, system-ui, sans-serif)',
  });
  const scaledGroup = (name: string, more: Attributes = {}) =>
    append(svg, 'g', { class: `surface-${name}`, ...scaled, ...more });
  drawLegend(svg, scene, layout.legend, width);
  drawBackWalls(svg, model, scale, view, camera);
  drawSkirt(scaledGroup('skirt'), model, view, project);
  drawPictures(append(svg, 'g', { class: 'surface-ground' }), pictures);
  drawWallLines(scaledGroup('wall-lines'), scene, view, project);
  const contourGroup = scaledGroup('contours');
  for (const contour of contours) append(contourGroup, 'path', contour);
  const round = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  const lines = scaledGroup('paths', round);
  const markers = append(svg, 'g', { class: 'surface-markers' });
  const page = { model, compact, unitsPerPixel, project, visible };
  drawPaths(lines, markers, data.paths, selected, page);
  drawAxes(svg, data, model, scale, view, camera, layout);
  return svg;
}

function drawPictures(group: Element, pictures: readonly StillPicture[]): void {
  for (const { href, x, y, width, height } of pictures)
    append(group, 'image', {
      href,
      x: pixel(x),
      y: pixel(y),
      width: pixel(width),
      height: pixel(height),
      preserveAspectRatio: 'none',
    });
}

/** Lines across the cut faces at the heights of index lines. */
function drawWallLines(
  group: Element,
  { model, ground }: SurfaceScene,
  { azimuth }: View,
  project: (point: Vector) => [number, number],
): void {
  const heights = ground.lines.filter(({ isIndex }) => isIndex).map(({ height }) => height);
  const d = facingRims(model, azimuth)
    .flatMap(({ rim }) => heights.flatMap((height) => wallLines(model, rim, height)))
    .map((ends) => pathData(ends.map(project), unitsPerPixel))
    .join('');
  append(group, 'path', {
    d,
    fill: 'none',
    stroke: `rgb(${wallVeil.colour.join(' ')})`,
    'stroke-opacity': wallLine.opacity,
    'stroke-width': wallLine.width * unitsPerPixel,
  });
}

/** The two cut faces of the block that face the reader, as paper: what stands behind the block does not shine through. */
function drawSkirt(
  group: Element,
  model: SurfaceModel,
  { azimuth }: View,
  project: (point: Vector) => [number, number],
): void {
  const { positions } = model;
  for (const { rim } of facingRims(model, azimuth)) {
    const top = rim.map((i): Vector => [
      positions[3 * i]!,
      positions[3 * i + 1]! || 0,
      positions[3 * i + 2]!,
    ]);
    const [first, last] = [top[0]!, top[top.length - 1]!];
    const outline: Vector[] = [...top, [last[0], 0, last[2]], [first[0], 0, first[2]]];
    append(group, 'path', {
      d: pathData(outline.map(project), unitsPerPixel, true),
      fill: paper,
      stroke: grid,
      'stroke-width': 1,
    });
  }
}
