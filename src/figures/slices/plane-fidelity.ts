// How far a flat picture can be trusted: every network's true loss beside the loss that the plane shows under it.
import { median, scaleLinear, scaleLog } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { landscapeControls, landscapeTable } from './landscape-numbers.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd, drawStart } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { linePath, type Point } from '../kit/path.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';

type Landscape = NonNullable<RunDisplay['landscape']>;

export interface PlaneFidelityState {
  /** Shows the networks at this snapshot; null for the end. */
  readonly until: number | null;
  readonly selected: number | null;
  /** Where the reader expects most networks to stand after training. */
  readonly guess: 'high' | 'right' | 'low' | null;
  /** Whether what training made of the networks is shown. */
  readonly revealed: boolean;
}

/** An exact zero has no place on a logarithmic axis: losses are drawn no lower than this share of the largest. */
const deepestShare = 1e-8;

function lossDomain(landscape: Landscape): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const values of [landscape.trueLoss, landscape.planeLoss])
    for (const value of values) {
      if (!Number.isFinite(value) || value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (high === 0) return [0.1, 1];
  return [Math.max(low, high * deepestShare) / 1.4, high * 1.4];
}

function paint(stage: Stage<RunDisplay, PlaneFidelityState>): Picking | null {
  const { data, state, width } = stage;
  const { landscape } = data;
  stage.layer('absence', [landscape === null], (group) => {
    if (landscape === null)
      writeAbsence(group, width, stage.height, 'The comparison is drawn once training has ended.');
  });
  if (landscape === null) return null;

  const snapshots = landscape.snapshotSteps.length;
  const networks = landscape.trueLoss.length / snapshots;
  const last = snapshots - 1;
  const until = state.revealed ? Math.min(state.until ?? last, last) : 0;
  const selected = state.selected !== null && state.selected < networks ? state.selected : null;
  const distanceHeight = 96;
  const box: Box = {
    left: 50,
    right: width - 14,
    top: 32,
    bottom: stage.height - 46 - 44 - distanceHeight,
  };
  const domain = lossDomain(landscape);
  const x = scaleLog(domain, [box.left, box.right]);
  const y = scaleLog(domain, [box.bottom, box.top]);
  const place = (s: number, n: number): Point => {
    const index = s * networks + n;
    const at = (value: number): number => Math.max(value, domain[0]);
    return [x(at(landscape.trueLoss[index]!)), y(at(landscape.planeLoss[index]!))];
  };
  /** Between two snapshots while training plays. */
  const now = (n: number): Point => {
    const whole = Math.floor(until);
    const [a, b] = [place(whole, n), place(Math.min(last, whole + 1), n)];
    return [a[0] + (until - whole) * (b[0] - a[0]), a[1] + (until - whole) * (b[1] - a[1])];
  };
  const nowOff = (n: number): number => {
    const at = (s: number): number => landscape.offPlane[Math.min(last, s) * networks + n]!;
    const whole = Math.floor(until);
    return at(whole) + (until - whole) * (at(whole + 1) - at(whole));
  };
  const unit = data.experiment.loss === 'cross-entropy' ? 'nats' : 'squared error';

  stage.layer('axes', [landscape, state.guess], (group) => {
    const ticks = (length: number, room: number): number[] =>
      logarithmicTicks(domain, Math.floor(length / room));
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: ticks(box.right - box.left, 56),
      yTicks: ticks(box.bottom - box.top, 30),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: `True training loss (${unit}; log scale)`,
      yName: `Loss on the plane, at the network's foot point (${unit})`,
    });
    group
      .append('path')
      .attr('class', 'reference')
      .attr('d', `M${box.left},${box.bottom}L${box.right},${box.top}`);
    writeText(group, {
      x: box.left + 8,
      y: box.top + 14,
      text: 'the picture is too high',
      style: 'muted halo',
    });
    // Under the words of the place that was guessed.
    if (state.guess === 'high') writeGuess(box.left + 8, box.top + 31, 'start');
    if (state.guess === 'low') writeGuess(box.right - 6, box.bottom - 27, 'end');
    writeText(group, {
      x: box.right - 6,
      y: box.bottom - 10,
      text: 'the picture is too low',
      anchor: 'end',
      style: 'muted halo',
    });
    const slope = Math.atan2(box.bottom - box.top, box.right - box.left);
    const middle = freeShare();
    const [cx, cy] = [
      box.left + middle * (box.right - box.left),
      box.bottom - middle * (box.bottom - box.top),
    ];
    writeText(group, {
      x: 0,
      y: -6,
      text: 'the picture is right',
      anchor: 'middle',
      style: 'muted small halo',
    }).attr(
      'transform',
      `translate(${cx.toFixed(1)},${cy.toFixed(1)}) rotate(${((-slope * 180) / Math.PI).toFixed(1)})`,
    );
    if (state.guess === 'right') writeGuess(cx + 8, cy + 22, 'start');

    function writeGuess(atX: number, atY: number, anchor: 'start' | 'end'): void {
      writeText(group, { x: atX, y: atY, text: 'your guess', anchor, style: 'guess-label halo' });
    }
  });

  /** Where along the diagonal its words are farthest from every marker. */
  function freeShare(): number {
    const clearance = (share: number): number => {
      const [cx, cy] = [
        box.left + share * (box.right - box.left),
        box.bottom - share * (box.bottom - box.top),
      ];
      let nearest = Infinity;
      for (let n = 0; n < networks; n++)
        for (const [px, py] of [place(0, n), place(last, n)])
          nearest = Math.min(nearest, Math.hypot(px - cx, py - cy) || Infinity);
      return nearest;
    };
    return [0.2, 0.35, 0.5, 0.65, 0.8].reduce((a, b) => (clearance(b) > clearance(a) ? b : a));
  }

  stage.layer('markers', [landscape, until, selected !== null, state.revealed], (group) => {
    group.attr('opacity', selected === null ? 1 : 0.5);
    for (let n = 0; n < networks; n++)
      drawIf(place(0, n), (at) => drawStart(group, at, networkColour(n), 3));
    if (!state.revealed) return;
    for (let n = 0; n < networks; n++)
      drawIf(now(n), (at) =>
        drawEnd(group, at, networkColour(n), 4.2)
          .attr('class', 'outlined')
          .attr('stroke-width', 0.75),
      );
  });

  // Distances share the map's unit; the extent of the plane is drawn to the same scale for comparison.
  const extent = landscape.xs.at(-1)! - landscape.xs[0]!;
  const ends = Array.from({ length: networks }, (_, n) => nowOff(n));
  const starts = Array.from({ length: networks }, (_, n) => landscape.offPlane[n]!);
  const farthest = landscape.offPlane.reduce(
    (a, b) => (Number.isFinite(b) ? Math.max(a, b) : a),
    0,
  );
  const stripTop = stage.height - distanceHeight - 2;
  const strip: Box = { left: 14, right: width - 14, top: stripTop + 4, bottom: stripTop + 48 };
  const d = scaleLinear([0, Math.max(extent, farthest)], [strip.left, strip.right]);

  stage.layer('distances', [landscape, until, selected !== null, state.revealed], (group) => {
    drawAxes(group, {
      box: strip,
      x: d,
      y: null,
      xTicks: d.ticks(6),
      xFormat: formatNumber,
      xName: 'Distance off the plane (in weight space)',
    });
    for (const [row, values] of [starts, ends].entries())
      for (const [n, value] of values.entries()) {
        if (!Number.isFinite(value) || (row === 1 && !state.revealed)) continue;
        const at: Point = [d(value), strip.top + 12 + row * 20];
        if (row === 0) drawStart(group, at, networkColour(n), 2.8);
        else drawEnd(group, at, networkColour(n), 3.4).attr('opacity', 0.8);
      }
    group
      .append('path')
      .attr('class', 'reference')
      .attr('d', `M${d(extent).toFixed(1)},${strip.top - 4}V${strip.bottom}`);
    writeText(group, {
      x: Math.min(d(extent), width - 8) - 5,
      y: strip.top - 8,
      text: `width of the map: ${formatNumber(extent)}`,
      anchor: 'end',
      style: 'muted small halo',
    });
  });

  stage.layer('keys', [landscape], (group) => {
    drawKeys(group, {
      x: box.left,
      y: box.bottom + 58,
      width: width - box.left,
      keys: [
        { mark: 'start', text: 'before training' },
        { mark: 'end', text: 'after training' },
      ],
    });
  });

  stage.layer('selected', [landscape, until, selected, state.revealed], (group) => {
    if (selected === null) return;
    const colour = networkColour(selected);
    const way = Array.from({ length: Math.floor(until) + 1 }, (_, s) => place(s, selected));
    const points = [...way, now(selected)].filter((point) => point.every(Number.isFinite));
    const end = points.at(-1);
    if (end === undefined) return;
    const path = linePath(points);
    group.append('path').attr('class', 'casing').attr('stroke-width', 4.5).attr('d', path);
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', colour)
      .attr('stroke-width', 2)
      .attr('d', path);
    drawStart(group, points[0]!, colour, 4);
    drawEnd(group, end, colour, 5.5).attr('class', 'outlined').attr('stroke-width', 1.5);
    const text = `network ${selected}`;
    const half = textWidth(text) / 2;
    writeText(group, {
      x: Math.min(box.right - half, Math.max(box.left + half + 4, end[0])),
      y: end[1] < box.top + 40 ? end[1] + 22 : end[1] - 11,
      text,
      anchor: 'middle',
      style: 'strong halo',
    });
    const distance = ends[selected]!;
    if (state.revealed && Number.isFinite(distance))
      drawEnd(group, [d(distance), strip.top + 32], colour, 6)
        .attr('class', 'outlined')
        .attr('stroke-width', 1.5);
  });

  function* marks(): Generator<[number, Point]> {
    for (let n = 0; n < networks; n++) {
      yield [n, place(0, n)];
      yield [n, now(n)];
      yield [n, [d(ends[n]!), strip.top + 32]];
    }
  }

  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 24),
    say: (n) => {
      const i = Math.floor(until) * networks + n;
      return (
        `network ${n}: true loss ${formatNumber(landscape.trueLoss[i]!)}, ` +
        `loss on the plane ${formatNumber(landscape.planeLoss[i]!)}, ` +
        `${formatNumber(ends[n]!)} off the plane`
      );
    },
  };
}

