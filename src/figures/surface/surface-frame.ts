// The frame around the block: back walls with height lines behind it, edges, ticks and names in front.
import { format, ticks as niceTicks } from 'd3';
import { textWidth } from '../kit/labels.ts';
import type { Camera, View } from './surface-camera.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import type { HeightScale } from './height-scale.ts';
import type { SurfaceData } from './surface-data.ts';
import { append, appendText, pathData, pixel } from './svg-elements.ts';

export const ink = 'var(--ink, #1b1b1b)';
export const muted = 'var(--muted, #6b6b6b)';
export const grid = 'var(--grid, #d8d8d8)';
export const paper = 'var(--paper, #ffffff)';

/** Sides of the footprint that face the reader: +1 or -1 along X and along Z. */
export function facingSides(azimuth: number): { x: 1 | -1; z: 1 | -1 } {
  return { x: Math.sin(azimuth) >= 0 ? 1 : -1, z: Math.cos(azimuth) >= 0 ? 1 : -1 };
}

const screen = (camera: Camera, point: Vector): [number, number] => {
  const [x, y] = camera.project(point);
  return [x, y];
};

/** The frame is written in tenths of a pixel. */
const tenth = { transform: 'scale(.1)' };

const line = (parent: Element, camera: Camera, points: readonly Vector[], width = 1): void => {
  append(parent, 'path', {
    ...tenth,
    d: pathData(
      points.map((point) => screen(camera, point)),
      10,
    ),
    fill: 'none',
    'stroke-width': width * 10,
  });
};

/** Back walls: a hairline at each height tick, and their outline. Everything else is drawn over them. */
export function drawBackWalls(
  parent: Element,
  model: SurfaceModel,
  scale: HeightScale,
  view: View,
  camera: Camera,
): void {
  const { halfWidth: w, halfDepth: d, height: h } = model;
  const side = facingSides(view.azimuth);
  const group = append(parent, 'g', { stroke: grid, class: 'surface-walls' });
  const wall = (y: number): Vector[] => [
    [side.x * w, y, -side.z * d],
    [-side.x * w, y, -side.z * d],
    [-side.x * w, y, side.z * d],
  ];
  for (const tick of scale.ticks) line(group, camera, wall(tick.level * h), 0.75);
  line(group, camera, wall(h));
  for (const corner of wall(0)) line(group, camera, [corner, [corner[0], h, corner[2]]]);
}

/** Short text for a coordinate on an axis. */
const coordinate = format('.3~g');

interface Axis {
  readonly name: string;
  /** World point at a share 0 to 1 along the edge. */
  at(share: number): Vector;
  /** Outward from the block, on the floor or level with it. */
  readonly outward: Vector;
  readonly ticks: readonly { readonly share: number; readonly text: string }[];
}

function horizontalTicks(coordinates: ArrayLike<number>, count: number): Axis['ticks'] {
  const from = coordinates[0] as number;
  const to = coordinates[coordinates.length - 1] as number;
  return niceTicks(from, to, count).map((value) => ({
    share: (value - from) / (to - from),
    text: coordinate(value).replace('-', '\u2212'),
  }));
}

/** Edges, ticks and names on the sides that face the reader; drawn after the block. */
export function drawAxes(
  parent: Element,
  data: SurfaceData,
  model: SurfaceModel,
  scale: HeightScale,
  view: View,
  camera: Camera,
  page: { readonly compact: boolean; readonly width: number; readonly height: number },
): void {
  const { halfWidth: w, halfDepth: d, height: h } = model;
  const side = facingSides(view.azimuth);
  const group = append(parent, 'g', {
    class: 'surface-axes',
    'font-size': page.compact ? 10.5 : 12,
    fill: muted,
  });
  const count = page.compact ? 3 : 4;
  const xAxis: Axis = {
    name: data.labels.x,
    at: (share) => [w * (2 * share - 1), 0, side.z * d],
    outward: [0, 0, side.z],
    ticks: horizontalTicks(model.xs, count),
  };
  const yAxis: Axis = {
    name: data.labels.y,
    at: (share) => [side.x * w, 0, d * (1 - 2 * share)],
    outward: [side.x, 0, 0],
    ticks: horizontalTicks(model.ys, count),
  };
  // Looking along the block, the reader stands between two of its sides and sees neither cut face: no axis there.
  if (Math.abs(camera.position[2]) > d) drawAxis(group, xAxis, camera, page.compact, page);
  if (Math.abs(camera.position[0]) > w) drawAxis(group, yAxis, camera, page.compact, page);

  // Heights are read at the upright edge furthest to the left, which stands clear of the surface.
  const uprights: Vector[] = [
    [side.x * w, 0, -side.z * d],
    [-side.x * w, 0, side.z * d],
  ];
  const left = uprights.sort((a, b) => camera.project(a)[0] - camera.project(b)[0])[0] as Vector;
  line(append(group, 'g', { stroke: muted }), camera, [left, [left[0], h, left[2]]]);
  for (const tick of scale.ticks) {
    const [x, y] = screen(camera, [left[0], tick.level * h, left[2]]);
    append(group, 'path', { d: `M${pixel(x)} ${pixel(y)}h-4`, stroke: muted });
    appendText(group, tick.text, {
      x: pixel(x - 7),
      y: pixel(y),
      dy: '0.32em',
      'text-anchor': 'end',
    });
  }
}

