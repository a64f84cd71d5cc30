// How far each network is from its map: what the paper shows of its distance from the centre, and what stands off it.
import { median, scaleLinear } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { landscapeControls } from '../slices/landscape-numbers.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { betweenMoments } from '../kit/between-moments.ts';

type Landscape = NonNullable<RunDisplay['landscape']>;

export interface ProjectionDistanceState {
  /** Shows the networks at this snapshot; null for the end. */
  readonly until: number | null;
  readonly selected: number | null;
  /** Share of a distance, in percent, that the reader expects the paper to show. */
  readonly guess: number | null;
  readonly revealed: boolean;
}

const waiting = 'The distances are measured once training has ended.';

interface Distances {
  readonly snapshots: number;
  readonly networks: number;
  /** Along the paper from its centre, and off it. */
  at(snapshot: number, network: number): readonly [along: number, off: number];
  readonly largest: number;
}

function distancesOf({ coordinates, offPlane, snapshotSteps }: Landscape): Distances {
  const snapshots = snapshotSteps.length;
  const networks = offPlane.length / snapshots;
  const at = (s: number, n: number): readonly [number, number] => {
    const i = s * networks + n;
    return [Math.hypot(coordinates[2 * i]!, coordinates[2 * i + 1]!), offPlane[i]!];
  };
  let largest = 0;
  for (let s = 0; s < snapshots; s++)
    for (let n = 0; n < networks; n++)
      for (const value of at(s, n)) if (Number.isFinite(value)) largest = Math.max(largest, value);
  return { snapshots, networks, at, largest: largest || 1 };
}

/** Median share of a network's distance from the centre that the paper shows, at a snapshot. */
function shownShare({ networks, at }: Distances, snapshot: number): number {
  const shares = Array.from({ length: networks }, (_, n) => {
    const [along, off] = at(snapshot, n);
    return along / Math.hypot(along, off);
  });
  return median(shares.filter(Number.isFinite)) ?? NaN;
}

function paint(stage: Stage<RunDisplay, ProjectionDistanceState>): Picking | null {
  const { data, state, width } = stage;
  const { landscape } = data;
  const isMissing = landscape === null || landscape.kind === 'weights';
  stage.layer('absence', [isMissing], (group) => {
    if (isMissing) writeAbsence(group, width, stage.height, landscape === null ? waiting : exact);
  });
  if (isMissing) return null;
  const distances = distancesOf(landscape);
  const { networks, snapshots, at, largest } = distances;
  const last = snapshots - 1;
  const until = Math.min(state.until ?? last, last);
  const side = Math.min(width - 66, stage.environment.height - 112);
  const left = Math.max(50, (width - side) / 2);
  const box: Box = { left, right: left + side, top: 30, bottom: 30 + side };
  stage.setHeight(box.bottom + 76);
  const domain = [0, largest * 1.08];
  const x = scaleLinear(domain, [box.left, box.right]);
  const y = scaleLinear(domain, [box.bottom, box.top]);
  const place = (s: number, n: number): Point => {
    const [along, off] = at(s, n);
    return [x(along), y(off)];
  };
  const between = (n: number): Point => {
    const whole = Math.floor(until);
    const [a, b] = [place(whole, n), place(Math.min(last, whole + 1), n)];
    const share = until - whole;
    return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  };
  const selected = state.selected !== null && state.selected < networks ? state.selected : null;

  stage.layer('axes', [landscape, state.guess, state.revealed], (group) => {
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
    group
      .append('path')
      .attr('class', 'reference')
      .attr('d', `M${box.left},${box.bottom}L${box.right},${box.top}`);
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
    if (state.guess === null) return;
    // A share s of a distance on the map is a ray at the angle whose cosine is s.
    const share = Math.min(1, Math.max(0, state.guess / 100));
    const [dx, dy] = [share, Math.sqrt(1 - share * share)];
    const reach = side / Math.max(dx, dy);
    const end: Point = [box.left + dx * reach, box.bottom - dy * reach];
    group
      .append('path')
      .attr('class', 'guess-mark')
      .attr('d', linePath([[box.left, box.bottom], end]));
    const text = `your guess: ${formatPercent(share)}`;
    writeText(group, {
      x: Math.min(box.right - textWidth(text) - 4, box.left + dx * reach * 0.4 + 8),
      y: box.bottom - dy * reach * 0.4,
      text,
      style: 'guess-label halo',
    });
  });

  stage.layer('markers', [landscape, until, selected !== null, state.revealed], (group) => {
    if (!state.revealed) return;
    group.attr('opacity', selected === null ? 1 : 0.4);
    for (let n = 0; n < networks; n++) {
      const start = place(0, n);
      if (start.every(Number.isFinite)) drawStart(group, start, networkColour(n), 3);
    }
    if (until === 0) return;
    for (let n = 0; n < networks; n++) {
      const end = between(n);
      if (end.every(Number.isFinite))
        drawEnd(group, end, networkColour(n), 4.2)
          .attr('class', 'outlined')
          .attr('stroke-width', 0.75);
    }
  });
  stage.layer('selected', [landscape, until, selected, state.revealed], (group) => {
    if (selected === null || !state.revealed) return;
    const colour = networkColour(selected);
    const way = Array.from({ length: Math.floor(until) + 1 }, (_, s) => place(s, selected));
    const points = [...way, between(selected)].filter((point) => point.every(Number.isFinite));
    const end = points.at(-1);
    if (end === undefined) return;
    // The right angle that the map flattens: along it, then off it.
    group
      .append('path')
      .attr('class', 'line ink')
      .attr('stroke-width', 1.25)
      .attr('d', linePath([[box.left, box.bottom], [end[0], box.bottom], end]));
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', colour)
      .attr('stroke-width', 2)
      .attr('d', linePath(points));
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
  });
  stage.layer('keys', [landscape], (group) => {
    drawKeys(group, {
      x: 4,
      y: box.bottom + 62,
      width: width - 8,
      keys: [
        { mark: 'start', text: 'before training' },
        { mark: 'end', text: 'after training' },
      ],
    });
  });

  function* spots(): Generator<[number, Point]> {
    for (let n = 0; n < networks; n++) {
      yield [n, place(0, n)];
      if (until > 0) yield [n, between(n)];
    }
  }
  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(state.revealed ? spots() : [], [px, py], 24),
    say: (n) => {
      const [along, off] = at(Math.floor(until), n);
      return `network ${n}: ${formatNumber(along)} from the centre along the map, ${formatNumber(off)} off it`;
    },
  };
}

