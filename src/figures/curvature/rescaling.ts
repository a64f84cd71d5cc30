// One function at two places: the loss around a ReLU network and around its rescaled twin, and which measures tell them apart.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import type { Figure, FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { classColours, networkColour } from '../kit/palette.ts';
import { dotsPath, linePath, type Point } from '../kit/path.ts';
import { rescalingOf, type MeasureChange, type Rescaling } from './rescaling-data.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';
import { scaleControl } from '../kit/common-controls.ts';

export interface RescalingState {
  readonly show: 'before' | 'after' | 'both';
  readonly scale: 'log' | 'linear';
  /** The network whose lines are drawn; null for the first. */
  readonly selected: number | null;
  /** Gives what the measures say, too. */
  readonly measures: boolean;
}

const looks = {
  before: { colour: classColours[0], dash: null, name: 'as trained' },
  after: { colour: classColours[5], dash: '8 4', name: 'rescaled' },
} as const;

function paint(stage: Stage<StudyDisplay, RescalingState>): Picking | null {
  const { data, state, width, height } = stage;
  const rescaling = rescalingOf(data);
  stage.layer('absence', [rescaling === null], (group) => {
    if (rescaling === null) writeAbsence(group, width, height, 'This study rescaled no network.');
  });
  if (rescaling === null) return null;
  const { result, changes } = rescaling;
  const { networks } = result;
  const isNarrow = width < 520;
  const picked = Math.max(0, networks.indexOf(state.selected ?? -1));
  const network = networks[picked]!;
  const distance = result.distance.values;
  const points = distance.length;
  const lineOf = (name: 'before' | 'after'): Float32Array => {
    const all = (name === 'before' ? result.lineBefore : result.lineAfter).values;
    return all.subarray(picked * points, (picked + 1) * points);
  };
  const rows = changes.length + 2;
  const rowHeight = isNarrow ? 19 : height < 500 ? 22 : 26;
  const bottomTop = height - rows * rowHeight - 44;
  const box: Box = {
    left: 54,
    right: width - 14,
    top: 30,
    bottom: (state.measures ? bottomTop : height + 16) - 62,
  };
  const both = [...result.lineBefore.values, ...result.lineAfter.values].filter(Number.isFinite);
  const logarithmic = state.scale === 'log';
  const domain: [number, number] = logarithmic
    ? [Math.min(...both) / 1.2, Math.max(...both) * 1.2]
    : [0, Math.max(...lineOf('before'), ...lineOf('after')) * 1.05];
  const x = scaleLinear([distance[0]!, distance[points - 1]!], [box.left, box.right]);
  const y = (logarithmic ? scaleLog : scaleLinear)(domain, [box.bottom, box.top]);
  const view = [data, state.scale, picked, state.measures];

  stage.layer('axes', view, (group) => {
    const unit =
      data.study.conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error';
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(isNarrow ? 5 : 9),
      yTicks: logarithmic
        ? logarithmicTicks(domain, box.bottom - box.top < 130 ? 3 : 6)
        : y.ticks(box.bottom - box.top < 130 ? 3 : 5),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: isNarrow
        ? 'Distance along one random direction'
        : 'Distance along one random direction, the same for both (Euclidean, in weight space)',
      yName: `Training loss (${unit}${logarithmic ? '; log scale' : ''}) around network ${network}`,
    });
  });

  stage.layer('lines', [...view, state.show], (group) => {
    for (const name of ['before', 'after'] as const) {
      if (state.show !== 'both' && state.show !== name) continue;
      const { colour, dash } = looks[name];
      const line = lineOf(name);
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', colour)
        .attr('stroke-width', 2.5)
        .attr('stroke-dasharray', dash)
        .attr('d', linePath(Array.from(line, (loss, t): Point => [x(distance[t]!), y(loss)])));
      // Named in the middle above, where between two rising sides nothing is drawn.
      const row = box.top + (state.show === 'both' && name === 'before' ? 30 : 13);
      const centre = (box.left + box.right) / 2;
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', colour)
        .attr('stroke-width', 2.5)
        .attr('stroke-dasharray', dash)
        .attr('d', `M${(centre - 48).toFixed(1)},${row - 4}h26`);
      writeText(group, { x: centre - 14, y: row, text: looks[name].name, style: 'strong halo' });
    }
    const middle = Math.floor(points / 2);
    const at: Point = [x(distance[middle]!), y(lineOf('before')[middle]!)];
    drawEnd(group, at, networkColour(network), 5);
    if (state.show === 'both')
      writeText(group, {
        x: at[0],
        y: at[1] - 12,
        text: 'one function',
        anchor: 'middle',
        style: 'muted halo',
      });
  });

  const measureBox: Box = {
    left: isNarrow ? 136 : 196,
    right: width - 22,
    top: bottomTop,
    bottom: bottomTop + rows * rowHeight,
  };
  stage.layer('measures', [data, state.measures, picked], (group) => {
    if (!state.measures) return;
    drawMeasures(group, measureBox, rescaling, picked, isNarrow, rowHeight);
  });

  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected: state.selected === null ? null : network,
    nearest: (px, py) => {
      const change = changes[Math.floor((py - measureBox.top) / rowHeight)];
      if (!state.measures || !change || px < measureBox.left) return null;
      const at = factorScale(rescaling, measureBox);
      const away = change.factors.map((factor) => Math.abs(at(factor) - px));
      const nearest = Math.min(...away);
      return nearest > 12 ? null : networks[away.indexOf(nearest)]!;
    },
    say: (each) => {
      const place = networks.indexOf(each);
      if (place < 0) return `network ${each}: not rescaled`;
      return `network ${each}: largest eigenvalue ${formatNumber(result.before.largestEigenvalue.values[place]!)} before, ${formatNumber(result.after.largestEigenvalue.values[place]!)} after`;
    },
  };
}

