// The layers of the comparison of true losses with the plane's: axes and their words, networks, distances, keys, the picked one.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import { distanceNow, placeAt, placeNow, type PlaneFidelityScene } from './plane-fidelity-scene.ts';

function drawLossAxes(group: Group, scene: PlaneFidelityScene): void {
  const { box, domain, x, y, run } = scene;
  const unit = run.experiment.loss === 'cross-entropy' ? 'nats' : 'squared error';
  const ticks = (length: number, room: number): number[] =>
    logarithmicTicks(domain, Math.floor(length / room));
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: ticks(box.right - box.left, 56),
    yTicks: ticks(box.bottom - box.top, 30),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: `True training loss (${unit}; log scale)`,
    yName: `Loss on the plane, at the network's foot point (${unit})`,
  });
  group
    .append('path')
    .attr('class', 'reference')
    .attr('d', `M${box.left},${box.bottom}L${box.right},${box.top}`);
  writePlaces(group, scene);
}

/** What it means to stand over the diagonal, under it and on it; under the words of the place that was guessed, so. */
function writePlaces(group: Group, scene: PlaneFidelityScene): void {
  const { box, guess } = scene;
  const writeGuess = (x: number, y: number, anchor: 'start' | 'end') =>
    writeText(group, { x, y, text: 'your guess', anchor, style: 'guess-label halo' });
  writeText(group, {
    x: box.left + 8,
    y: box.top + 14,
    text: 'the picture is too high',
    style: 'muted halo',
  });
  if (guess === 'high') writeGuess(box.left + 8, box.top + 31, 'start');
  if (guess === 'low') writeGuess(box.right - 6, box.bottom - 27, 'end');
  writeText(group, {
    x: box.right - 6,
    y: box.bottom - 10,
    text: 'the picture is too low',
    anchor: 'end',
    style: 'muted halo',
  });
  const slope = Math.atan2(box.bottom - box.top, box.right - box.left);
  const [cx, cy] = onDiagonal(scene, freeShare(scene));
  writeText(group, {
    x: 0,
    y: -6,
    text: 'the picture is right',
    anchor: 'middle',
    style: 'muted small halo',
  }).attr(
    'transform',
    `translate(${cx.toFixed(1)},${cy.toFixed(1)}) rotate(${((-slope * 180) / Math.PI).toFixed(1)})`,
  );
  if (guess === 'right') writeGuess(cx + 8, cy + 22, 'start');
}

const onDiagonal = ({ box }: PlaneFidelityScene, share: number): Point => [
  box.left + share * (box.right - box.left),
  box.bottom - share * (box.bottom - box.top),
];

/** Where along the diagonal its words are farthest from every marker. */
function freeShare(scene: PlaneFidelityScene): number {
  const { networks, last } = scene;
  const clearance = (share: number): number => {
    const [cx, cy] = onDiagonal(scene, share);
    let nearest = Infinity;
    for (let n = 0; n < networks; n++)
      for (const [px, py] of [placeAt(scene, 0, n), placeAt(scene, last, n)])
        nearest = Math.min(nearest, Math.hypot(px - cx, py - cy) || Infinity);
    return nearest;
  };
  return [0.2, 0.35, 0.5, 0.65, 0.8].reduce((a, b) => (clearance(b) > clearance(a) ? b : a));
}

function drawMarkers(group: Group, scene: PlaneFidelityScene): void {
  const { networks, selected, revealed } = scene;
  group.attr('opacity', selected === null ? 1 : 0.5);
  for (let n = 0; n < networks; n++)
    drawIf(placeAt(scene, 0, n), (at) => drawStart(group, at, networkColour(n), 3));
  if (!revealed) return;
  for (let n = 0; n < networks; n++)
    drawIf(placeNow(scene, n), (at) =>
      drawEnd(group, at, networkColour(n), 4.2)
        .attr('class', 'outlined')
        .attr('stroke-width', 0.75),
    );
}