const exact = 'This map is the weights themselves: nothing is off it.';

function describe({ landscape }: RunDisplay, state: ProjectionDistanceState): string {
  if (landscape === null) return waiting;
  if (landscape.kind === 'weights') return exact;
  const distances = distancesOf(landscape);
  const last = distances.snapshots - 1;
  const s = Math.floor(Math.min(state.until ?? last, last));
  if (!state.revealed) return 'Distances along the map against distances off it, not yet shown.';
  const middle = (which: 0 | 1): string =>
    formatNumber(
      median(
        Array.from({ length: distances.networks }, (_, n) => distances.at(s, n)[which]).filter(
          Number.isFinite,
        ),
      ) ?? NaN,
    );
  return (
    `At step ${landscape.snapshotSteps[s]}, the median network lies ${middle(0)} from the centre along the map and ${middle(1)} off it: ` +
    `the map shows ${formatPercent(shownShare(distances, s))} of a network's distance (median of ${distances.networks}).`
  );
}

export const projectionDistance: Figure<RunDisplay, ProjectionDistanceState> = {
  name: 'projection-distance',
  initial: { until: null, selected: null, guess: null, revealed: true },
  height: (width) => Math.round(Math.min(width + 36, 500)),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'projection-distance',
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
  table({ landscape }, state) {
    const columns = [
      { name: 'Network' },
      { name: 'Distance from the centre along the map' },
      { name: 'Distance off the map' },
      { name: 'Share of its distance that the map shows' },
    ];
    if (landscape === null) return { columns, rows: [] };
    const { networks, snapshots, at } = distancesOf(landscape);
    const s = Math.floor(Math.min(state.until ?? snapshots - 1, snapshots - 1));
    return {
      columns,
      rows: Array.from({ length: networks }, (_, n) => {
        const [along, off] = at(s, n);
        return [n, along, off, along / Math.hypot(along, off)];
      }),
    };
  },
  // Only how far training has come: these distances are of the plane, whatever is drawn on it.
  controls: (run) => landscapeControls(run).filter(({ key }) => key === 'until'),
};
