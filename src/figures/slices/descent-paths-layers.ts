// The layers of the paths of descent: the map, its labels, the paths, their names, and the losses that are true of them.
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes } from '../kit/axes.ts';
import { drawContourLabels } from '../kit/contour-labels.ts';
import type { Layer } from '../kit/define-figure.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { formatNumber } from '../kit/format.ts';
import { placeLabels } from '../kit/label-places.ts';
import { textWidth, writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import type { ContourScale } from '../kit/level-scale.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import type { DescentPath, DescentPlane } from './descent-path-data.ts';
import { sentenceAt } from './descent-paths-words.ts';
import { drawOwnLossRows } from './descent-own-losses.ts';
import { shadowOf, shadowPath, type PlanePlace } from './plane.ts';
import { legendTitle, scaleOfPlanes } from './slice-scale.ts';
import { axisName } from './slice-words.ts';

export interface DescentScene extends DescentPlane {
  readonly data: StudyDisplay;
  readonly scale: 'log' | 'linear';
  readonly width: number;
  /** Of the losses beside the map. */
  readonly sideWidth: number;
  readonly isWide: boolean;
  readonly place: PlanePlace;
  /** Of each snapshot. */
  readonly epochs: readonly number[];
  /** The snapshot that the paths are shown up to. */
  readonly until: number;
  readonly focus: DescentPath | null;
  /** What depends on the moment and on who stands out. */
  readonly inputs: readonly unknown[];
  opacityOf(path: DescentPath): number;
}

const scaleOf = ({ slice, scale }: DescentScene): ContourScale =>
  scaleOfPlanes([slice], { quantity: 'loss', scale });

function drawGround(group: Group, scene: DescentScene): void {
  const { slice, place, isWide, unit } = scene;
  const { box, x, y } = place;
  const scale = scaleOf(scene);
  const values = slice.result.loss.values;
  drawFilledContours(group, box, { values, xs: slice.xs, ys: slice.ys, x, y }, scale);
  drawMapAxes(group, scene);
  drawColourBar(group, {
    x: isWide ? box.left : 8,
    y: box.bottom + 46,
    width: Math.min(300, box.right - box.left - 10),
    title: legendTitle('loss', scale, unit),
    scale,
    format: formatNumber,
  });
}

/** Ticks of a whole step within a grid. */
function ticksOf(values: ArrayLike<number>, step: number): number[] {
  const [low, high] = [values[0]!, values[values.length - 1]!];
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

function drawMapAxes(group: Group, { slice, place: { box, x, y }, isWide }: DescentScene): void {
  const fits = textWidth(axisName(slice, 0, false)) <= box.right - box.left;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: ticksOf(slice.xs, 2),
    yTicks: ticksOf(slice.ys, 2),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: axisName(slice, 0, !isWide && !fits),
    yName: axisName(slice, 1, false),
    grid: false,
  });
}

function drawLabels(group: Group, scene: DescentScene): void {
  const { slice, place } = scene;
  // As wide as a label is, so that none is written across a way.
  const taken = slice.tracks.flatMap(({ rows }) =>
    rows.flatMap((row): Point[] => {
      const [px, py] = shadowOf(slice, place, row);
      return [-16, 0, 16].map((dx) => [px + dx, py]);
    }),
  );
  const spot = (a: number, b: number): Point => [place.x(a), place.y(b)];
  const { xs, ys } = slice;
  const grid = { values: slice.result.loss.values, xs, ys, place: spot, taken };
  drawContourLabels(group, grid, scaleOf(scene), formatNumber);
}

const pointsOf = ({ slice, place, until }: DescentScene, { track }: DescentPath): Point[] =>
  shadowPath(slice, place, track, until);

/** The one that stands out lies over the others. */
function drawPaths(group: Group, scene: DescentScene): void {
  const { paths, focus, opacityOf } = scene;
  const others = paths.filter((path) => path !== focus);
  const drawn = [...others, ...(focus ? [focus] : [])].map((path) => ({
    path,
    points: pointsOf(scene, path),
  }));
  for (const { path, points } of drawn) drawPath(group, path, points, opacityOf(path));
  const start = drawn.flatMap(({ points }) => points.slice(0, 1))[0];
  if (start !== undefined) drawStart(group, start, 'currentColor', 5);
  for (const { path, points } of drawn) {
    const end = points.at(-1);
    if (end === undefined) continue;
    drawEnd(group, end, path.colour, 5)
      .attr('class', 'outlined')
      .attr('stroke-width', 1.25)
      .attr('opacity', opacityOf(path));
  }
}

function drawPath(
  group: Group,
  path: DescentPath,
  points: readonly Point[],
  opacity: number,
): void {
  const own = group.append('g').attr('opacity', opacity);
  const d = linePath(points);
  own.append('path').attr('class', 'casing').attr('stroke-width', 4.2).attr('d', d);
  own
    .append('path')
    .attr('class', 'line')
    .attr('stroke', path.colour)
    .attr('stroke-width', 2.4)
    .attr('stroke-dasharray', path.dash)
    .attr('d', d);
}

function drawNames(group: Group, scene: DescentScene): void {
  const { paths, place, epochs, until, opacityOf } = scene;
  const { box } = place;
  const marks = paths.flatMap((path) => {
    const points = pointsOf(scene, path);
    const at = points.at(-1);
    return at === undefined ? [] : [{ at, text: path.short, path, points }];
  });
  // A name may lie on a way, but not on one of the ends; the starts are one.
  const taken = marks.flatMap(({ points }) => points.slice(0, 1));
  const places = placeLabels(marks, box, taken);
  for (const [index, { at, text, path }] of marks.entries()) {
    const { x, y, side, anchor } = places[index]!;
    const own = group.append('g').attr('opacity', Math.max(0.45, opacityOf(path))) as Group;
    if (Math.abs(anchor[1] - at[1]) > 9)
      own
        .append('path')
        .attr('class', 'casing leader')
        .attr('stroke-width', 1)
        .attr('d', linePath([at, anchor]));
    writeText(own, { x, y, text, anchor: side, style: 'strong halo' });
  }
  writeText(group, {
    x: box.right - 8,
    y: box.bottom - 9,
    text: `epoch ${formatNumber(epochs[Math.floor(until)]!)}`,
    anchor: 'end',
    style: 'strong halo when',
  });
}

/** Beside the map, or on a phone in a sentence below it. */
function drawOwnLosses(group: Group, scene: DescentScene): void {
  const { isWide, width, sideWidth, place, until, focus, opacityOf } = scene;
  const { bottom } = place.box;
  if (isWide)
    drawOwnLossRows(group, scene, {
      left: width - sideWidth,
      right: width - 2,
      bottom: bottom + 6,
      until,
      opacityOf,
    });
  else
    writeWrapped(group, {
      x: 8,
      y: bottom + 120,
      text: sentenceAt(scene, focus, until),
      style: 'muted small',
      width: width - 8,
    });
}

const ground = ({ data, scale }: DescentScene): unknown[] => [data, scale];

export const descentPathsLayers: readonly Layer<DescentScene>[] = [
  { name: 'ground', inputs: ground, draw: drawGround },
  { name: 'contour-labels', inputs: ground, draw: drawLabels },
  { name: 'paths', inputs: ({ inputs }) => inputs, draw: drawPaths },
  { name: 'names', inputs: ({ inputs }) => inputs, draw: drawNames },
  { name: 'truth', inputs: ({ inputs, isWide }) => [...inputs, isWide], draw: drawOwnLosses },
];
