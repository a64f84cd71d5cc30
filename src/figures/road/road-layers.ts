// The layers of the road: the band that narrows to it, axes, ways, a light a network, the row of answers, the scale of loss.
import { drawAxes } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { interpolateLoss } from '../kit/relief/loss-colours.ts';
import { momentName } from './road-data.ts';
import type { RoadScene } from './road-scene.ts';

/** The stretch that the networks take up, as wide as they lie off the road on average. */
function drawBand(group: Group, { band, x, y, box, radius }: RoadScene): void {
  const [from, to] = band.along.map((along) => x(along)) as [number, number];
  const half = y(0) - y(band.off);
  group
    .append('rect')
    .attr('class', 'road-band')
    .attr('x', (from - 2 * radius).toFixed(1))
    .attr('y', (y(0) - half).toFixed(1))
    .attr('width', (to - from + 4 * radius).toFixed(1))
    .attr('height', (2 * half).toFixed(1))
    .attr('rx', Math.min(half, 3 * radius).toFixed(1));
  drawPath(group, 'road-line', `M${box.left},${y(0).toFixed(1)}H${box.right}`, { width: 1.5 });
}

function drawRoadAxes(group: Group, { box, x, y, result, isNarrow }: RoadScene): void {
  const share = `${formatShare(result.aligned.explained)} of the spread`;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(isNarrow ? 5 : 9),
    yTicks: y.ticks(5),
    xFormat: formatNumber,
    yFormat: (value) => formatNumber(Math.abs(value)),
    xName: isNarrow
      ? `along the road (${share}) → lower loss`
      : `along the road, towards lower loss → (weight distance; ${share} of renumbered networks)`,
    grid: false,
  });
}

function nameMoment(group: Group, scene: RoadScene): void {
  const { band, box, moment } = scene;
  writeText(group, {
    x: 2,
    y: box.top - 36,
    text: momentName(scene, moment),
    style: 'strong road-moment',
  });
  writeText(group, {
    x: 2,
    y: box.top - 16,
    text: `off the road (weight distance), on average ${formatNumber(band.off)}`,
    style: 'muted',
  });
}

/** A disc in the colour of its loss, with an edge that shows on every ground. */
function drawDisc(group: Group, at: Point, colour: string, radius: number): void {
  drawEnd(group, at, colour, radius).attr('class', 'road-light');
}

/** The same with a halo: a network is a light. */
function drawLight(group: Group, at: Point, colour: string, radius: number): void {
  drawEnd(group, at, colour, 2.2 * radius).attr('class', 'road-halo');
  drawDisc(group, at, colour, radius);
}

function drawTrails(group: Group, { trails, isTraining }: RoadScene): void {
  if (!isTraining) return;
  for (const trail of trails) {
    drawPath(group, 'line road-trail', linePath(trail), { width: 1.25 });
    drawStart(group, trail[0]!, 'currentColor', 2.25);
  }
}

function drawLights(group: Group, { places, now, colourOf, radius, picked }: RoadScene): void {
  group.attr('opacity', picked >= 0 ? 0.5 : 1);
  // The lowest losses last: they are what the road leads to.
  const order = places.map((_, n) => n).sort((a, b) => now[b]!.loss - now[a]!.loss);
  for (const n of order) drawLight(group, places[n]!, colourOf(now[n]!.loss), radius);
}

function drawRowAxis(group: Group, { row, rowX, result, isNarrow }: RoadScene): void {
  const share = formatShare(result.predictions.explained);
  writeText(group, {
    x: 2,
    y: row.top - 12,
    text: isNarrow
      ? 'The same networks, by their answers'
      : 'The same networks, by their answers alone: no renumbering moves them',
    style: 'strong',
  });
  drawAxes(group, {
    box: row,
    x: rowX,
    y: null,
    xTicks: rowX.ticks(isNarrow ? 5 : 9),
    xFormat: formatNumber,
    xName: isNarrow
      ? `first axis of the answers (${share}) → lower loss`
      : `first axis of the answers, towards lower loss → (${share} of the spread of the answers)`,
    grid: false,
  });
}

function drawRow(group: Group, scene: RoadScene): void {
  const { rowPlaces, rowStarts, row, now, colourOf, rowRadius, isTraining, picked } = scene;
  if (isTraining)
    for (const at of rowStarts)
      drawPath(group, 'road-tick', `M${at.toFixed(1)},${row.bottom}v-9`, { width: 1 });
  const lights = group.append('g').attr('opacity', picked >= 0 ? 0.5 : 1) as Group;
  for (const [n, at] of rowPlaces.entries())
    drawDisc(lights, at, colourOf(now[n]!.loss), rowRadius);
}

function drawPicked(group: Group, scene: RoadScene): void {
  const { picked, places, rowPlaces, now, colourOf, radius, result, box } = scene;
  if (picked < 0) return;
  const [place, answer] = [places[picked]!, rowPlaces[picked]!];
  const { loss } = now[picked]!;
  drawPath(group, 'reference', linePath([place, answer]), { width: 1 });
  for (const at of [place, answer]) drawLight(group, at, colourOf(loss), radius + 2);
  const text = `network ${result.networks[picked]}: ${formatNumber(loss)}`;
  const half = textWidth(text) / 2;
  writeText(group, {
    x: Math.min(box.right - half, Math.max(box.left + half, place[0])),
    y: place[1] - 14,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}

const steps = 32;

function drawLossScale(group: Group, { lossRange, width, isNarrow }: RoadScene): void {
  const length = isNarrow ? 120 : 200;
  const left = width - 14 - length;
  writeText(group, {
    x: width - 14,
    y: 14,
    text: isNarrow ? 'training loss' : 'training loss (nats)',
    anchor: 'end',
    style: 'axis-name',
  });
  // Lower loss lies to the right, as it does along the road.
  for (let step = 0; step < steps; step++)
    group
      .append('rect')
      .attr('x', (left + (step * length) / steps).toFixed(1))
      .attr('y', 21)
      .attr('width', (length / steps + 0.5).toFixed(1))
      .attr('height', 9)
      .attr('fill', interpolateLoss(1 - step / (steps - 1)));
  const [low, high] = lossRange;
  writeText(group, { x: left, y: 44, text: formatNumber(high), style: 'muted small' });
  writeText(group, {
    x: width - 14,
    y: 44,
    text: formatNumber(low),
    anchor: 'end',
    style: 'muted small',
  });
}

export const roadLayers: readonly Layer<RoadScene>[] = [
  { name: 'band', inputs: ({ data, moment }) => [data, moment], draw: drawBand },
  { name: 'axes', inputs: ({ data }) => [data], draw: drawRoadAxes },
  { name: 'trails', inputs: ({ data, moment }) => [data, moment], draw: drawTrails },
  {
    name: 'lights',
    inputs: ({ data, moment, picked }) => [data, moment, picked >= 0],
    draw: drawLights,
  },
  { name: 'row-axis', inputs: ({ data }) => [data], draw: drawRowAxis },
  { name: 'row', inputs: ({ data, moment, picked }) => [data, moment, picked >= 0], draw: drawRow },
  { name: 'names', inputs: ({ data, moment }) => [data, moment], draw: nameMoment },
  { name: 'scale', inputs: ({ data }) => [data], draw: drawLossScale },
  {
    name: 'selected',
    inputs: ({ data, moment, picked }) => [data, moment, picked],
    draw: drawPicked,
  },
];
