// Fifty curves over time: what every network's loss, accuracy or gradient did while it trained.
import { median, scaleLinear, scaleLog } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import type { Figure, FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, writeAbsence, writeText } from '../kit/labels.ts';
import { networkColour } from '../kit/palette.ts';
import { drawCross, drawEnds } from '../kit/marks.ts';
import { linePath, simplify, type Point } from '../kit/path.ts';
import {
  countNetworks,
  quantities,
  quantityOptions,
  unitOf,
  valueAt,
  type Quantity,
} from '../kit/quantities.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { scaleControl, epochControl } from '../kit/common-controls.ts';
import { betweenMoments } from '../kit/until-motion.ts';

export interface LossCurvesState {
  /** Shows the curves up to this epoch; null for all of them. */
  readonly until: number | null;
  readonly quantity: Quantity;
  readonly scale: 'linear' | 'log';
  readonly selected: number | null;
  /** A guess of the median's final training loss: a line across the curves of that quantity. */
  readonly guess: number | null;
}

/** A thin line may leave out points that move it by less than this, in pixels. */
const finest = 0.2;

interface EndLabel {
  readonly y: number;
  readonly text: string;
  readonly value: number;
  readonly style: string;
}

/** The middle network at each record; NaN once all have diverged. */
function medians(series: Float32Array, networks: number): Float32Array {
  const records = series.length / networks;
  return Float32Array.from({ length: records }, (_, record) => {
    const values = series.subarray(record * networks, (record + 1) * networks);
    return median(Array.from(values).filter(Number.isFinite)) ?? NaN;
  });
}

