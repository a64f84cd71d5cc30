// The layers of the lamp's rooms: the dark, the lit wall with its shadows, the light, the networks, the lamp.
import { polygonHull } from 'd3';
import type { Layer } from '../kit/define-figure.ts';
import { writeWrapped } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import { drawCounts } from './lamp-counts.ts';
import {
  drawn,
  inRoom,
  lampDirection,
  nearness,
  room,
  wallAxes,
  type LampPlace,
} from './lamp-room.ts';
import type { LampRoom, LampScene } from './lamp-scene.ts';
import type { Direction } from './lamp-share.ts';

/** Of a room's drawing: CSS pixels of a point of the room. */
const pixelsIn =
  ({ box, scale }: LampRoom) =>
  (at: Direction): Point => {
    const [x, y] = drawn(at);
    return [(box.left + box.right) / 2 + scale * x, (box.top + box.bottom) / 2 + scale * y];
  };

const times = (a: Direction, by: number): Direction => [a[0] * by, a[1] * by, a[2] * by];
const plus = (a: Direction, b: Direction): Direction => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

const lampAt = (lamp: LampPlace): Direction => times(lampDirection(lamp), room.lamp);

/** Stops of a gradient: offset, colour, opacity. */
type Stop = readonly [string, string, number];

function gradient(
  group: Group,
  kind: 'radialGradient' | 'linearGradient',
  id: string,
  stops: readonly Stop[],
) {
  const made = group.append(kind).attr('id', id);
  for (const [offset, colour, opacity] of stops)
    made
      .append('stop')
      .attr('offset', offset)
      .attr('stop-color', colour)
      .attr('stop-opacity', opacity);
  return made;
}

function drawDark(group: Group, { rooms }: LampScene): void {
  gradient(group, 'radialGradient', 'lamp-dark', [
    ['0%', '#232a3a', 1],
    ['100%', '#0e1118', 1],
  ]);
  gradient(group, 'radialGradient', 'lamp-pool', [
    ['0%', '#fff6e0', 0.96],
    ['62%', '#ffeec8', 0.86],
    ['88%', '#ffe2a8', 0.34],
    ['100%', '#ffdc98', 0],
  ]);
  gradient(group, 'radialGradient', 'lamp-shade', [
    ['0%', '#11131c', 0.95],
    ['48%', '#11131c', 0.72],
    ['100%', '#11131c', 0],
  ]);
  gradient(group, 'radialGradient', 'lamp-glow', [
    ['0%', '#fffaf0', 1],
    ['18%', '#ffefc4', 0.85],
    ['100%', '#ffd98a', 0],
  ]);
  for (const { box, title } of rooms) {
    group
      .append('rect')
      .attr('x', box.left)
      .attr('y', box.top)
      .attr('width', box.right - box.left)
      .attr('height', box.bottom - box.top)
      .attr('rx', 6)
      .attr('fill', 'url(#lamp-dark)');
    writeWrapped(group, {
      x: box.left + 10,
      y: box.top + 20,
      text: title,
      style: 'strong on-dark',
      // Bold letters are wider than the estimate.
      width: 0.88 * (box.right - box.left - 20),
    });
  }
}

/** The wall is drawn in its own two axes, in room units: one matrix lays it into the picture. */
function drawWall(group: Group, own: LampRoom): void {
  const { cloud, lamp, scale } = own;
  const d = lampDirection(lamp);
  const [right, up] = wallAxes(d);
  const [rx, ry] = drawn(right);
  const [ux, uy] = drawn(up);
  const [cx, cy] = pixelsIn(own)(times(d, -room.wall));
  const matrix = [scale * rx, scale * ry, scale * ux, scale * uy, cx, cy];
  const wall = group
    .append('g')
    .attr('transform', `matrix(${matrix.map((value) => value.toFixed(3)).join(',')})`);
  wall
    .append('rect')
    .attr('x', -room.disc)
    .attr('y', -room.disc)
    .attr('width', 2 * room.disc)
    .attr('height', 2 * room.disc)
    .attr('rx', 0.03)
    .attr('fill', '#fff')
    .attr('fill-opacity', 0.06)
    .attr('stroke', '#fff')
    .attr('stroke-opacity', 0.22)
    .attr('stroke-width', 0.008);
  wall.append('circle').attr('r', room.disc).attr('fill', 'url(#lamp-pool)');
  for (const point of cloud.points) {
    const at = inRoom(point, cloud.axes);
    wall
      .append('circle')
      .attr('class', 'lamp-shadow')
      .attr('cx', (at[0] * right[0] + at[1] * right[1] + at[2] * right[2]).toFixed(4))
      .attr('cy', (at[0] * up[0] + at[1] * up[1] + at[2] * up[2]).toFixed(4))
      .attr('r', 0.1)
      .attr('fill', 'url(#lamp-shade)');
  }
}

