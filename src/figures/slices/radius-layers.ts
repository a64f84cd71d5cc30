// The layers of the planes at three radii and with three rulers: the one that is chosen, large, and all nine, small.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import type { ContourScale } from '../kit/level-scale.ts';
import { networkColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import type { Group, Stage } from '../kit/stage.ts';
import {
  cutTo,
  radii,
  radiusNames,
  rulerName,
  rulerOf,
  rulers,
  type Cut,
  type RadiusAndRulerState,
  type RadiusView,
} from './radius-slices.ts';

export interface RadiusScene extends RadiusView {
  readonly state: RadiusAndRulerState;
  readonly width: number;
  readonly isNarrow: boolean;
  /** Of the large map. */
  readonly box: Box;
  readonly size: number;
  /** Left edge of the nine. */
  readonly second: number;
  /** Room for the names of radii. */
  readonly label: number;
  /** Side of a small map. */
  readonly small: number;
  /** Where a small map begins in its row or column. */
  at(index: number): number;
}

/** Between the small maps. */
const space = 5;

/** Pixels left of the large map, and between it and the nine. */
const [gutterOf, gapOf] = [
  (isNarrow: boolean): number => (isNarrow ? 32 : 40),
  (isNarrow: boolean): number => (isNarrow ? 26 : 44),
];

/** Side of the large map, before it is rounded. */
function sideOf(width: number): number {
  const isNarrow = width < 480;
  return Math.min(270, (width - gutterOf(isNarrow) - gapOf(isNarrow) - 4) / 2);
}

export const radiusHeight = (width: number): number => Math.round(50 + sideOf(width) + 46 + 62);

export function placeRadius(
  view: RadiusView,
  { state, width }: Stage<StudyDisplay, RadiusAndRulerState>,
): RadiusScene {
  const isNarrow = width < 480;
  const [gutter, gap] = [gutterOf(isNarrow), gapOf(isNarrow)];
  const size = Math.floor(sideOf(width));
  const left = gutter + Math.max(0, (width - gutter - gap - 2 * size) / 2);
  const box: Box = { left, right: left + size, top: 50, bottom: 50 + size };
  const label = isNarrow ? 12 : 16;
  const small = (size - 2 * space - label) / 3;
  return {
    ...view,
    state,
    width,
    isNarrow,
    box,
    size,
    second: box.right + gap,
    label,
    small,
    at: (index) => index * (small + space),
  };
}

/** Where so few points remain, each is marked: what lies between them is drawn, not known. */
const markedFrom = 11;

function drawCut(group: Group, box: Box, cut: Cut, scale: ContourScale): void {
  const x = scaleLinear([cut.xs[0]!, cut.xs.at(-1)!], [box.left, box.right]);
  const y = scaleLinear([cut.ys[0]!, cut.ys.at(-1)!], [box.bottom, box.top]);
  // Ground above a clipped ruler is level in the picture too.
  const values = cut.values.map((value) => Math.min(value, scale.maximum));
  drawFilledContours(group, box, { values, xs: cut.xs, ys: cut.ys, x, y }, scale);
}

function drawLarge(group: Group, scene: RadiusScene): void {
  const { plane, box, state } = scene;
  const cut = cutTo(plane, state.radius);
  const scale = rulerOf(plane, cut, state.ruler);
  drawCut(group, box, cut, scale);
  const x = scaleLinear([cut.xs[0]!, cut.xs.at(-1)!], [box.left, box.right]);
  const y = scaleLinear([cut.ys[0]!, cut.ys.at(-1)!], [box.bottom, box.top]);
  if (cut.xs.length <= markedFrom)
    group
      .append('path')
      .attr('class', 'dots grid-points')
      .attr('stroke-width', 2)
      .attr('d', dotsPath(cut.ys.flatMap((b) => cut.xs.map((a): Point => [x(a), y(b)]))));
  group
    .append('circle')
    .attr('class', 'outlined')
    .attr('cx', x(0).toFixed(1))
    .attr('cy', y(0).toFixed(1))
    .attr('r', 4.5)
    .attr('stroke-width', 1.5)
    .attr('fill', networkColour(0));
  drawLargeWords(group, scene, cut, scale);
}

function drawLargeWords(group: Group, scene: RadiusScene, cut: Cut, scale: ContourScale): void {
  const { plane, box, state, isNarrow, width, second, size } = scene;
  const x = scaleLinear([cut.xs[0]!, cut.xs.at(-1)!], [box.left, box.right]);
  const y = scaleLinear([cut.ys[0]!, cut.ys.at(-1)!], [box.bottom, box.top]);
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(isNarrow ? 3 : 5),
    yTicks: y.ticks(isNarrow ? 3 : 5),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: isNarrow ? 'random direction 1' : 'random direction 1 (lengths of the weights)',
    yName: 'random direction 2',
    grid: false,
  });
  writeText(group, {
    x: box.left - (isNarrow ? 30 : 0),
    y: 14,
    text: `Radius ${radiusNames[state.radius]}, ${rulerName(state.ruler, plane)}${state.ruler === 'clipped' ? '' : ' scale'}`,
    style: 'strong',
  });
  drawColourBar(group, {
    x: box.left,
    y: box.bottom + 46,
    width: isNarrow ? width - box.left - 14 : second + size - box.left,
    title: `Training loss (nats${scale.logarithmic ? '; log scale' : ''}): ${formatNumber(cut.low)} to ${formatNumber(cut.high)} here`,
    scale,
    format: formatNumber,
  });
}

function drawNine(group: Group, scene: RadiusScene): void {
  const { plane, box, isNarrow, second, label, small, at } = scene;
  writeText(group, {
    x: second,
    y: 14,
    text: isNarrow ? 'By radius and scale' : 'The same ground, by radius and colour scale',
    style: 'strong',
  });
  if (!isNarrow) writeText(group, { x: second - 8, y: 42, text: 'radius', style: 'muted small' });
  for (const [column, ruler] of rulers.entries())
    writeText(group, {
      x: second + label + at(column) + small / 2,
      y: 42,
      text: ruler,
      anchor: 'middle',
      style: 'muted small',
    });
  for (const [row, radius] of radii.entries()) {
    writeText(group, {
      x: second + label - 5,
      y: box.top + at(row) + small / 2 + 4,
      text: radiusNames[radius],
      anchor: 'end',
      style: 'muted small',
    });
    const cut = cutTo(plane, radius);
    for (const [column, ruler] of rulers.entries()) {
      const from = { left: second + label + at(column), top: box.top + at(row) };
      drawCut(
        group,
        { ...from, right: from.left + small, bottom: from.top + small },
        cut,
        rulerOf(plane, cut, ruler, 6),
      );
    }
  }
}

function drawChosen(group: Group, { box, second, label, small, at, state }: RadiusScene): void {
  const [row, column] = [radii.indexOf(state.radius), rulers.indexOf(state.ruler)];
  group
    .append('rect')
    .attr('class', 'panel-edge chosen-cell')
    .attr('x', (second + label + at(column) - 1).toFixed(1))
    .attr('y', (box.top + at(row) - 1).toFixed(1))
    .attr('width', (small + 2).toFixed(1))
    .attr('height', (small + 2).toFixed(1));
}

export const radiusLayers: readonly Layer<RadiusScene>[] = [
  {
    name: 'large',
    inputs: ({ plane, state }) => [plane.slice, state.radius, state.ruler],
    draw: drawLarge,
  },
  { name: 'nine', inputs: ({ plane }) => [plane.slice], draw: drawNine },
  { name: 'chosen', inputs: ({ state }) => [state.radius, state.ruler], draw: drawChosen },
];