/** From a little under 1, which stands for no change, to a little over the largest factor. */
const factorScale = ({ changes }: Rescaling, { left, right }: Box) =>
  scaleLog([0.93, 1.1 * Math.max(...changes.flatMap(({ factors }) => factors))], [left, right]);

/** A row for each measure: by what factor it changed, network by network, and on average. */
function drawMeasures(
  group: Group,
  box: Box,
  rescaling: Rescaling,
  picked: number,
  isNarrow: boolean,
  rowHeight: number,
): void {
  const { changes, outputs, canonical } = rescaling;
  const x = factorScale(rescaling, box);
  const most = x.domain()[1]!;
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: [1, 1.5, 2, 3, 4, 5, 6, 8, 10, 20, 50].filter(
      (value, index, all) => value <= most && (!isNarrow || index % 2 === 0 || all.length < 5),
    ),
    xFormat: (value) => `×${formatNumber(value)}`,
    xName: isNarrow ? 'Changed by a factor of' : 'Changed by a factor of (up or down; log scale)',
  });
  const one = x(1).toFixed(1);
  group.append('path').attr('class', 'reference').attr('d', `M${one},${box.top}V${box.bottom}`);
  const rowName = (row: number, text: string): number => {
    const y = box.top + (row + 0.5) * rowHeight;
    writeText(group, { x: box.left - 12, y: y + 4, text, anchor: 'end' });
    return y;
  };
  for (const [row, change] of changes.entries())
    drawChange(group, change, rowName(row, isNarrow ? change.short : change.name), x, picked, box);
  const percent = (share: number): string => `${formatNumber(100 * share)}%`;
  for (const [index, [name, text]] of (
    [
      ['every output', `at most ${percent(outputs)} off`],
      ['canonical form', `at most ${percent(canonical)} off`],
    ] as const
  ).entries()) {
    const y = rowName(changes.length + index, name);
    drawWhisker(group, {
      mean: x(1),
      interval: null,
      across: y,
      colour: 'currentColor',
      mark: 'diamond',
    });
    writeText(group, {
      x: x(1) + 12,
      y: y + 4,
      text: isNarrow ? text.replace('at most ', '≤ ') : text,
      style: 'muted halo',
    });
  }
}