function drawBeam(group: Group, own: LampRoom, index: number): void {
  const at = pixelsIn(own);
  const d = lampDirection(own.lamp);
  const [right, up] = wallAxes(d);
  const middle = times(d, -room.wall);
  const ring = (centre: Direction, radius: number): [number, number][] =>
    Array.from({ length: 40 }, (_, i) => {
      const angle = (i * Math.PI) / 20;
      const [x, y] = at(
        plus(
          centre,
          plus(times(right, radius * Math.cos(angle)), times(up, radius * Math.sin(angle))),
        ),
      );
      return [x, y];
    });
  const hull = polygonHull([...ring(lampAt(own.lamp), 0.1), ...ring(middle, 0.96 * room.disc)]);
  if (!hull) return;
  const [from, to] = [at(lampAt(own.lamp)), at(middle)];
  gradient(group, 'linearGradient', `lamp-beam-${index}`, [
    ['0%', '#ffe9b8', 0.42],
    ['45%', '#ffe9b8', 0.13],
    ['100%', '#ffe9b8', 0.04],
  ])
    .attr('gradientUnits', 'userSpaceOnUse')
    .attr('x1', from[0].toFixed(1))
    .attr('y1', from[1].toFixed(1))
    .attr('x2', to[0].toFixed(1))
    .attr('y2', to[1].toFixed(1));
  group
    .append('path')
    .attr('d', `${linePath(hull)}Z`)
    .attr('fill', `url(#lamp-beam-${index})`);
}

/** Rays run side by side, as from a lamp far away, from each network to its shadow; then the networks, far ones first. */
function drawCloud(group: Group, own: LampRoom, networks: readonly number[]): void {
  const { cloud, lamp } = own;
  const at = pixelsIn(own);
  const d = lampDirection(lamp);
  const hung = cloud.points
    .map((point, k) => ({ network: networks[k]!, place: inRoom(point, cloud.axes) }))
    .sort((a, b) => nearness(a.place) - nearness(b.place));
  const rays = hung.map(({ place }) => {
    const along = place[0] * d[0] + place[1] * d[1] + place[2] * d[2];
    const foot = plus(place, times(d, -along - room.wall));
    return linePath([at(place), at(foot)]);
  });
  group
    .append('path')
    .attr('class', 'line')
    .attr('stroke', '#ffe9b8')
    .attr('stroke-opacity', 0.16)
    .attr('stroke-width', 0.75)
    .attr('d', rays.join(''));
  for (const { network, place } of hung) {
    const radius = (1.1 + own.scale * 0.02) * (1 + 0.25 * nearness(place));
    const colour = own.isNothing ? '#aeb4c2' : networkColour(network);
    drawEnd(group, at(place), colour, Number((2.6 * radius).toFixed(2))).attr('opacity', 0.2);
    drawEnd(group, at(place), colour, Number(radius.toFixed(2))).attr('class', 'lamp-network');
  }
}

function drawLamp(group: Group, own: LampRoom): void {
  const [x, y] = pixelsIn(own)(lampAt(own.lamp));
  const circle = (radius: number, fill: string) =>
    group
      .append('circle')
      .attr('cx', x.toFixed(1))
      .attr('cy', y.toFixed(1))
      .attr('r', radius)
      .attr('fill', fill);
  circle(Math.max(20, 0.32 * own.scale), 'url(#lamp-glow)');
  circle(6.5, '#fffdf6');
  if (own.isHeld) circle(24, 'transparent').attr('class', 'drag-handle');
}

const both =
  (draw: (group: Group, own: LampRoom, index: number, scene: LampScene) => void) =>
  (group: Group, scene: LampScene): void => {
    for (const [index, own] of scene.rooms.entries()) draw(group, own, index, scene);
  };

const motion = ({ cloud, state, lamp }: LampScene) =>
  [cloud.explained, state.cloud, state.beside, lamp.across, lamp.up] as const;

export const lampLayers: readonly Layer<LampScene>[] = [
  { name: 'dark', inputs: ({ state }) => [state.cloud, state.beside], draw: drawDark },
  { name: 'wall', inputs: motion, draw: both(drawWall) },
  { name: 'beam', inputs: motion, draw: both(drawBeam) },
  {
    name: 'cloud',
    inputs: motion,
    draw: both((group, own, _, { networks }) => drawCloud(group, own, networks)),
  },
  { name: 'lamp', inputs: motion, draw: both(drawLamp) },
  { name: 'counts', inputs: motion, draw: both(drawCounts) },
];
