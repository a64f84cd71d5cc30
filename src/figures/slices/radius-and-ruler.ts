// One slice of one network, nine times: at three radii and with three rulers. Only the mood changes.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeAbsence, writeText } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import { contourable, contourValue, type LevelScale } from '../kit/level-scale.ts';
import { networkColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import {
  clipOf,
  cutTo,
  planeOf,
  radii,
  rulerOf,
  rulers,
  type Cut,
  type Plane,
  type Radius,
  type Ruler,
} from './radius-slices.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';

export interface RadiusAndRulerState {
  readonly radius: Radius;
  readonly ruler: Ruler;
}

const absence = 'This study has no plane of random directions to draw.';
const radiusNames: Readonly<Record<Radius, string>> = { 1: '1', 0.5: '½', 0.25: '¼' };

/** Where so few points remain, each is marked: what lies between them is drawn, not known. */
const markedFrom = 11;

function drawCut(group: Group, box: Box, cut: Cut, scale: LevelScale): void {
  const x = scaleLinear([cut.xs[0]!, cut.xs.at(-1)!], [box.left, box.right]);
  const y = scaleLinear([cut.ys[0]!, cut.ys.at(-1)!], [box.bottom, box.top]);
  const lowest = scale.bands.find(({ high }) => high > cut.low) ?? scale.bands.at(-1)!;
  group
    .append('rect')
    .attr('x', box.left.toFixed(1))
    .attr('y', box.top.toFixed(1))
    .attr('width', (box.right - box.left).toFixed(1))
    .attr('height', (box.bottom - box.top).toFixed(1))
    .attr('fill', lowest.colour);
  // The end of a clipped ruler is a contour too: above it there is one colour.
  const thresholds = [...scale.thresholds, scale.maximum].filter(
    (threshold) => threshold > cut.low && threshold < cut.high,
  );
  const grid = { values: contourable(cut.values, scale), xs: cut.xs, ys: cut.ys, x, y };
  const lines = levels(
    scale.maximum < cut.high ? { ...grid, values: Float64Array.from(cut.values) } : grid,
    thresholds.map((threshold) => contourValue(threshold, scale)),
  );
  for (const [index, level] of lines.entries()) {
    const threshold = thresholds[index]!;
    const band = scale.bands.find(({ low }) => low >= threshold * (1 - 1e-9));
    group
      .append('path')
      .attr('class', 'contour')
      .attr('fill', band?.colour ?? scale.colour(Infinity))
      .attr('d', level.path);
  }
}

const inNumber = (radius: Radius): string => radiusNames[radius];

function rulerName(ruler: Ruler, plane: Plane): string {
  return ruler === 'clipped' ? `clipped at ${formatNumber(clipOf(plane))}` : ruler;
}

function paint(stage: Stage<StudyDisplay, RadiusAndRulerState>): Picking | null {
  const { data, state, width, height } = stage;
  const plane = planeOf(data);
  stage.layer('absence', [plane === null], (group) => {
    if (plane === null) writeAbsence(group, width, height, absence);
  });
  if (plane === null) return null;

  const isNarrow = width < 480;
  const gutter = isNarrow ? 32 : 40;
  const gap = isNarrow ? 26 : 44;
  const size = Math.floor(Math.min(270, (width - gutter - gap - 4) / 2));
  const left = gutter + Math.max(0, (width - gutter - gap - 2 * size) / 2);
  const box: Box = { left, right: left + size, top: 50, bottom: 50 + size };
  const second = box.right + gap;

  stage.layer('large', [plane.slice, state.radius, state.ruler], (group) => {
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
      text: `Radius ${inNumber(state.radius)}, ${rulerName(state.ruler, plane)}${state.ruler === 'clipped' ? '' : ' ruler'}`,
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
  });

  const space = 5;
  const label = isNarrow ? 12 : 16;
  const small = (size - 2 * space - label) / 3;
  const at = (index: number): number => index * (small + space);
  stage.layer('nine', [plane.slice], (group) => {
    writeText(group, {
      x: second,
      y: 14,
      text: isNarrow ? 'By radius and ruler' : 'The same ground, by radius and ruler',
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
        text: inNumber(radius),
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
  });
  stage.layer('chosen', [state.radius, state.ruler], (group) => {
    const [row, column] = [radii.indexOf(state.radius), rulers.indexOf(state.ruler)];
    group
      .append('rect')
      .attr('class', 'panel-edge chosen-cell')
      .attr('x', (second + label + at(column) - 1).toFixed(1))
      .attr('y', (box.top + at(row) - 1).toFixed(1))
      .attr('width', (small + 2).toFixed(1))
      .attr('height', (small + 2).toFixed(1));
  });
  return null;
}

function describe(data: StudyDisplay, state: RadiusAndRulerState): string {
  const plane = planeOf(data);
  if (plane === null) return absence;
  const cut = cutTo(plane, state.radius);
  return (
    `Training loss around one network on one plane of two random directions, drawn nine times: at radius 1, a half and a quarter, with a linear, a logarithmic and a clipped ruler. ` +
    `Large: radius ${inNumber(state.radius)}, ${rulerName(state.ruler, plane)}, ${cut.xs.length} by ${cut.ys.length} points, ` +
    `losses from ${formatNumber(cut.low)} to ${formatNumber(cut.high)} nats. All nine show the same evaluated losses.`
  );
}

export const radiusAndRuler: Figure<StudyDisplay, RadiusAndRulerState> = {
  name: 'radius-and-ruler',
  initial: { radius: 1, ruler: 'linear' },
  height: (width) => {
    const isNarrow = width < 480;
    const size = Math.min(270, (width - (isNarrow ? 32 : 40) - (isNarrow ? 26 : 44) - 4) / 2);
    return Math.round(50 + size + 46 + 48);
  },
  draw: (container, data, state, environment) =>
    openStage({ name: 'radius-and-ruler', container, data, state, environment, describe, paint }),
  describe,
  table(data) {
    const plane = planeOf(data);
    return {
      columns: [
        { name: 'radius', unit: "lengths of the network's weights" },
        { name: 'points a side' },
        { name: 'lowest loss', unit: 'nats' },
        { name: 'highest loss', unit: 'nats' },
        { name: 'highest over lowest' },
      ],
      rows: plane
        ? radii.map((radius) => {
            const cut = cutTo(plane, radius);
            return [radius, cut.xs.length, cut.low, cut.high, cut.high / cut.low];
          })
        : [],
    };
  },
  controls: () => [
    {
      key: 'radius',
      name: 'Radius',
      kind: 'choice',
      options: radii.map((value) => ({ value, text: radiusNames[value] })),
    },
    {
      key: 'ruler',
      name: 'Ruler',
      kind: 'choice',
      options: rulers.map((value) => ({ value, text: value })),
    },
  ],
  fidelity(data, state) {
    const plane = planeOf(data);
    if (plane === null) return [];
    const cut = cutTo(plane, state.radius);
    return [
      `A plane of two random directions through the trained network, each scaled filter by filter to the network's own weights; radius: ${plane.slice.radius}.`,
      `All nine panels are cut from one grid of ${plane.size} by ${plane.size} evaluated points; here ${cut.xs.length} by ${cut.ys.length} of them. None was interpolated.`,
      `Training loss, computed on ${data.provider}. The solid dot lies on the plane: its height is exact.`,
      'Linear and log rulers run from the lowest to the highest loss of their own panel; the clipped one is the same in every panel.',
    ];
  },
};
