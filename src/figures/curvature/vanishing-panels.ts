// Level sets of a quadratic landscape on a plane, and the strip that says what curvature a random line shows.
import { area, scaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { levelScale } from '../kit/level-scale.ts';
import type { Group } from '../kit/stage.ts';
import { heightOn, type PlaneCurvature } from './vanishing-planes.ts';
import type { Saddle } from './vanishing-saddles.ts';

export interface QuadraticPanel {
  readonly plane: PlaneCurvature;
  readonly left: number;
  readonly top: number;
  readonly size: number;
  /** Samples a side of the drawn field, which is exact at each of them. */
  readonly samples: number;
}

/** Colours run from the depth to the height that the panel's own curvature could reach, level ground in their middle. */
export function drawQuadratic(
  group: Group,
  { plane, left, top, size, samples }: QuadraticPanel,
): void {
  const places = Array.from({ length: samples }, (_, i) => -1 + (2 * i) / (samples - 1));
  const values = places.flatMap((y) => places.map((x) => heightOn(plane, x, y)));
  const reach = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const scale = levelScale([-reach, reach], { logarithmic: false, count: 10 });
  const x = scaleLinear([-1, 1], [left, left + size]);
  const y = scaleLinear([-1, 1], [top + size, top]);
  const lowest = values.reduce((least, value) => Math.min(least, value), 0);
  const shown = scale.thresholds.filter((threshold) => threshold > lowest);
  const ground = scale.bands.find(({ high }) => high > lowest) ?? scale.bands[0]!;
  group
    .append('rect')
    .attr('x', left)
    .attr('y', top)
    .attr('width', size)
    .attr('height', size)
    .attr('fill', ground.colour);
  for (const level of levels({ values, xs: places, ys: places, x, y }, shown)) {
    const band =
      scale.bands.find(({ low }) => low >= level.threshold - 1e-12) ?? scale.bands.at(-1)!;
    group.append('path').attr('class', 'contour').attr('fill', band.colour).attr('d', level.path);
  }
  if (plane.smallest < 0) drawLevelLines(group, plane, left + size / 2, top + size / 2, size / 2);
}

/** The two straight lines on which a saddle is level with its centre: between them, on the dark side, is the way down. */
function drawLevelLines(
  group: Group,
  plane: PlaneCurvature,
  cx: number,
  cy: number,
  half: number,
): void {
  const turn = Math.atan2(2 * plane.b, plane.a - plane.c) / 2;
  const opening = Math.atan(Math.sqrt(Math.max(0, -plane.largest / plane.smallest)));
  const d = [turn + opening, turn - opening]
    .map((angle) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const reach = half / Math.max(Math.abs(cos), Math.abs(sin));
      const [dx, dy] = [reach * cos, -reach * sin];
      return `M${(cx - dx).toFixed(1)},${(cy - dy).toFixed(1)}L${(cx + dx).toFixed(1)},${(cy + dy).toFixed(1)}`;
    })
    .join('');
  group.append('path').attr('class', 'line level-line').attr('stroke-width', 1.5).attr('d', d);
}