function drawIf(at: Point, draw: (at: Point) => unknown): void {
  if (at.every(Number.isFinite)) draw(at);
}

function drawDistances(group: Group, scene: PlaneFidelityScene): void {
  const { landscape, networks, strip, distance, extent, width, revealed } = scene;
  drawAxes(group, {
    box: strip,
    x: distance,
    y: null,
    xTicks: distance.ticks(6),
    xFormat: formatNumber,
    xName: 'Distance off the plane (in weight space)',
  });
  const numbers = Array.from({ length: networks }, (_, n) => n);
  for (const n of numbers)
    drawIf([distance(landscape.offPlane[n]!), strip.top + 12], (at) =>
      drawStart(group, at, networkColour(n), 2.8),
    );
  for (const n of revealed ? numbers : [])
    drawIf([distance(distanceNow(scene, n)), strip.top + 32], (at) =>
      drawEnd(group, at, networkColour(n), 3.4).attr('opacity', 0.8),
    );
  group
    .append('path')
    .attr('class', 'reference')
    .attr('d', `M${distance(extent).toFixed(1)},${strip.top - 4}V${strip.bottom}`);
  writeText(group, {
    x: Math.min(distance(extent), width - 8) - 5,
    y: strip.top - 8,
    text: `width of the map: ${formatNumber(extent)}`,
    anchor: 'end',
    style: 'muted small halo',
  });
}

function drawMomentKeys(group: Group, { box, width }: PlaneFidelityScene): void {
  drawKeys(group, {
    x: box.left,
    y: box.bottom + 58,
    width: width - box.left,
    keys: [
      { mark: 'start', text: 'before training' },
      { mark: 'end', text: 'after training' },
    ],
  });
}

/** The picked network's path through the picture, with its name, and its distance. */
function drawSelected(group: Group, scene: PlaneFidelityScene): void {
  const { box, strip, distance, until, selected, revealed } = scene;
  if (selected === null) return;
  const colour = networkColour(selected);
  const path = Array.from({ length: Math.floor(until) + 1 }, (_, s) => placeAt(scene, s, selected));
  const points = [...path, placeNow(scene, selected)].filter((point) =>
    point.every(Number.isFinite),
  );
  const end = points.at(-1);
  if (end === undefined) return;
  const d = linePath(points);
  group.append('path').attr('class', 'casing').attr('stroke-width', 4.5).attr('d', d);
  group
    .append('path')
    .attr('class', 'line')
    .attr('stroke', colour)
    .attr('stroke-width', 2)
    .attr('d', d);
  drawStart(group, points[0]!, colour, 4);
  drawEnd(group, end, colour, 5.5).attr('class', 'outlined').attr('stroke-width', 1.5);
  const text = `network ${selected}`;
  const half = textWidth(text) / 2;
  writeText(group, {
    x: Math.min(box.right - half, Math.max(box.left + half + 4, end[0])),
    y: end[1] < box.top + 40 ? end[1] + 22 : end[1] - 11,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
  const off = distanceNow(scene, selected);
  if (revealed && Number.isFinite(off))
    drawEnd(group, [distance(off), strip.top + 32], colour, 6)
      .attr('class', 'outlined')
      .attr('stroke-width', 1.5);
}

const shown = ({ landscape, until, selected, revealed }: PlaneFidelityScene): unknown[] => [
  landscape,
  until,
  selected !== null,
  revealed,
];

export const planeFidelityLayers: readonly Layer<PlaneFidelityScene>[] = [
  { name: 'axes', inputs: ({ landscape, guess }) => [landscape, guess], draw: drawLossAxes },
  { name: 'markers', inputs: shown, draw: drawMarkers },
  { name: 'distances', inputs: shown, draw: drawDistances },
  { name: 'keys', inputs: ({ landscape }) => [landscape], draw: drawMomentKeys },
  {
    name: 'selected',
    inputs: ({ landscape, until, selected, revealed }) => [landscape, until, selected, revealed],
    draw: drawSelected,
  },
];