function drawAxis(
  group: Element,
  axis: Axis,
  camera: Camera,
  compact: boolean,
  page: { readonly width: number; readonly height: number },
): void {
  const [x0, y0] = screen(camera, axis.at(0));
  const [x1, y1] = screen(camera, axis.at(1));
  const edgeLength = Math.hypot(x1 - x0, y1 - y0);
  line(append(group, 'g', { stroke: muted }), camera, [axis.at(0), axis.at(1)]);
  // Seen end on, an axis has no room for text.
  if (edgeLength < 36) return;

  // Square to the edge on the page, on the outward side: labels keep their distance from any angle.
  const middle = axis.at(0.5);
  const [mx, my] = screen(camera, middle);
  const [ox, oy] = screen(camera, [middle[0] + axis.outward[0], 0, middle[2] + axis.outward[2]]);
  let [nx, ny] = [-(y1 - y0) / edgeLength, (x1 - x0) / edgeLength];
  if (nx * (ox - mx) + ny * (oy - my) < 0) [nx, ny] = [-nx, -ny];
  const anchor = nx > 0.35 ? 'start' : nx < -0.35 ? 'end' : 'middle';

  const reach = compact ? 9 : 11;
  let widest = 0;
  let last = -Infinity;
  for (const tick of axis.ticks) {
    const [x, y] = screen(camera, axis.at(tick.share));
    append(group, 'path', {
      d: `M${pixel(x)} ${pixel(y)}l${pixel(4 * nx)} ${pixel(4 * ny)}`,
      stroke: muted,
    });
    const width = textWidth(tick.text, compact ? 10.5 : 12);
    const along = tick.share * edgeLength;
    if (along - last < Math.max(width, 14) + 6) continue;
    last = along;
    widest = Math.max(widest, width);
    appendText(group, tick.text, {
      x: pixel(x + nx * reach),
      y: pixel(y + ny * reach),
      dy: '0.36em',
      'text-anchor': anchor,
    });
  }

  // The name runs along the edge, clear of the widest tick label.
  const clear = reach + 14 + Math.abs(nx) * (anchor === 'middle' ? widest / 2 : widest);
  let angle = (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
  if (angle > 90) angle -= 180;
  if (angle <= -90) angle += 180;
  // It slides along the edge, the least that keeps both its ends on the page.
  const [ux, uy] = [(x1 - x0) / edgeLength, (y1 - y0) / edgeLength];
  const half = textWidth(axis.name, compact ? 10.5 : 12) / 2 + 8;
  const centre = (slide: number) => [mx + nx * clear + ux * slide, my + ny * clear + uy * slide];
  const beyond = (slide: number): number => {
    const [x, y] = centre(slide) as [number, number];
    const outside = (value: number, reach: number, size: number) =>
      Math.max(0, reach - value, value + reach - size);
    return (
      outside(x, half * Math.abs(ux) + 4, page.width) +
      outside(y, half * Math.abs(uy) + 4, page.height)
    );
  };
  const slides = Array.from({ length: 41 }, (_, i) => ((i - 20) / 40) * edgeLength);
  const slide = slides.sort(
    (a, b) => Math.round(beyond(a) - beyond(b)) || Math.abs(a) - Math.abs(b),
  )[0] as number;
  const [nameX, nameY] = centre(slide) as [number, number];
  appendText(group, axis.name, {
    class: 'surface-axis-name',
    transform: `translate(${pixel(nameX)} ${pixel(nameY)}) rotate(${pixel(angle)})`,
    dy: '0.36em',
    'text-anchor': 'middle',
    fill: ink,
  });
}
