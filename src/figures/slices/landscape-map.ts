// The landscape from above: contours of the loss on a plane through weight space, and the paths projected onto it.
import { median, scaleLinear } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import { drawContourLabels } from '../kit/contour-labels.ts';
import { drawDistanceBar } from '../kit/distance-bar.ts';
import type { Figure } from '../kit/figure.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { formatNumber, formatPercent, formatShare } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import { landscapeControls, landscapeTable } from './landscape-numbers.ts';
import { levelScale } from '../kit/level-scale.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { linePath, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { scaleControl } from '../kit/common-controls.ts';
import { betweenMoments } from '../kit/between-moments.ts';

type Landscape = NonNullable<RunDisplay['landscape']>;
type SurfaceQuantity = 'loss' | 'testLoss' | 'accuracy';

export interface LandscapeMapState {
  /** Shows the paths up to this snapshot; null for the whole way. */
  readonly until: number | null;
  readonly quantity: SurfaceQuantity;
  readonly scale: 'log' | 'linear';
  readonly selected: number | null;
}

const surfaceNames: Readonly<Record<SurfaceQuantity, string>> = {
  loss: 'Training loss on the plane',
  testLoss: 'Test loss on the plane',
  accuracy: 'Training accuracy on the plane',
};

const surfaceOf = (landscape: Landscape, quantity: SurfaceQuantity): Float32Array | null =>
  landscape[quantity];

/** Name of a plane direction, with the share of variance it carries. */
function directionName(landscape: Landscape, direction: 0 | 1, isShort: boolean): string {
  if (landscape.kind === 'weights') return direction === 0 ? 'Weight a' : 'Weight b';
  const share = landscape.explainedVariance[direction];
  const name = `PC ${direction + 1}`;
  if (share === undefined) return name;
  const variance = `${formatPercent(share)} of variance`;
  return isShort ? `${name} (${variance})` : `${name} (${variance}; distance in weight space)`;
}

/** The box of equal scales on both axes that fits into the room: a distance is a distance in every direction. */
function equalBox(landscape: Landscape, room: Box): Box {
  const across = landscape.xs.at(-1)! - landscape.xs[0]!;
  const up = landscape.ys.at(-1)! - landscape.ys[0]!;
  const unit = Math.min((room.right - room.left) / across, (room.bottom - room.top) / up);
  const left = room.left + (room.right - room.left - unit * across) / 2;
  return { left, right: left + unit * across, top: room.top, bottom: room.top + unit * up };
}

