// The layers of the map of two weights: the loss as contours, its valleys and saddle, the walk with its flow, and the start.
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawColourBar, drawKeys } from '../kit/legend.ts';
import { contourScale } from '../kit/level-scale.ts';
import { drawCross } from '../kit/marks.ts';
import { dotsPath, linePath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import type { TwoWeightsScene } from './two-weights-map-scene.ts';

/** Losses under this are drawn as the valley floor: the logarithm of an exact zero has no colour. */
const floorLoss = 0.004;

function drawSurface(group: Group, scene: TwoWeightsScene): void {
  const { data, box, x, y } = scene;
  const heights = Float64Array.from(data.heights, (value) => Math.max(value, floorLoss));
  const scale = contourScale(heights, { logarithmic: true });
  drawFilledContours(group, box, { values: heights, xs: data.axis, ys: data.axis, x, y }, scale);
  drawWeightAxes(group, scene);
  drawColourBar(group, {
    x: box.left,
    y: box.bottom + 46,
    width: Math.min(300, box.right - box.left - 10),
    title: 'Loss ½(ab − 1)² (log scale)',
    scale,
    format: formatNumber,
  });
  drawKeys(group, {
    x: box.left,
    y: box.bottom + 122,
    width: box.right - box.left,
    keys: [{ mark: 'reference', text: 'path of infinitely small steps' }],
  });
}

function drawWeightAxes(group: Group, { box, x, y }: TwoWeightsScene): void {
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(6),
    yTicks: y.ticks(6),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: 'Weight a',
    yName: 'Weight b',
    grid: false,
  });
}

function drawLandmarks(group: Group, { data, box, at, nameAt, width }: TwoWeightsScene): void {
  const minima = width < 420 ? 'ab = 1' : 'minima: ab = 1';
  const window = clipped(group, box);
  for (const valley of data.valleys)
    window
      .append('path')
      .attr('class', 'line valley')
      .attr('stroke-width', 2)
      .attr('d', linePath(valley.map(at)));
  drawCross(window, at([0, 0]), '#fff', 5);
  const [originX, originY] = at([0, 0]);
  writeText(group, { x: originX + 10, y: originY + 4, text: 'saddle', style: 'on-ground' });
  // Beside the middle of each branch, on the side away from the saddle.
  const [rightX, rightY] = at(nameAt);
  writeText(group, { x: rightX, y: rightY, text: minima, style: 'on-ground' });
  const [leftX, leftY] = at([-1.12, -1.12]);
  writeText(group, {
    x: leftX,
    y: leftY + 8,
    text: minima,
    anchor: 'end',
    style: 'on-ground',
  });
}

/** The steps up to the shown one, and where the walk is between it and the next. */
function walkPoints({ data, at, until }: TwoWeightsScene): { steps: Point[]; shown: Point[] } {
  const whole = Math.floor(until);
  const steps = data.walk.slice(0, whole + 1).map(at);
  const shown = [...steps];
  const next = data.walk[whole + 1];
  if (until > whole && next !== undefined) {
    const [from, to] = [steps.at(-1)!, at(next)];
    const share = until - whole;
    shown.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
  }
  return { steps, shown };
}

function drawWalk(group: Group, scene: TwoWeightsScene): void {
  const { data, box, at } = scene;
  const { steps, shown } = walkPoints(scene);
  const window = clipped(group, box);
  window
    .append('path')
    .attr('class', 'line flow')
    .attr('stroke-width', 2)
    .attr('d', linePath(data.flow.map(at)));
  const d = linePath(shown);
  window.append('path').attr('class', 'casing').attr('stroke-width', 4).attr('d', d);
  window.append('path').attr('class', 'line accent-line').attr('stroke-width', 1.75).attr('d', d);
  const dots = dotsPath(steps.slice(1));
  window.append('path').attr('class', 'dots paper-line').attr('stroke-width', 7).attr('d', dots);
  window.append('path').attr('class', 'dots accent-line').attr('stroke-width', 5).attr('d', dots);
  const end = shown.at(-1)!;
  window
    .append('circle')
    .attr('class', 'accent-mark outlined')
    .attr('stroke-width', 2)
    .attr('cx', end[0].toFixed(1))
    .attr('cy', end[1].toFixed(1))
    .attr('r', 6);
  if (end[0] < box.left || end[0] > box.right || end[1] < box.top || end[1] > box.bottom)
    writeText(group, {
      x: (box.left + box.right) / 2,
      y: box.top + 18,
      text: data.diverged ? 'off the map, and never back' : 'off the map',
      anchor: 'middle',
      style: 'strong halo',
    });
}

function drawStartHandle(group: Group, { data, box, at }: TwoWeightsScene): void {
  const start = data.walk[0];
  if (start === undefined) return;
  const [cx, cy] = at(start);
  group
    .append('circle')
    .attr('class', 'hollow start')
    .attr('cx', cx.toFixed(1))
    .attr('cy', cy.toFixed(1))
    .attr('r', 8)
    .attr('stroke-width', 3);
  // A finger needs more room than the mark shows.
  group
    .append('circle')
    .attr('class', 'start-handle')
    .attr('cx', cx.toFixed(1))
    .attr('cy', cy.toFixed(1))
    .attr('r', 24);
  const isLeft = cx > box.right - 60;
  writeText(group, {
    x: cx + (isLeft ? -14 : 14),
    y: cy - 10,
    text: 'start',
    anchor: isLeft ? 'end' : 'start',
    style: 'strong halo',
  });
}

/** A window that hides what lies outside the box: an inner SVG clips without an identifier. */
function clipped(group: Group, box: Box): Group {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  return group
    .append('svg')
    .attr('class', 'window')
    .attr('x', box.left)
    .attr('y', box.top)
    .attr('width', width)
    .attr('height', height)
    .attr('viewBox', `${box.left} ${box.top} ${width} ${height}`)
    .append('g');
}

export const mapLayers: readonly Layer<TwoWeightsScene>[] = [
  { name: 'surface', inputs: ({ data }) => [data.heights, data.axis], draw: drawSurface },
  {
    name: 'landmarks',
    inputs: ({ data, nameAt }) => [data.valleys, data.axis, nameAt[0]],
    draw: drawLandmarks,
  },
  { name: 'walk', inputs: ({ data, until }) => [data.walk, data.flow, until], draw: drawWalk },
  {
    name: 'start',
    inputs: ({ data }) => [data.walk[0]?.[0], data.walk[0]?.[1], data.axis],
    draw: drawStartHandle,
  },
];
