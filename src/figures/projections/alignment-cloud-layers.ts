// The layers of the cloud of networks: axes, rings of its size, a dot a network, the picked one, names, and the panel beside it.
import { drawAxes } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { textWidth, writeText, writeWrapped } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import type { Group } from '../kit/stage.ts';
import { alignmentNames, type Cloud } from './alignment-cloud-data.ts';
import type { CloudScene } from './alignment-cloud-scene.ts';
import { drawShareBars } from './alignment-share-bars.ts';

function drawComponentAxes(group: Group, { box, side, x, y, to }: CloudScene): void {
  const ticks = x.ticks(5);
  const name = (axis: 0 | 1): string =>
    `component ${axis + 1} (weight distance; ${formatShare(to.shares[axis])} of variance)`;
  const short = (axis: 0 | 1): string =>
    `component ${axis + 1} (${formatShare(to.shares[axis])} of variance)`;
  const fits = textWidth(name(0)) < side;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: ticks,
    yTicks: ticks,
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: fits ? name(0) : short(0),
    yName: fits ? name(1) : short(1),
  });
}

function drawRings(group: Group, { clouds, other, radius, pixels, x, y }: CloudScene): void {
  const circle = (distance: number, style: string) =>
    group
      .append('circle')
      .attr('class', style)
      .attr('cx', x(0).toFixed(1))
      .attr('cy', y(0).toFixed(1))
      .attr('r', pixels(distance).toFixed(1));
  circle(clouds[other].radius, 'reference before');
  circle(radius, 'line ring accent-line').attr('stroke-width', 1.75);
}

function drawNetworks(group: Group, { places, networks, picked }: CloudScene): void {
  group.attr('opacity', picked >= 0 ? 0.55 : 1);
  for (const [k, at] of places.entries())
    drawEnd(group, at, networkColour(networks[k]!), 4.5)
      .attr('class', 'outlined')
      .attr('stroke-width', 0.75);
}

function drawPicked(group: Group, { places, networks, picked, box }: CloudScene): void {
  if (picked < 0) return;
  const at = places[picked]!;
  drawEnd(group, at, networkColour(networks[picked]!), 6.5)
    .attr('class', 'outlined')
    .attr('stroke-width', 1.5);
  const text = `network ${networks[picked]}`;
  const half = textWidth(text) / 2;
  writeText(group, {
    x: Math.min(box.right - half, Math.max(box.left + half + 2, at[0])),
    y: at[1] - 12,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}

function nameRings(group: Group, scene: CloudScene): void {
  const { clouds, to, other, state, box, side, pixels } = scene;
  const isWide = ({ radius }: Cloud): boolean => pixels(radius) > 0.6 * (side / 2);
  const textOf = (name: 'raw' | 'aligned'): string =>
    `${alignmentNames[name]}: ${formatNumber(clouds[name].radius)}`;
  nameRing(group, scene, to, isWide(to), textOf(state.aligned), 'accent halo');
  // Two wide rings have one corner each.
  if (Object.values(clouds).every(isWide))
    writeText(group, {
      x: box.left + 6,
      y: box.bottom - 8,
      text: textOf(other),
      style: 'muted halo',
    });
  else nameRing(group, scene, clouds[other], isWide(clouds[other]), textOf(other), 'muted halo');
}

/** At the ring's lower right, or in the corner that a wide ring leaves free. */
function nameRing(
  group: Group,
  { box, x, y, pixels }: CloudScene,
  { radius }: Cloud,
  isWide: boolean,
  text: string,
  style: string,
): void {
  const diagonal = pixels(radius) * Math.SQRT1_2;
  writeText(group, {
    x: isWide ? box.right - 2 : x(0) + diagonal + 6,
    y: isWide ? box.bottom - 8 : y(0) + diagonal + 10,
    text,
    anchor: isWide ? 'end' : 'start',
    style,
  });
}

function drawPanel(group: Group, scene: CloudScene): void {
  const { panel, parameters, clouds, chance, state } = scene;
  const lines = writeWrapped(group, {
    x: panel.x,
    y: panel.y + 6,
    text: `Rings: typical distance of a network from the middle, in all ${formatNumber(parameters)} directions.`,
    style: 'muted',
    width: panel.width,
  });
  drawShareBars(group, {
    x: panel.x,
    y: panel.y + 6 + lines * 16 + panel.gap,
    width: panel.width,
    chance,
    bars: (['raw', 'aligned'] as const).map((name) => ({
      name: alignmentNames[name],
      share: clouds[name].shares[0] + clouds[name].shares[1],
      isShown: name === state.aligned,
    })),
  });
}

export const cloudLayers: readonly Layer<CloudScene>[] = [
  { name: 'axes', inputs: ({ data, state }) => [data, state.aligned], draw: drawComponentAxes },
  { name: 'ring', inputs: ({ motion }) => motion, draw: drawRings },
  { name: 'dots', inputs: ({ motion, picked }) => [...motion, picked >= 0], draw: drawNetworks },
  { name: 'selected', inputs: ({ motion, picked }) => [...motion, picked], draw: drawPicked },
  { name: 'ring-names', inputs: ({ data, state }) => [data, state.aligned], draw: nameRings },
  { name: 'panel', inputs: ({ data, state }) => [data, state.aligned], draw: drawPanel },
];
