// The ways of several rules of descent from one start, as shadows on one plane, with what the plane says of each and what is true.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import { drawContourLabels } from '../kit/contour-labels.ts';
import {
  controlsOfPaths,
  describePaths,
  fidelityOfPaths,
  noPaths,
  sentenceAt,
  tableOfPaths,
} from './descent-paths-words.ts';
import {
  epochsOf,
  shownPaths,
  type DescentPath,
  type DescentPlane,
  type DescentPathsState,
} from './descent-path-data.ts';
import { drawTruth } from './descent-truth.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { placeLabels } from '../kit/label-places.ts';
import { textWidth, writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import {
  drawPanelGround,
  placePanel,
  shadowOf,
  shadowPath,
  type PanelPlace,
} from './slice-panel.ts';
import { legendTitle, scaleOfPlanes } from './slice-scale.ts';
import { axisName } from './slice-words.ts';
import { openStage, type Group, type Stage } from '../kit/stage.ts';
import { betweenMoments } from '../kit/between-moments.ts';

/** From this width on there is room for own losses beside the map. */
const sideBySide = 600;
const sideWidth = 232;

/** A usual plane is about three quarters as tall as it is wide. */
function roomOf(width: number): Box {
  const right = width >= sideBySide ? width - sideWidth - 14 : width - 8;
  return { left: 36, right, top: 30, bottom: 30 + 0.77 * (right - 36) };
}

const surfaceOf = ({ slice }: DescentPlane): Float32Array => slice.result.loss.values;

function paint(stage: Stage<StudyDisplay, DescentPathsState>): null {
  const { data, state, width } = stage;
  const plane = shownPaths(data, state.show);
  stage.layer('absence', [plane === null], (group) => {
    if (plane === null) writeAbsence(group, width, stage.height, noPaths);
  });
  if (plane === null) return null;
  const { slice, paths, unit } = plane;
  const place = placePanel(slice.result, roomOf(width));
  const { box } = place;
  const isWide = width >= sideBySide;
  stage.setHeight(box.bottom + (isWide ? 96 : 128));
  const epochs = epochsOf(plane);
  const until = Math.min(state.until ?? epochs.length - 1, epochs.length - 1);
  const colours = { quantity: 'loss', scale: state.scale } as const;

  stage.layer('ground', [data, state.scale], (group) => {
    const scale = scaleOfPlanes([slice], colours);
    drawPanelGround(group, slice, surfaceOf(plane), place, scale);
    drawMapAxes(group, plane, place, isWide);
    drawColourBar(group, {
      x: isWide ? box.left : 8,
      y: box.bottom + 46,
      width: Math.min(300, box.right - box.left - 10),
      title: legendTitle('loss', scale, unit),
      scale,
      format: formatNumber,
    });
  });
  stage.layer('contour-labels', [data, state.scale], (group) => {
    const [xs, ys] = [slice.result.axes[0]!.values, slice.result.axes[1]!.values];
    // As wide as a label is, so that none is written across a way.
    const taken = slice.tracks.flatMap(({ rows }) =>
      rows.flatMap((row): Point[] => {
        const [px, py] = shadowOf(slice, place, row);
        return [-16, 0, 16].map((dx) => [px + dx, py]);
      }),
    );
    const spot = (a: number, b: number): Point => [place.x(a), place.y(b)];
    const grid = { values: surfaceOf(plane), xs, ys, place: spot, taken };
    drawContourLabels(group, grid, scaleOfPlanes([slice], colours), formatNumber);
  });

  const focus = paths.find(({ key }) => key === state.focus) ?? null;
  const opacityOf = (path: DescentPath): number => (focus === null || path === focus ? 1 : 0.3);
  const inOrder = focus === null ? paths : [...paths.filter((path) => path !== focus), focus];
  const pointsOf = ({ track }: DescentPath): Point[] =>
    shadowPath(slice, place, track, until).filter((point) => point.every(Number.isFinite));
  const moment = [data, state.show, until, focus];

  stage.layer('paths', moment, (group) => {
    for (const path of inOrder) drawPath(group, path, pointsOf(path), opacityOf(path));
    const start = inOrder.flatMap((path) => pointsOf(path).slice(0, 1))[0];
    if (start !== undefined) drawStart(group, start, 'currentColor', 5);
    for (const path of inOrder) {
      const end = pointsOf(path).at(-1);
      if (end === undefined) continue;
      drawEnd(group, end, path.colour, 5)
        .attr('class', 'outlined')
        .attr('stroke-width', 1.25)
        .attr('opacity', opacityOf(path));
    }
  });

  stage.layer('names', moment, (group) => {
    const marks = paths.flatMap((path) => {
      const points = pointsOf(path);
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
    const when = `epoch ${formatNumber(epochs[Math.floor(until)]!)}`;
    writeText(group, {
      x: box.right - 8,
      y: box.bottom - 9,
      text: when,
      anchor: 'end',
      style: 'strong halo when',
    });
  });

  stage.layer('truth', [...moment, isWide], (group) => {
    if (isWide)
      drawTruth(group, plane, {
        left: width - sideWidth,
        right: width - 2,
        bottom: box.bottom + 6,
        until,
        opacityOf,
      });
    else
      writeWrapped(group, {
        x: 8,
        y: box.bottom + 106,
        text: sentenceAt(plane, focus, until),
        style: 'muted small',
        width: width - 8,
      });
  });
  return null;
}

function drawMapAxes(
  group: Group,
  { slice }: DescentPlane,
  place: PanelPlace,
  isWide: boolean,
): void {
  const { box } = place;
  const [x, y] = [place.x, place.y] as never as [never, never];
  const ticks = (axis: 0 | 1, step: number): number[] => {
    const { values } = slice.result.axes[axis]!;
    const [low, high] = [values[0]!, values.at(-1)!];
    const first = Math.ceil(low / step);
    return Array.from(
      { length: Math.floor(high / step) - first + 1 },
      (_, i) => (first + i) * step,
    );
  };
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: ticks(0, 2),
    yTicks: ticks(1, 2),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: axisName(
      slice,
      0,
      !isWide && textWidth(axisName(slice, 0, false)) > box.right - box.left,
    ),
    yName: axisName(slice, 1, false),
    grid: false,
  });
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

export const descentPaths: Figure<StudyDisplay, DescentPathsState> = {
  name: 'descent-paths',
  initial: { show: 'all', scale: 'log', until: null, focus: null },
  height: (width) => Math.round(roomOf(width).bottom + (width >= sideBySide ? 96 : 128)),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'descent-paths',
      container,
      data,
      state,
      environment,
      describe: describePaths,
      paint,
      between(from, to, t) {
        const plane = shownPaths(data, to.show);
        if (plane === null || from.show !== to.show) return null;
        const last = epochsOf(plane).length - 1;
        return betweenMoments(from, to, t, last);
      },
    }),
  describe: describePaths,
  table: tableOfPaths,
  controls: controlsOfPaths,
  fidelity: fidelityOfPaths,
};