function drawIf(at: Point, draw: (at: Point) => unknown): void {
  if (at.every(Number.isFinite)) draw(at);
}

function describe(run: RunDisplay, state: PlaneFidelityState): string {
  const { landscape } = run;
  if (landscape === null) return 'The comparison is drawn once training has ended.';
  if (!state.revealed)
    return 'True losses against losses on the plane, before training; what training made of them is not yet shown.';
  const snapshots = landscape.snapshotSteps.length;
  const networks = landscape.trueLoss.length / snapshots;
  const last = (snapshots - 1) * networks;
  const finals = (values: Float32Array): number[] => Array.from(values.slice(last));
  const ratios = finals(landscape.planeLoss)
    .map((value, n) => value / landscape.trueLoss[last + n]!)
    .filter(Number.isFinite);
  const higher = ratios.filter((ratio) => ratio > 1).length;
  return (
    `After training the plane shows a loss that is ${formatNumber(median(ratios) ?? NaN)} times the true loss (median of ${ratios.length} networks); ` +
    `it is too high for ${higher} of them. ` +
    `The networks end ${formatNumber(median(finals(landscape.offPlane).filter(Number.isFinite)) ?? NaN)} away from the plane (median), ` +
    `on a map ${formatNumber(landscape.xs.at(-1)! - landscape.xs[0]!)} wide.`
  );
}

export const planeFidelity: Figure<RunDisplay, PlaneFidelityState> = {
  name: 'plane-fidelity',
  initial: { until: null, selected: null, guess: null, revealed: true },
  // A sticky picture on a phone has half the screen.
  height: (width) => Math.round(width < 460 ? 420 : Math.min(600, Math.max(480, width * 0.8))),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'plane-fidelity',
      container,
      data,
      state,
      environment,
      describe,
      paint,
      between(from, to, t) {
        const last = (data.landscape?.snapshotSteps.length ?? 1) - 1;
        const at = ({ until, revealed }: PlaneFidelityState): number =>
          revealed ? (until ?? last) : 0;
        const [a, b] = [at(from), at(to)];
        return a === b || !to.revealed ? null : { ...to, until: a + t * (b - a) };
      },
    }),
  describe,
  table: (run, state) => landscapeTable(run, state.revealed ? state.until : 0),
  controls: (run) => landscapeControls(run).filter(({ key }) => key === 'until'),
};
