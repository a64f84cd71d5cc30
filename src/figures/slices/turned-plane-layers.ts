// The layers of a turned plane: ground, walk, networks, dial, numbers.
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { textWidth, writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { placeInWords } from './turned-plane-data.ts';
import { drawTurnedGround } from './turned-plane-ground.ts';
import { handAngle, onDial, type TurnedPlaneScene } from './turned-plane-scene.ts';

function drawWalk(group: Group, { walk, at, result }: TurnedPlaneScene): void {
  const line = linePath(walk.map(at));
  drawPath(group, 'casing', line, { width: 4, opacity: 0.7 });
  drawPath(group, 'line', line, { colour: networkColour(result.network), width: 2.25 });
  drawStart(group, at(walk[0]!), networkColour(result.network));
}

/** A network off the plane is drawn the fainter, the farther off it stands; on the plane it is solid. */
function drawNetworks(group: Group, scene: TurnedPlaneScene): void {
  const { others, at, result, map, axis } = scene;
  const reach = axis[axis.length - 1]!;
  const label = (network: number, [x, y]: readonly [number, number], text: string): void => {
    // Bold letters are wider than the estimate.
    const half = 0.58 * textWidth(text);
    writeText(group, {
      x: Math.min(map.right - half - 4, Math.max(map.left + half + 4, x)),
      y: y + (network === result.network ? 20 : -11),
      text,
      anchor: 'middle',
      style: 'strong halo',
    });
  };
  for (const { network, at: place, off } of others) {
    const point = at(place);
    const isOn = off < 0.01 * reach;
    drawEnd(group, point, networkColour(network), 5.5)
      .attr('class', 'outlined')
      .attr('stroke-width', 1.5)
      .attr('opacity', isOn ? 1 : Math.max(0.3, 1 - off / reach).toFixed(2));
    if (isOn) label(network, point, `network ${network}`);
  }
  const centre = at([0, 0]);
  drawEnd(group, centre, networkColour(result.network), 6)
    .attr('class', 'outlined')
    .attr('stroke-width', 1.5);
  label(result.network, centre, `network ${result.network}`);
}

function drawLegend(group: Group, { map, scale, unit, axis }: TurnedPlaneScene): void {
  const width = map.right - map.left;
  drawColourBar(group, {
    x: map.left + 2,
    y: map.bottom + 8,
    width: 0.62 * width,
    title: `Training loss (${unit}; log scale)`,
    scale,
    format: formatNumber,
  });
  const length = (5 * width) / (axis[axis.length - 1]! - axis[0]!);
  const right = map.right - 2;
  drawPath(
    group,
    'line ink',
    `M${(right - length).toFixed(1)},${map.bottom + 28}v8h${length.toFixed(1)}v-8`,
    { width: 1.25 },
  );
  writeText(group, {
    x: right,
    y: map.bottom + 20,
    text: '5 of weight distance',
    anchor: 'end',
    style: 'muted small',
  });
}

function drawDial(group: Group, { dial, planes, turn, result }: TurnedPlaneScene): void {
  if (!dial) return;
  const { centre, radius } = dial;
  const [from, to] = [onDial(dial, Math.PI), onDial(dial, 0)];
  drawPath(group, 'line hairline', `M${from.join()}A${radius},${radius},0,0,1,${to.join()}`, {
    width: 1.5,
  });
  const ticks = Array.from({ length: planes }, (_, plane) => {
    const angle = handAngle(plane, planes);
    return linePath([
      onDial(dial, angle, plane % result.steps === 0 ? 0.86 : 0.95),
      onDial(dial, angle),
    ]);
  });
  drawPath(group, 'line ink', ticks.join(''), { width: 1, opacity: 0.55 });
  const hand = onDial(dial, handAngle(turn, planes));
  drawPath(group, 'line accent-line', linePath([centre, hand]), { width: 2.5 });
  drawEnd(group, centre, 'currentColor', 3);
  drawEnd(group, hand, 'currentColor', 8).attr('class', 'accent-mark');
  drawEnd(group, hand, 'transparent', 24).attr('class', 'drag-handle');
  const name = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end') =>
    writeText(group, { x, y, text, anchor, style: 'muted small' });
  name(from[0], from[1] + 24, 'sharpest', 'middle');
  name(centre[0], centre[1] - radius - 16, 'its own walk', 'middle');
  name(to[0], to[1] + 24, 'three solutions', 'middle');
}

function drawNumbers(group: Group, scene: TurnedPlaneScene): void {
  const { panel, curvature, walkShare, angle } = scene;
  const { x, width } = panel;
  const words = placeInWords(scene);
  const lines = writeWrapped(group, {
    x,
    y: panel.y,
    text: `The plane ${words}${angle < 0.5 ? '' : `: turned by ${angle.toFixed(0)}°`}`,
    style: 'strong',
    width: 0.9 * width,
  });
  let y = panel.y + 16 * lines + 8;
  writeText(group, {
    x,
    y,
    text: `Curvature across ${formatNumber(curvature[0])}, up ${formatNumber(curvature[1])}`,
  });
  y += 22;
  writeText(group, { x, y, text: `Of the walk’s spread on the plane: ${formatShare(walkShare)}` });
  const bar = (to: number, style: string) =>
    group
      .append('rect')
      .attr('class', style)
      .attr('x', x)
      .attr('y', y + 8)
      .attr('width', (to * width).toFixed(1))
      .attr('height', 9);
  bar(1, 'trust-track');
  bar(walkShare, 'accent-mark');
}

export const turnedPlaneLayers: readonly Layer<TurnedPlaneScene>[] = [
  {
    name: 'ground',
    inputs: ({ plane }) => plane,
    draw: (group, { ground, isLive }) => drawTurnedGround(group, ground, isLive),
  },
  { name: 'walk', inputs: ({ plane }) => plane, draw: drawWalk },
  { name: 'networks', inputs: ({ plane }) => plane, draw: drawNetworks },
  { name: 'legend', inputs: ({ result }) => [result], draw: drawLegend },
  { name: 'dial', inputs: ({ plane }) => plane, draw: drawDial },
  { name: 'numbers', inputs: ({ plane }) => plane, draw: drawNumbers },
];