/** Where the curvature of random lines lies, and zero, below which a line leads down. */
export function drawSpread(group: Group, box: Box, saddle: Saddle): void {
  const { spread, meanCurvature } = saddle;
  const isExample = saddle.chance.of === null;
  const curvatures = spread.map(({ curvature }) => curvature);
  const ends: [number, number] = isExample
    ? [-1, 1]
    : [Math.min(0, curvatures[0]!) * 1.3 - 0.002, curvatures.at(-1)!];
  const x = scaleLinear(ends, [box.left, box.right]);
  const most = spread.reduce((high, { density }) => Math.max(high, density), 0);
  const y = scaleLinear([0, most], [box.bottom, box.top]);
  const zero = x(0);
  const fixed = (value: number): number => Math.round(10 * value) / 10;
  const hump = area<(typeof spread)[number]>()
    .x(({ curvature }) => fixed(x(curvature)))
    .y0(box.bottom)
    .y1(({ density }) => fixed(y(density)));
  const sides = [
    { style: 'spread-down', points: spread.filter(({ curvature }) => curvature <= 0) },
    { style: 'spread-up', points: spread.filter(({ curvature }) => curvature >= 0) },
  ];
  for (const { style, points } of sides)
    group.append('path').attr('class', style).attr('d', hump(points));
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 1)
    .attr('d', `M${box.left},${box.bottom}H${box.right}`);
  group
    .append('path')
    .attr('class', 'reference')
    .attr('d', `M${fixed(zero)},${box.top - 4}V${box.bottom}`);
  for (const value of x.ticks(box.right - box.left < 360 ? 4 : 7))
    writeText(group, {
      x: x(value),
      y: box.bottom + 14,
      text: formatNumber(value),
      anchor: 'middle',
      style: 'muted small',
    });
  const downhill = textWidth('down') + 14 < zero - box.left;
  if (downhill)
    writeText(group, { x: zero - 7, y: box.top + 6, text: 'down', anchor: 'end', style: 'muted' });
  writeText(group, { x: zero + 7, y: box.top + 6, text: 'up', style: 'muted' });
  const mean = x(meanCurvature);
  group
    .append('path')
    .attr('class', 'accent-mark')
    .attr('d', `M${fixed(mean)},${box.bottom - 6}l6,6l-6,6l-6,-6z`);
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.bottom + 31,
    text: `Curvature along a random line; ◆ mean eigenvalue ${formatNumber(meanCurvature)}`,
    anchor: 'middle',
    style: 'axis-name',
  });
}

/** How many random planes show a way down: the answer, and the guess where there is one. */
export function drawChance(
  group: Group,
  box: Omit<Box, 'bottom'>,
  { chance }: Saddle,
  guess: number | null,
): void {
  const { left, right, top } = box;
  const x = scaleLinear([0, 1], [left, right]).clamp(true);
  const said =
    chance.of === null
      ? `Random planes that show a way down: ${chanceInWords(chance.share)}`
      : `Of ${chance.of} random planes, a way down: ${chanceInWords(chance.share)}`;
  writeText(group, { x: left, y: top, text: said, style: 'strong' });
  group
    .append('rect')
    .attr('class', 'null-bar')
    .attr('x', left)
    .attr('y', top + 9)
    .attr('width', right - left)
    .attr('height', 10);
  group
    .append('rect')
    .attr('class', 'chance-bar')
    .attr('x', left)
    .attr('y', top + 9)
    .attr('width', Math.max(1.5, x(chance.share) - left).toFixed(1))
    .attr('height', 10);
  for (const value of [0, 0.5, 1])
    writeText(group, {
      x: x(value),
      y: top + 33,
      text: formatPercent(value),
      anchor: value === 0 ? 'start' : value === 1 ? 'end' : 'middle',
      style: 'muted small',
    });
  if (guess === null) return;
  const at = x(guess);
  group
    .append('path')
    .attr('class', 'accent-mark')
    .attr('d', `M${at.toFixed(1)},${top + 8}l5,6l-5,6l-5,-6z`);
  const text = 'your guess';
  const half = textWidth(text) / 2;
  // Beside the numbers under the bar, wherever these leave room.
  const place = Math.min(right - half - 40, Math.max(left + half + 26, at));
  const middle = (left + right) / 2;
  const crowded = Math.abs(place - middle) < half + 22;
  writeText(group, {
    x: crowded ? middle + (place < middle ? -1 : 1) * (half + 22) : place,
    y: top + 33,
    text,
    anchor: 'middle',
    style: 'accent halo',
  });
}

/** A chance in words: one that rounding would call none or certain says so. */
export function chanceInWords(share: number): string {
  if (share === 0) return 'none';
  if (share < 0.0005) return 'less than 1 in 2,000';
  return formatPercent(share);
}
