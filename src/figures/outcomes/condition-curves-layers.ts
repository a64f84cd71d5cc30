// The layers of the curves of conditions: axes, what lies behind the medians, the medians, the picked network, names, keys.
import { area } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { valueAtRecord, type ShownCondition } from '../kit/condition-series.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { drawEndLabels, type EndLabel } from '../kit/line-end-labels.ts';
import { drawStart } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import { quantities, type Quantity } from '../kit/quantities.ts';
import type { Group } from '../kit/stage.ts';
import { epochX, pointsOf, type ConditionCurvesScene } from './condition-curves-scene.ts';

function unitOf({ study }: StudyDisplay, quantity: Quantity): string {
  if (quantities[quantity].isShare) return 'share of points';
  if (quantity === 'gradientNorm') return 'Euclidean, all weights';
  return study.conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error';
}

function drawCurveAxes(group: Group, scene: ConditionCurvesScene): void {
  const { box, x, y, isLog, facts, data, state, width } = scene;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 70))),
    yTicks: isLog
      ? logarithmicTicks(y.domain() as [number, number], Math.floor((box.bottom - box.top) / 24))
      : y.ticks(5),
    xFormat: formatNumber,
    yFormat: facts.format,
    xName: width >= 520 ? 'Epoch (passes over the training points)' : 'Epoch',
    yName: `${facts.name} (${unitOf(data, state.quantity)}${isLog ? '; log scale' : ''})`,
  });
}

const isFaint = ({ focus }: ConditionCurvesScene, each: ShownCondition): boolean =>
  focus !== null && each !== focus;

function drawBehind(group: Group, scene: ConditionCurvesScene): void {
  const { shown, state, focus } = scene;
  for (const each of shown) {
    if (isFaint(scene, each)) continue;
    // Of one condition in the foreground every network is worth seeing.
    if (state.spread === 'all' || focus !== null) drawAll(group, scene, each);
    if (state.spread === 'half') drawHalf(group, scene, each);
  }
}

function drawHalf(
  group: Group,
  scene: ConditionCurvesScene,
  { series, colour }: ShownCondition,
): void {
  const tenths = (value: number): number => Math.round(10 * value) / 10;
  const outline = area<number>()
    .defined((record) => Number.isFinite(valueAtRecord(series.low, record)))
    .x((record) => tenths(epochX(scene, record)))
    .y0((record) => tenths(scene.y(valueAtRecord(series.low, record))))
    .y1((record) => tenths(scene.y(valueAtRecord(series.high, record))));
  group
    .append('path')
    .attr('class', 'half')
    .attr('fill', colour)
    .attr('opacity', 0.22)
    .attr('d', outline([...scene.records]));
}

function drawAll(
  group: Group,
  scene: ConditionCurvesScene,
  { series, colour }: ShownCondition,
): void {
  const lines = Array.from({ length: series.networks }, (_, n) =>
    linePath(pointsOf(scene, series.values, series.networks, n)),
  );
  group
    .append('path')
    .attr('class', 'line all')
    .attr('stroke', colour)
    .attr('stroke-width', 1)
    .attr('opacity', 0.4)
    .attr('d', lines.join(''));
}

function drawMedians(group: Group, scene: ConditionCurvesScene): void {
  const { shown, focus } = scene;
  const inOrder = focus === null ? shown : [...shown.filter((each) => each !== focus), focus];
  for (const each of inOrder)
    drawLine(group, scene, each, pointsOf(scene, each.series.median), 2.5);
  const start = pointsOf(scene, shown[0]!.series.median)[0];
  if (start !== undefined) drawStart(group, start, 'currentColor', 4);
}

function drawLine(
  group: Group,
  scene: ConditionCurvesScene,
  each: ShownCondition,
  points: readonly Point[],
  thickness: number,
): void {
  const d = linePath(points);
  const own = group.append('g').attr('opacity', isFaint(scene, each) ? 0.3 : 1);
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

function drawSelected(group: Group, scene: ConditionCurvesScene): void {
  const { shown, focus, selected } = scene;
  if (selected === null) return;
  for (const each of focus === null ? shown : [focus]) {
    const { values, networks } = each.series;
    drawLine(group, scene, each, pointsOf(scene, values, networks, selected), 1.25);
  }
}

/** The guessed condition is named so at its own end. */
function drawNames(group: Group, scene: ConditionCurvesScene): void {
  const { shown, facts, until, focus, state, box } = scene;
  const labels = shown.flatMap((each): EndLabel[] => {
    const end = pointsOf(scene, each.series.median).at(-1);
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
        opacity: isFaint(scene, each) ? 0.45 : 1,
      },
    ];
  });
  drawEndLabels(group, { labels, top: box.top, bottom: box.bottom });
}

function drawCurveKeys(group: Group, scene: ConditionCurvesScene): void {
  const { state, focus, selected, box, width } = scene;
  const isAll = state.spread === 'all' || focus !== null;
  const keys: Key[] = [
    { mark: 'line', text: 'median' },
    ...(state.spread === 'half' ? [{ mark: 'band', text: 'middle half' } as const] : []),
    ...(isAll ? [{ mark: 'line', text: 'each network', colour: '#999' } as const] : []),
  ];
  if (selected !== null) keys.push({ mark: 'line', text: `thin: network ${selected}` });
  drawKeys(group, { x: box.left, y: box.bottom + 60, width: width - box.left, keys });
}

const moment = ({ ground, until, state }: ConditionCurvesScene): unknown[] => [
  ...ground,
  until,
  state.focus,
];

export const conditionCurvesLayers: readonly Layer<ConditionCurvesScene>[] = [
  { name: 'axes', inputs: ({ ground }) => ground, draw: drawCurveAxes },
  { name: 'behind', inputs: moment, draw: drawBehind },
  { name: 'medians', inputs: moment, draw: drawMedians },
  {
    name: 'selected',
    inputs: (scene) => [...moment(scene), scene.selected],
    draw: drawSelected,
  },
  {
    name: 'labels',
    inputs: (scene) => [...moment(scene), scene.state.guess],
    draw: drawNames,
  },
  {
    name: 'keys',
    inputs: ({ ground, focus, selected }) => [...ground, focus !== null, selected],
    draw: drawCurveKeys,
  },
];