function drawChange(
  group: Group,
  { factors, mean, interval }: MeasureChange,
  y: number,
  x: (value: number) => number,
  picked: number,
  box: Box,
): void {
  group
    .append('path')
    .attr('class', 'dots rescaling-networks')
    .attr('stroke-width', 5)
    .attr('d', dotsPath(factors.map((factor): Point => [x(factor), y])));
  drawWhisker(group, {
    mean: x(mean),
    interval: [x(interval[0]), x(interval[1])],
    across: y,
    colour: 'currentColor',
    mark: 'diamond',
  });
  group
    .append('circle')
    .attr('class', 'line ink')
    .attr('cx', x(factors[picked]!).toFixed(1))
    .attr('cy', y.toFixed(1))
    .attr('r', 4.5)
    .attr('stroke-width', 1.5);
  const text =
    mean < 1.005 ? 'unchanged' : `${box.right - box.left < 240 ? '' : 'mean '}×${mean.toFixed(2)}`;
  const right = Math.max(x(interval[1]), ...factors.map(x)) + 10;
  const fits = right + textWidth(text) < box.right + 20;
  writeText(group, {
    x: fits ? right : Math.min(x(interval[0]), ...factors.map(x)) - 10,
    y: y + 4,
    text,
    anchor: fits ? 'start' : 'end',
    style: 'halo',
  });
}

function describe(data: StudyDisplay, state: RescalingState): string {
  const rescaling = rescalingOf(data);
  if (rescaling === null) return 'This study rescaled no network.';
  const { result, changes, outputs, canonical, largest } = rescaling;
  const place = Math.max(0, result.networks.indexOf(state.selected ?? -1));
  const sentences = [
    `Training loss along one random direction around network ${result.networks[place]}, as trained and after every hidden unit was rescaled by a factor between 1/${largest} and ${largest}: its largest eigenvalue is ${formatNumber(result.before.largestEigenvalue.values[place]!)} before and ${formatNumber(result.after.largestEigenvalue.values[place]!)} after.`,
  ];
  if (state.measures) {
    const told = changes.map(
      ({ name, mean, interval }) =>
        `${name} ${formatNumber(mean)} (95% interval ${formatNumber(interval[0])} to ${formatNumber(interval[1])})`,
    );
    sentences.push(
      `Over ${result.networks.length} networks, measures changed by these factors: ${told.join(', ')}.`,
      `No output changed by more than ${formatNumber(100 * outputs)}% of their mean size, and the canonical forms are at most ${formatNumber(100 * canonical)}% apart.`,
    );
  }
  return sentences.join(' ');
}

function table(data: StudyDisplay): FigureTable {
  const rescaling = rescalingOf(data);
  const columns = [
    { name: 'network' },
    ...(rescaling?.changes ?? []).flatMap(({ name }) => [
      { name: `${name}, as trained` },
      { name: `${name}, rescaled` },
    ]),
    { name: 'distance of the canonical forms', unit: 'share of the length of the weights' },
  ];
  if (rescaling === null) return { columns, rows: [] };
  const { result, changes } = rescaling;
  return {
    columns,
    rows: result.networks.map((network, m) => [
      network,
      ...changes.flatMap(({ key }) => [
        result.before[key].values[m]!,
        result.after[key].values[m]!,
      ]),
      result.canonicalDistance.values[m]!,
    ]),
  };
}

function controls(data: StudyDisplay): readonly FigureControl[] {
  const rescaling = rescalingOf(data);
  if (rescaling === null) return [];
  return [
    {
      key: 'show',
      name: 'Show',
      kind: 'choice',
      options: [
        { value: 'before', text: 'as trained' },
        { value: 'after', text: 'rescaled' },
        { value: 'both', text: 'both' },
      ],
    },
    {
      key: 'selected',
      name: 'Network',
      kind: 'range',
      options: rescaling.result.networks.map((network) => ({
        value: network,
        text: String(network),
      })),
    },
    scaleControl('Scale', 'linear'),
  ];
}

export const rescaling: Figure<StudyDisplay, RescalingState> = {
  name: 'rescaling',
  initial: { show: 'both', scale: 'linear', selected: null, measures: true },
  height: (width) => (width < 520 ? 386 : width < 720 ? 456 : 524),
  draw: (container, data, state, environment) =>
    openStage({ name: 'rescaling', container, data, state, environment, describe, paint }),
  describe,
  table,
  controls,
};