/** Limits of the values drawn: shares keep their ceiling at 1, logarithms stay above zero. */
function domainOf(
  series: Float32Array,
  isShare: boolean,
  logarithmic: boolean,
  guess: number | null,
): [number, number] {
  let low = guess ?? Infinity;
  let high = guess ?? -Infinity;
  for (const value of series) {
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return logarithmic ? [0.1, 1] : [0, 1];
  if (isShare) return [Math.min(low, 0.95), 1];
  if (logarithmic) return low === high ? [low / 2, high * 2] : [low / 1.2, high * 1.2];
  return [0, high === 0 ? 1 : high];
}

function paint(stage: Stage<RunDisplay, LossCurvesState>): Picking | null {
  const { data, state, width, height } = stage;
  const { curves, experiment, statistics } = data;
  const facts = quantities[state.quantity];
  const series = facts.series(curves);
  const networks = countNetworks(curves);
  if (series === null || networks === 0) {
    stage.layer('absence', [state.quantity, series], (group) =>
      writeAbsence(group, width, height, `This run has no ${facts.name.toLowerCase()} to draw.`),
    );
    return null;
  }

  const epochs = curves.epochs;
  const lastEpoch = Math.max(experiment.epochs, epochs.at(-1) ?? 0);
  const until = Math.min(state.until ?? lastEpoch, epochs.at(-1) ?? 0);
  const logarithmic = state.scale === 'log' && !facts.isShare;
  const box: Box = { left: 46, right: width - 98, top: 32, bottom: height - 46 };
  const x = scaleLinear([0, lastEpoch], [box.left, box.right]);
  const guess = state.quantity === 'trainLoss' ? state.guess : null;
  const domain = domainOf(series, facts.isShare, logarithmic, guess);
  const y = logarithmic
    ? scaleLog(domain, [box.bottom, box.top])
    : scaleLinear(domain, [box.bottom, box.top]).nice();
  const shownDomain = y.domain() as [number, number];
  const floor = shownDomain[0];

  /** Position of a value; what lies under a logarithmic axis (an exact zero) rests on its floor. */
  const place = (value: number): number => y(logarithmic ? Math.max(value, floor) : value);

  /** The curve up to `until`, its end interpolated between records so that it grows smoothly. */
  function pointsOf(read: (record: number) => number): Point[] {
    const points: Point[] = [];
    for (let record = 0; record < epochs.length; record++) {
      const epoch = epochs[record]!;
      const value = read(record);
      if (!Number.isFinite(value)) break;
      if (epoch <= until) {
        points.push([x(epoch), place(value)]);
        continue;
      }
      const before = epochs[record - 1] ?? 0;
      const share = (until - before) / (epoch - before);
      const previous = points.at(-1);
      if (previous !== undefined && share > 0)
        points.push([x(until), previous[1] + share * (place(value) - previous[1])]);
      break;
    }
    return points;
  }
  const curveOf = (n: number): Point[] =>
    pointsOf((record) => valueAt(series, networks, record, n));

  const view = [data, state.quantity, state.scale, guess];
  stage.layer('axes', view, (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 70))),
      yTicks: logarithmic
        ? logarithmicTicks(shownDomain, Math.floor((box.bottom - box.top) / 28))
        : y.ticks(5),
      xFormat: formatNumber,
      yFormat: facts.format,
      xName: 'Epoch (passes over the training points)',
      yName: `${facts.name} (${unitOf(state.quantity, data)}${logarithmic ? '; log scale' : ''})`,
    });
  });

  const selected = state.selected !== null && state.selected < networks ? state.selected : null;
  stage.layer('curves', [...view, until, selected !== null], (group) => {
    group.attr('opacity', selected === null ? 0.75 : 0.4);
    for (let n = 0; n < networks; n++) {
      const points = curveOf(n);
      const end = points.at(-1);
      if (end === undefined) continue;
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', networkColour(n))
        .attr('stroke-width', 1)
        .attr('d', linePath(simplify(points, finest)));
      if (hasDivergedBy(n)) drawCross(group, end, networkColour(n));
    }
  });

  function hasDivergedBy(n: number): boolean {
    return epochs.some(
      (epoch, record) => epoch <= until && !Number.isFinite(valueAt(series!, networks, record, n)),
    );
  }

  const middle = medians(series, networks);
  stage.layer('threshold', [...view], (group) => {
    const { threshold } = statistics;
    if (state.quantity !== 'trainLoss' || threshold <= floor || threshold >= shownDomain[1]) return;
    const at = Math.round(y(threshold));
    group.append('path').attr('class', 'reference').attr('d', `M${box.left},${at}H${box.right}`);
    // The words go to whichever end of the line the curves leave free.
    const clearance = (share: number): number => {
      const record = Math.round(share * (epochs.length - 1));
      return Math.abs(place(middle[record] ?? NaN) - at) || 0;
    };
    const isLeft = clearance(0.15) > clearance(0.85);
    writeText(group, {
      x: isLeft ? box.left + 6 : box.right - 4,
      y: at - 6,
      // A narrow picture has its curves where the words would go on.
      text: width < 420 ? 'converged' : `converged below ${formatNumber(threshold)}`,
      anchor: isLeft ? 'start' : 'end',
      style: 'muted small halo',
    });
  });

  stage.layer('guess', view, (group) => {
    if (guess === null) return;
    const at = place(guess).toFixed(1);
    group.append('path').attr('class', 'guess-mark').attr('d', `M${box.left},${at}H${box.right}`);
  });

  const middlePoints = pointsOf((record) => middle[record]!);
  stage.layer('emphasis', [...view, until, selected], (group) => {
    const labels: EndLabel[] = [];
    const record = lastRecordBy(until, epochs);
    drawBold(middlePoints, 'currentColor');
    const middleEnd = middlePoints.at(-1);
    if (middleEnd !== undefined)
      labels.push({ y: middleEnd[1], text: 'median', value: middle[record]!, style: 'strong' });
    if (selected !== null) {
      const points = curveOf(selected);
      const end = points.at(-1);
      drawBold(points, networkColour(selected));
      if (end !== undefined) {
        const value = valueAt(series, networks, record, selected);
        labels.push({ y: end[1], text: `network ${selected}`, value, style: 'accent' });
      }
    }
    const endX = Math.max(x(until), box.left) + 9;
    const guessed: EndLabel[] =
      guess === null
        ? []
        : [{ y: place(guess), text: 'your guess', value: guess, style: 'guess-label' }];
    // Beside the ends of whole curves a guess keeps clear of their labels; else it stands alone, out there.
    const isWhole = endX > box.right - 70;
    writeLabels(endX, isWhole ? [...labels, ...guessed] : labels);
    if (!isWhole) writeLabels(box.right + 9, guessed);

    function writeLabels(at: number, wanted: readonly EndLabel[]): void {
      const places = spread(
        wanted.map((label) => label.y - 2),
        32,
        box.top,
        box.bottom - 16,
      );
      for (const [index, label] of wanted.entries()) {
        const y = places[index]!;
        writeText(group, { x: at, y, text: label.text, style: `${label.style} halo` });
        writeText(group, {
          x: at,
          y: y + 14,
          text: Number.isFinite(label.value) ? facts.format(label.value) : 'diverged',
          style: 'muted halo',
        });
      }
    }

    function drawBold(points: readonly Point[], colour: string): void {
      const [start, end] = [points[0], points.at(-1)];
      if (start === undefined || end === undefined) return;
      const d = linePath(points);
      group.append('path').attr('class', 'casing').attr('stroke-width', 5).attr('d', d);
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', colour)
        .attr('stroke-width', 2.5)
        .attr('d', d);
      drawEnds(group, start, end, colour);
    }
  });

  return {
    count: networks,
    columns: 1,
    selected,
    nearest(px, py) {
      if (px < box.left - 8 || px > box.right + 84 || py < box.top - 8 || py > box.bottom + 8)
        return null;
      const epoch = Math.min(until, Math.max(0, x.invert(px)));
      const record = lastRecordBy(epoch, epochs);
      let best: number | null = null;
      let distance = 40;
      for (let n = 0; n < networks; n++) {
        const away = Math.abs(place(valueAt(series, networks, record, n)) - py);
        if (away < distance) [best, distance] = [n, away];
      }
      return best;
    },
    say: (n) => {
      const value = valueAt(series, networks, lastRecordBy(until, epochs), n);
      return `network ${n}: ${facts.name.toLowerCase()} ${facts.format(value)}`;
    },
  };
}

