// What is written into the fall: a ruler of losses beside the drops, and which heights are shadows and which are true.
import { extent } from 'd3';
import { formatNumber } from '../kit/format.ts';
import type { Camera } from '../surface/surface-camera.ts';
import { append, appendText } from '../surface/svg-elements.ts';
import type { FallStage } from './fall-camera.ts';
import { heightRange } from './fall-camera.ts';
import type { FallMoment } from './fall-clock.ts';
import { heightOf, type FallModel } from './fall-model.ts';

const ticks = [5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01] as const;

/** Of the networks' ends: what the map says, and what is so. */
export interface FallRanges {
  readonly plane: readonly [low: number, high: number];
  readonly own: readonly [low: number, high: number];
}

export const fallRanges = ({ networks }: FallModel): FallRanges => ({
  plane: extent(networks, ({ planeLoss }) => planeLoss) as [number, number],
  own: extent(networks, ({ ownLoss }) => ownLoss) as [number, number],
});

const rangeText = ([low, high]: readonly [number, number]): string =>
  `${formatNumber(Number(low.toPrecision(2)))} to ${formatNumber(Number(high.toPrecision(2)))}`;

/** A reader's guess, in the upper right corner. */
export function drawFallGuess(parent: Element, guess: string | null, { width }: FallStage): void {
  if (guess === null) return;
  appendText(parent, `your guess: ${guess}`, {
    class: 'fall-guess',
    x: width - 16,
    y: 26,
    'text-anchor': 'end',
    'font-size': 14,
    'font-style': 'italic',
    fill: '#f3c98b',
  });
}

/** Draws into an SVG group over the scene; nothing before the ground is glass. */
export function drawFallFrame(
  parent: Element,
  model: FallModel,
  moment: FallMoment,
  camera: Camera,
  { room }: FallStage,
): void {
  if (moment.glass === 0) return;
  const [lowest, highest] = heightRange(model);
  const centre = (height: number): number => camera.project([0, height, 0])[1];
  const compact = room.width < 520;
  const x =
    room.left +
    Math.max(compact ? 44 : 58, 0.5 * room.width - 0.5 * Math.min(room.width, 2.1 * room.height));
  const group = append(parent, 'g', {
    class: 'fall-ruler',
    opacity: moment.glass.toFixed(2),
    'font-size': compact ? 11 : 13,
    fill: '#c9d3e2',
    stroke: '#0a0f1a',
    'stroke-width': 3,
    'stroke-opacity': 0.6,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  });
  append(group, 'path', {
    d: `M${x.toFixed(1)} ${centre(highest).toFixed(1)}V${centre(lowest).toFixed(1)}`,
    stroke: '#8fa0b8',
    'stroke-width': 1,
    'stroke-opacity': 0.7,
    fill: 'none',
  });
  for (const loss of ticks) {
    const height = heightOf(loss);
    if (height > highest || height < lowest - 0.02) continue;
    const y = centre(height);
    append(group, 'path', {
      d: `M${(x - 5).toFixed(1)} ${y.toFixed(1)}h5`,
      stroke: '#8fa0b8',
      'stroke-width': 1,
      'stroke-opacity': 1,
      fill: 'none',
    });
    appendText(group, formatNumber(loss), {
      x: (x - 10).toFixed(1),
      y: (y + 4).toFixed(1),
      'text-anchor': 'end',
    });
  }
  appendText(group, 'loss', {
    x: (x - 10).toFixed(1),
    y: (centre(highest) - 10).toFixed(1),
    'text-anchor': 'end',
    'font-style': 'italic',
  });
  drawNames(group, model, moment, centre, x);
}

function drawNames(
  group: Element,
  model: FallModel,
  moment: FallMoment,
  centre: (height: number) => number,
  x: number,
): void {
  const { plane, own } = fallRanges(model);
  const isDown = moment.dropped(1);
  const names = [
    { range: plane, title: 'on the map', shown: 1 },
    { range: own, title: 'in truth', shown: isDown },
  ];
  for (const { range, title, shown } of names) {
    if (shown <= 0) continue;
    const [bottom, top] = [centre(heightOf(range[0])), centre(heightOf(range[1]))];
    const own = append(group, 'g', { opacity: shown.toFixed(2) });
    append(own, 'path', {
      d: `M${(x + 1).toFixed(1)} ${top.toFixed(1)}h6V${bottom.toFixed(1)}h-6`,
      stroke: '#f3e6cb',
      'stroke-width': 1,
      'stroke-opacity': 1,
      fill: 'none',
    });
    const middle = (bottom + top) / 2;
    appendText(own, title, {
      x: (x + 15).toFixed(1),
      y: (middle - 2).toFixed(1),
      'font-weight': 650,
      fill: '#f3e6cb',
    });
    appendText(own, rangeText(range), { x: (x + 15).toFixed(1), y: (middle + 14).toFixed(1) });
  }
}
