// Training under several conditions: the middle network of each over epochs, with the middle half or every network behind it.
import { area, scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { conditionCurveControls } from './condition-curves-controls.ts';
import { describeConditionCurves, tableOfConditionCurves } from './condition-curves-words.ts';
import {
  recordsUpTo,
  shownConditions,
  valueAtRecord,
  type ShownCondition,
  type ConditionCurvesState,
} from '../kit/condition-series.ts';
import type { ConditionView } from '../kit/conditions.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeAbsence } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { drawEndLabels, type EndLabel } from '../kit/line-end-labels.ts';
import { drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import { quantities, type Quantity } from '../kit/quantities.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { betweenMoments } from '../kit/between-moments.ts';

/** Limits of what is drawn: of every network where all are drawn, else of the middle halves. */
function domainOf(
  shown: readonly ShownCondition[],
  isShare: boolean,
  logarithmic: boolean,
  isAll: (condition: ShownCondition) => boolean,
): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const condition of shown) {
    const { series } = condition;
    for (const values of isAll(condition) ? [series.values] : [series.low, series.high])
      for (const value of values) {
        if (!Number.isFinite(value) || (logarithmic && value <= 0)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
  }
  if (low > high) return logarithmic ? [0.1, 1] : [0, 1];
  if (isShare) return [low, 1];
  return logarithmic ? [low / 1.1, high * 1.1] : [0, high || 1];
}

function paint(stage: Stage<StudyDisplay, ConditionCurvesState>): Picking | null {
  const { data, state, width, height } = stage;
  const facts = quantities[state.quantity];
  const shown = shownConditions(data, state);
  const absence = `This study has no ${facts.name.toLowerCase()} to draw.`;
  stage.layer('absence', [shown.length === 0, absence], (group) => {
    if (shown.length === 0) writeAbsence(group, width, height, absence);
  });
  if (shown.length === 0) return null;

  const { epochs, networks } = shown[0]!.series;
  const lastEpoch = Math.max(...shown.map(({ series }) => series.epochs.at(-1) ?? 0));
  const until = Math.min(state.until ?? epochs.length - 1, epochs.length - 1);
  const logarithmic = state.scale === 'log' && !facts.isShare;
  const hasFocus = shown.some(({ key }) => key === state.focus);
  const labelWidth =
    42 +
    Math.max(
      ...shown.map(({ key, short }) =>
        textWidth(key === state.guess ? `your guess: ${short}   ` : `${short}  0.000`),
      ),
    );
  const gutter = Math.min(labelWidth, 0.42 * width);
  const box: Box = { left: 42, right: width - gutter, top: 30, bottom: height - 70 };
  const x = scaleLinear([0, lastEpoch], [box.left, box.right]);
  const domain = domainOf(
    shown,
    facts.isShare,
    logarithmic,
    ({ key }) => key === state.focus || (state.spread === 'all' && !hasFocus),
  );
  const y = (logarithmic ? scaleLog(domain, [box.bottom, box.top]) : linear(domain)).clamp(true);
  function linear(limits: [number, number]) {
    const scale = scaleLinear(limits, [box.bottom, box.top]);
    return facts.isShare ? scale : scale.nice();
  }
  const limits = y.domain() as [number, number];
  const isWide = width >= 520;

  const view = [data, state.quantity, state.scale, state.show, state.spread, gutter, ...domain];
  stage.layer('axes', view, (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 70))),
      yTicks: logarithmic
        ? logarithmicTicks(limits, Math.floor((box.bottom - box.top) / 24))
        : y.ticks(5),
      xFormat: formatNumber,
      yFormat: facts.format,
      xName: isWide ? 'Epoch (passes over the training points)' : 'Epoch',
      yName: `${facts.name} (${unitOf(data, state.quantity)}${logarithmic ? '; log scale' : ''})`,
    });
  });

  const records = recordsUpTo(until);
  const epochAt = (record: number): number => valueAtRecord(epochs, record);
  const pointsOf = (values: ArrayLike<number>, stride = 1, offset = 0): Point[] =>
    records.flatMap((record): Point[] => {
      const value = valueAtRecord(values, record, stride, offset);
      return Number.isFinite(value) ? [[x(epochAt(record)), y(value)]] : [];
    });
  const focus = shown.find(({ key }) => key === state.focus) ?? null;
  const isFaint = (view: ConditionView): boolean => focus !== null && view !== focus;

  stage.layer('behind', [...view, until, state.focus], (group) => {
    for (const each of shown) {
      if (isFaint(each)) continue;
      // Of one condition in the foreground every network is worth seeing.
      if (state.spread === 'all' || focus !== null) drawAll(group, each);
      if (state.spread === 'half') drawHalf(group, each);
    }
  });

  function drawHalf(group: Group, { series, colour }: ShownCondition): void {
    const outline = area<number>()
      .defined((record) => Number.isFinite(valueAtRecord(series.low, record)))
      .x((record) => Math.round(10 * x(epochAt(record))) / 10)
      .y0((record) => Math.round(10 * y(valueAtRecord(series.low, record))) / 10)
      .y1((record) => Math.round(10 * y(valueAtRecord(series.high, record))) / 10);
    group
      .append('path')
      .attr('class', 'half')
      .attr('fill', colour)
      .attr('opacity', 0.22)
      .attr('d', outline(records));
  }

  function drawAll(group: Group, { series, colour }: ShownCondition): void {
    const lines = Array.from({ length: series.networks }, (_, n) =>
      linePath(pointsOf(series.values, series.networks, n)),
    );
    group
      .append('path')
      .attr('class', 'line all')
      .attr('stroke', colour)
      .attr('stroke-width', 1)
      .attr('opacity', 0.4)
      .attr('d', lines.join(''));
  }

  stage.layer('medians', [...view, until, state.focus], (group) => {
    const inOrder = focus === null ? shown : [...shown.filter((each) => each !== focus), focus];
    for (const each of inOrder) drawLine(group, each, pointsOf(each.series.median), 2.5);
    const start = pointsOf(shown[0]!.series.median)[0];
    if (start !== undefined) drawStart(group, start, 'currentColor', 4);
  });

  function drawLine(group: Group, each: ConditionView, points: Point[], thickness: number): void {
    const d = linePath(points);
    const own = group.append('g').attr('opacity', isFaint(each) ? 0.3 : 1);
    own
      .append('path')
      .attr('class', 'casing')
      .attr('stroke-width', thickness + 2)
      .attr('d', d);
    own
      .append('path')
      .attr('class', 'line')
      .attr('stroke', each.colour)
      .attr('stroke-width', thickness)
      .attr('stroke-dasharray', each.dash)
      .attr('d', d);
  }

  const selected = state.selected !== null && state.selected < networks ? state.selected : null;
  stage.layer('selected', [...view, until, state.focus, selected], (group) => {
    if (selected === null) return;
    for (const each of focus === null ? shown : [focus])
      drawLine(group, each, pointsOf(each.series.values, each.series.networks, selected), 1.25);
  });

  stage.layer('labels', [...view, until, state.focus, state.guess], (group) => {
    const labels = shown.flatMap((each): EndLabel[] => {
      const end = pointsOf(each.series.median).at(-1);
      if (end === undefined) return [];
      const value = facts.format(valueAtRecord(each.series.median, until));
      const isGuess = each.key === state.guess;
      return [
        {
          x: end[0],
          y: end[1],
          colour: each.colour,
          name: isGuess ? `your guess: ${each.short}` : each.short,
          ...(isGuess ? {} : { value }),
          style: isGuess ? 'accent' : each === focus ? 'strong' : '',
          opacity: isFaint(each) ? 0.45 : 1,
        },
      ];
    });
    drawEndLabels(group, { labels, top: box.top, bottom: box.bottom });
  });

  stage.layer('keys', [...view, focus !== null, selected], (group) => {
    const isAll = state.spread === 'all' || focus !== null;
    const keys: Key[] = [
      { mark: 'line', text: 'median' },
      ...(state.spread === 'half' ? [{ mark: 'band', text: 'middle half' } as const] : []),
      ...(isAll ? [{ mark: 'line', text: 'each network', colour: '#999' } as const] : []),
    ];
    if (selected !== null) keys.push({ mark: 'line', text: `thin: network ${selected}` });
    drawKeys(group, { x: box.left, y: box.bottom + 60, width: width - box.left, keys });
  });

  if (focus === null && state.spread === 'half') return null;
  return {
    count: networks,
    columns: 1,
    selected,
    nearest(px, py) {
      if (px < box.left - 8 || px > box.right + 8 || py < box.top - 8 || py > box.bottom + 8)
        return null;
      const near = records.reduce((a, b) =>
        Math.abs(x(epochAt(b)) - px) < Math.abs(x(epochAt(a)) - px) ? b : a,
      );
      let [best, distance]: [number | null, number] = [null, 24];
      for (const { series } of focus === null ? shown : [focus])
        for (let n = 0; n < series.networks; n++) {
          const away = Math.abs(y(valueAtRecord(series.values, near, series.networks, n)) - py);
          if (away < distance) [best, distance] = [n, away];
        }
      return best;
    },
    say: (n) =>
      `network ${n}: ${shown
        .map(({ short, series }) => {
          const value = valueAtRecord(series.values, until, series.networks, n);
          return `${short} ${facts.format(value)}`;
        })
        .join(', ')}`,
  };
}

function unitOf({ study }: StudyDisplay, quantity: Quantity): string {
  if (quantities[quantity].isShare) return 'share of points';
  if (quantity === 'gradientNorm') return 'Euclidean, all weights';
  return study.conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error';
}

export const conditionCurves: Figure<StudyDisplay, ConditionCurvesState> = {
  name: 'condition-curves',
  initial: {
    show: 'all',
    quantity: 'trainLoss',
    scale: 'log',
    until: null,
    spread: 'half',
    focus: null,
    selected: null,
    guess: null,
  },
  height: (width) => Math.round(Math.min(440, Math.max(310, width * 0.62))),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'condition-curves',
      container,
      data,
      state,
      environment,
      describe: describeConditionCurves,
      paint,
      between(from, to, t) {
        const last = (shownConditions(data, to)[0]?.series.epochs.length ?? 1) - 1;
        return from.show === to.show ? betweenMoments(from, to, t, last) : null;
      },
    }),
  describe: describeConditionCurves,
  table: tableOfConditionCurves,
  controls: conditionCurveControls,
};
