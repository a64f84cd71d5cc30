// The layers of distances along and off a map: axes with what their corners mean, a reader's guess, all networks, the picked one.
import { scaleLinear } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group, Stage } from '../kit/stage.ts';
import {
  shownSnapshot,
  type Distances,
  type ProjectionDistanceState,
} from './projection-distance-data.ts';

export type DistanceScene = ReturnType<typeof placeDistances>;

export function placeDistances(
  distances: Distances,
  stage: Stage<RunDisplay, ProjectionDistanceState>,
) {
  const { state, width, environment } = stage;
  const { networks, largest } = distances;
  const side = Math.min(width - 66, environment.height - 112);
  const left = Math.max(50, (width - side) / 2);
  const box: Box = { left, right: left + side, top: 30, bottom: 30 + side };
  stage.setHeight(box.bottom + 76);
  const domain = [0, largest * 1.08];
  return {
    ...distances,
    state,
    width,
    side,
    box,
    until: shownSnapshot(distances, state.until),
    x: scaleLinear(domain, [box.left, box.right]),
    y: scaleLinear(domain, [box.bottom, box.top]),
    selected: state.selected !== null && state.selected < networks ? state.selected : null,
  };
}

export const snapshotPoint = ({ at, x, y }: DistanceScene, s: number, n: number): Point => {
  const [along, off] = at(s, n);
  return [x(along), y(off)];
};

/** Where a network is at the shown moment: between two snapshots, on the line that joins them. */
export function shownPoint(scene: DistanceScene, n: number): Point {
  const { until, snapshots } = scene;
  const whole = Math.floor(until);
  const a = snapshotPoint(scene, whole, n);
  const b = snapshotPoint(scene, Math.min(snapshots - 1, whole + 1), n);
  const share = until - whole;
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}

function drawDistanceAxes(group: Group, scene: DistanceScene): void {
  const { box, x, y, state } = scene;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(6),
    yTicks: y.ticks(6),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: 'Distance from the centre that the map shows',
    yName: 'Distance off the map (same unit: weight space)',
  });
  drawPath(group, 'reference', `M${box.left},${box.bottom}L${box.right},${box.top}`);
  writeText(group, {
    x: box.right - 8,
    y: box.top + 18,
    text: 'half and half',
    anchor: 'end',
    style: 'muted small halo',
  });
  writeText(group, {
    x: box.right - 6,
    y: box.bottom - 8,
    text: 'all of it on the map',
    anchor: 'end',
    style: 'muted halo',
  });
  writeText(group, {
    x: box.left + 8,
    y: box.top + 14,
    text: 'all of it off the map',
    style: 'muted halo',
  });
  if (state.guess !== null) drawGuess(group, scene, state.guess);
}

/** A share s of a distance on the map is a ray at the angle whose cosine is s. */
function drawGuess(group: Group, { box, side }: DistanceScene, guess: number): void {
  const share = Math.min(1, Math.max(0, guess / 100));
  const [dx, dy] = [share, Math.sqrt(1 - share * share)];
  const reach = side / Math.max(dx, dy);
  const end: Point = [box.left + dx * reach, box.bottom - dy * reach];
  drawPath(group, 'guess-mark', linePath([[box.left, box.bottom], end]));
  const text = `your guess: ${formatPercent(share)}`;
  writeText(group, {
    x: Math.min(box.right - textWidth(text) - 4, box.left + dx * reach * 0.4 + 8),
    y: box.bottom - dy * reach * 0.4,
    text,
    style: 'guess-label halo',
  });
}

function drawNetworks(group: Group, scene: DistanceScene): void {
  const { state, selected, networks, until } = scene;
  if (!state.revealed) return;
  group.attr('opacity', selected === null ? 1 : 0.4);
  for (let n = 0; n < networks; n++) {
    const start = snapshotPoint(scene, 0, n);
    if (start.every(Number.isFinite)) drawStart(group, start, networkColour(n), 3);
  }
  if (until === 0) return;
  for (let n = 0; n < networks; n++) {
    const end = shownPoint(scene, n);
    if (end.every(Number.isFinite))
      drawEnd(group, end, networkColour(n), 4.2)
        .attr('class', 'outlined')
        .attr('stroke-width', 0.75);
  }
}

function drawPicked(group: Group, scene: DistanceScene): void {
  const { selected, state, until, box, width, at } = scene;
  if (selected === null || !state.revealed) return;
  const colour = networkColour(selected);
  const path = Array.from({ length: Math.floor(until) + 1 }, (_, s) =>
    snapshotPoint(scene, s, selected),
  );
  const points = [...path, shownPoint(scene, selected)].filter((point) =>
    point.every(Number.isFinite),
  );
  const end = points.at(-1);
  if (end === undefined) return;
  // The right angle that the map flattens: along it, then off it.
  const angle = linePath([[box.left, box.bottom], [end[0], box.bottom], end]);
  drawPath(group, 'line ink', angle, { width: 1.25 });
  drawPath(group, 'line', linePath(points), { colour, width: 2 });
  drawStart(group, points[0]!, colour, 4);
  drawEnd(group, end, colour, 6).attr('class', 'outlined').attr('stroke-width', 1.5);
  const [along, off] = at(Math.floor(until), selected);
  const text = `network ${selected}: ${formatNumber(along)} along, ${formatNumber(off)} off`;
  const half = textWidth(text) / 2;
  writeText(group, {
    x: Math.min(width - half - 6, Math.max(box.left + half + 10, end[0] + 8)),
    y: end[1] - 12 < box.top + 28 ? end[1] + 24 : end[1] - 12,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}

function drawMarkKeys(group: Group, { box, width }: DistanceScene): void {
  drawKeys(group, {
    x: 4,
    y: box.bottom + 62,
    width: width - 8,
    keys: [
      { mark: 'start', text: 'before training' },
      { mark: 'end', text: 'after training' },
    ],
  });
}

export const distanceLayers: readonly Layer<DistanceScene>[] = [
  {
    name: 'axes',
    inputs: ({ landscape, state }) => [landscape, state.guess, state.revealed],
    draw: drawDistanceAxes,
  },
  {
    name: 'markers',
    inputs: ({ landscape, until, selected, state }) => [
      landscape,
      until,
      selected !== null,
      state.revealed,
    ],
    draw: drawNetworks,
  },
  {
    name: 'selected',
    inputs: ({ landscape, until, selected, state }) => [landscape, until, selected, state.revealed],
    draw: drawPicked,
  },
  { name: 'keys', inputs: ({ landscape }) => [landscape], draw: drawMarkKeys },
];