/** Index of the last record made by an epoch. */
function lastRecordBy(epoch: number, epochs: Float32Array): number {
  let record = 0;
  while (record + 1 < epochs.length && epochs[record + 1]! <= epoch + 1e-6) record++;
  return record;
}

function describe(run: RunDisplay, state: LossCurvesState): string {
  const facts = quantities[state.quantity];
  const series = facts.series(run.curves);
  if (series === null) return `This run has no ${facts.name.toLowerCase()} to draw.`;
  const networks = countNetworks(run.curves);
  const middle = medians(series, networks);
  const lastEpoch = run.curves.epochs.at(-1) ?? 0;
  const { converged, stuck, diverged } = run.statistics.outcomes;
  return (
    `${facts.name} of ${networks} networks over ${formatNumber(lastEpoch)} epochs: ` +
    `the median goes from ${facts.format(middle[0] ?? NaN)} to ${facts.format(middle.at(-1) ?? NaN)}. ` +
    `${converged} converged (training loss below ${formatNumber(run.statistics.threshold)}), ` +
    `${stuck} stuck, ${diverged} diverged.` +
    (state.guess === null ? '' : ` Your guess of the last median was ${formatNumber(state.guess)}.`)
  );
}

/** A row a record, a column a network. */
function table(run: RunDisplay, state: LossCurvesState): FigureTable {
  const facts = quantities[state.quantity];
  const series = facts.series(run.curves);
  const networks = countNetworks(run.curves);
  const until = state.until ?? Infinity;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const middle = series === null ? [] : medians(series, networks);
  return {
    columns: [
      { name: 'Epoch' },
      { name: `Median ${facts.name.toLowerCase()}`, unit: unitOf(state.quantity, run) },
      ...Array.from({ length: networks }, (_, n) => ({ name: `Network ${n}` })),
    ],
    rows:
      series === null
        ? []
        : Array.from(run.curves.epochs).flatMap((epoch, record) =>
            epoch > until
              ? []
              : [
                  [
                    epoch,
                    finite(middle[record]!),
                    ...Array.from({ length: networks }, (_, n) =>
                      finite(valueAt(series, networks, record, n)),
                    ),
                  ],
                ],
          ),
  };
}

function controls(run: RunDisplay): FigureControl[] {
  return [
    epochControl(run.curves.epochs, (epoch) => epoch),
    {
      key: 'quantity',
      name: 'Quantity',
      kind: 'choice',
      options: quantityOptions(run.curves),
    },
    scaleControl(),
  ];
}

export const lossCurves: Figure<RunDisplay, LossCurvesState> = {
  name: 'loss-curves',
  initial: { until: null, quantity: 'trainLoss', scale: 'log', selected: null, guess: null },
  height: (width) => Math.round(Math.min(440, Math.max(280, width * 0.6))),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'loss-curves',
      container,
      data,
      state,
      environment,
      describe,
      paint,
      between(from, to, t) {
        return betweenMoments(from, to, t, data.experiment.epochs);
      },
    }),
  describe,
  table,
  controls,
};