function paint(stage: Stage<RunDisplay, LandscapeMapState>): Picking | null {
  const { data, state, width } = stage;
  const { landscape } = data;
  const surface = landscape === null ? null : surfaceOf(landscape, state.quantity);
  const isMissing = landscape === null || surface === null;
  stage.layer('absence', [isMissing], (group) => {
    if (isMissing)
      writeAbsence(
        group,
        width,
        stage.height,
        landscape === null
          ? 'The landscape is computed once training has ended.'
          : `This run has no ${surfaceNames[state.quantity].toLowerCase()}.`,
      );
  });
  if (landscape === null || surface === null) return null;

  const snapshots = landscape.snapshotSteps.length;
  const networks = landscape.trueLoss.length / snapshots;
  const isNarrow = width < 460;
  const footHeight = isNarrow ? 148 : 156;
  const footLeft = isNarrow ? 4 : 44;
  const footWidth = width - footLeft - 12;
  const room: Box = {
    left: 44,
    right: width - 12,
    top: 28,
    bottom: stage.environment.height - footHeight,
  };
  const box = equalBox(landscape, room);
  stage.setHeight(box.bottom + footHeight);
  const extentX = [landscape.xs[0]!, landscape.xs.at(-1)!] as const;
  const extentY = [landscape.ys[0]!, landscape.ys.at(-1)!] as const;
  const x = scaleLinear(extentX, [box.left, box.right]);
  const y = scaleLinear(extentY, [box.bottom, box.top]);
  const isShare = state.quantity === 'accuracy';
  const format = isShare ? formatPercent : formatNumber;
  const view = [surface, landscape.xs, landscape.ys, state.scale];

  const scaleOptions = { logarithmic: state.scale === 'log' && !isShare, highIsDark: isShare };
  stage.layer('surface', view, (group) => {
    const scale = levelScale(surface, scaleOptions);
    const grid = { values: surface, xs: landscape.xs, ys: landscape.ys, x, y };
    drawFilledContours(group, box, grid, scale);
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 80))),
      yTicks: y.ticks(Math.max(3, Math.floor((box.bottom - box.top) / 60))),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: directionName(landscape, 0, isNarrow),
      yName: directionName(landscape, 1, isNarrow),
      grid: false,
    });
    const unit = data.experiment.loss === 'cross-entropy' ? 'nats' : 'squared error';
    drawColourBar(group, {
      x: footLeft,
      y: box.bottom + 46,
      width: Math.min(320, footWidth - 10),
      title: isShare
        ? surfaceNames[state.quantity]
        : `${surfaceNames[state.quantity]} (${unit}${scale.logarithmic ? '; log scale' : ''})`,
      scale,
      format,
    });
  });

  const obstacles = [landscape.coordinates, landscape.snapshotSteps];
  stage.layer('contour-labels', [...view, ...obstacles], (group) => {
    const scale = levelScale(surface, scaleOptions);
    const taken: Point[] = Array.from({ length: snapshots * networks }, (_, index) => [
      x(landscape.coordinates[2 * index]!),
      y(landscape.coordinates[2 * index + 1]!),
    ]);
    const place = (a: number, b: number): Point => [x(a), y(b)];
    const { xs, ys } = landscape;
    drawContourLabels(group, { values: surface, xs, ys, place, taken }, scale, format);
  });

  const until = Math.min(state.until ?? snapshots - 1, snapshots - 1);
  const at = (s: number, n: number): Point => [
    x(landscape.coordinates[2 * (s * networks + n)]!),
    y(landscape.coordinates[2 * (s * networks + n) + 1]!),
  ];
  function pathOf(n: number): Point[] {
    const points: Point[] = [];
    for (let s = 0; s <= until; s++) points.push(at(s, n));
    const whole = Math.floor(until);
    if (until > whole && whole + 1 < snapshots) {
      const [a, b] = [at(whole, n), at(whole + 1, n)];
      const share = until - whole;
      points.push([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]);
    }
    return points.filter((point) => point.every(Number.isFinite));
  }

  const selected = state.selected !== null && state.selected < networks ? state.selected : null;
  const pathInputs = [landscape.coordinates, landscape.xs, until];
  stage.layer('paths', [...pathInputs, selected !== null], (group) => {
    const isCrowd = networks > 1;
    const paths = Array.from({ length: networks }, (_, n) => pathOf(n));
    const lines = group.append('g').attr('opacity', selected === null ? 0.9 : 0.45);
    for (const [n, points] of paths.entries()) {
      if (points.length === 0) continue;
      drawTrack(lines, points, n, isCrowd ? 1.4 : 2);
    }
    for (const [n, points] of paths.entries()) {
      const start = points[0];
      if (start !== undefined) drawStart(lines, start, networkColour(n), isCrowd ? 2.6 : 4);
    }
    for (const [n, points] of paths.entries()) {
      const end = points.at(-1);
      if (end !== undefined)
        drawEnd(lines, end, networkColour(n), isCrowd ? 3.4 : 5)
          .attr('class', 'outlined')
          .attr('stroke-width', 1);
    }
  });

  const nearestSnapshot = Math.round(until);
  stage.layer('selected', [...pathInputs, landscape.offPlane, selected], (group) => {
    if (selected === null) return;
    const points = pathOf(selected);
    const [start, end] = [points[0], points.at(-1)];
    if (start === undefined || end === undefined) return;
    const colour = networkColour(selected);
    drawTrack(group, points, selected, 2.75);
    drawStart(group, start, colour, 4.5);
    drawEnd(group, end, colour, 5.5).attr('class', 'outlined').attr('stroke-width', 1.5);
    const text = `network ${selected}`;
    const half = textWidth(text, 12) / 2;
    writeText(group, {
      x: Math.min(box.right - half - 4, Math.max(box.left + half + 4, end[0])),
      y: end[1] - 12 < box.top + 12 ? end[1] + 22 : end[1] - 12,
      text,
      anchor: 'middle',
      style: 'strong halo',
    });
  });

  stage.layer(
    'fidelity',
    [...pathInputs, landscape.offPlane, landscape.trueLoss, selected],
    (group) => {
      const index = (n: number): number => nearestSnapshot * networks + n;
      const distances = Array.from({ length: networks }, (_, n) => landscape.offPlane[index(n)]!);
      const typical = median(distances.filter(Number.isFinite)) ?? 0;
      const top = box.bottom + 104;
      if (landscape.kind === 'weights') {
        writeWrapped(group, {
          x: footLeft,
          y: top + 6,
          text: 'The axes are the two weights themselves: nothing is off this plane, and every height is exact.',
          style: 'muted',
          width: footWidth,
        });
        return;
      }
      const distance = selected === null ? typical : distances[selected]!;
      drawDistanceBar(group, {
        x: footLeft,
        y: top,
        unit: x(1) - x(0),
        distance,
        width: footWidth,
      });
      writeWrapped(group, {
        x: footLeft,
        y: top + 18,
        text:
          selected === null
            ? `median distance of the networks from this plane, to scale: ${formatNumber(typical)}`
            : `network ${selected} is ${formatNumber(distance)} away from this plane: its true loss is ` +
              `${formatNumber(landscape.trueLoss[index(selected)]!)}, under it the plane shows ` +
              `${formatNumber(landscape.planeLoss[index(selected)]!)}`,
        style: 'muted',
        width: footWidth,
      });
    },
  );

  function* marks(): Generator<[number, Point]> {
    for (let n = 0; n < networks; n++) for (let s = 0; s <= until; s++) yield [n, at(s, n)];
  }

  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 28),
    say: (n) => {
      const index = nearestSnapshot * networks + n;
      return (
        `network ${n}: true loss ${formatNumber(landscape.trueLoss[index]!)}, ` +
        `loss on the plane ${formatNumber(landscape.planeLoss[index]!)}, ` +
        `${formatNumber(landscape.offPlane[index]!)} off the plane`
      );
    },
  };
}

function drawTrack(group: Group, points: readonly Point[], n: number, thickness: number): void {
  const d = linePath(points);
  group
    .append('path')
    .attr('class', 'casing')
    .attr('stroke-width', thickness + 1.6)
    .attr('d', d);
  group
    .append('path')
    .attr('class', 'line')
    .attr('stroke', networkColour(n))
    .attr('stroke-width', thickness)
    .attr('d', d);
}

function describe(run: RunDisplay, state: LandscapeMapState): string {
  const { landscape } = run;
  if (landscape === null) return 'The landscape is computed once training has ended.';
  const snapshots = landscape.snapshotSteps.length;
  const networks = landscape.trueLoss.length / snapshots;
  const last = (values: Float32Array): number[] =>
    Array.from(values.slice((snapshots - 1) * networks)).filter(Number.isFinite);
  const surface = surfaceOf(landscape, state.quantity);
  const format = state.quantity === 'accuracy' ? formatPercent : formatNumber;
  const finite = surface === null ? [] : Array.from(surface).filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const [first, second] = landscape.explainedVariance;
  const variance =
    first === undefined || second === undefined
      ? ''
      : ` The plane holds ${formatShare(first + second)} of the variance.`;
  return (
    `Contours of ${surfaceNames[state.quantity].toLowerCase()}, from ${format(low)} to ${format(high)}, ` +
    `and the paths of ${networks === 1 ? 'one network' : `${networks} networks`}, start hollow, end solid.${variance} ` +
    `At the end the median true loss is ${formatNumber(median(last(landscape.trueLoss)) ?? NaN)}, ` +
    `the median loss on the plane ${formatNumber(median(last(landscape.planeLoss)) ?? NaN)}, ` +
    `the median distance off the plane ${formatNumber(median(last(landscape.offPlane)) ?? NaN)}.`
  );
}

export const landscapeMap: Figure<RunDisplay, LandscapeMapState> = {
  name: 'landscape-map',
  initial: { until: null, quantity: 'loss', scale: 'log', selected: null },
  height: (width) => Math.round(width < 460 ? 0.72 * width + 176 : Math.min(640, 0.9 * width)),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'landscape-map',
      container,
      data,
      state,
      environment,
      describe,
      paint,
      between(from, to, t) {
        const last = (data.landscape?.snapshotSteps.length ?? 1) - 1;
        return betweenMoments(from, to, t, last);
      },
    }),
  describe,
  table: (run, state) => landscapeTable(run, state.until),
  controls: (run) => [...landscapeControls(run), scaleControl('Colours')],
};
