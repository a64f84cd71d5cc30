// The data, and what one network makes of them: probability as shading, the boundary as a line.
import { scaleLinear } from 'd3';
import type { PreparedData, RunDisplay } from '../../artifact/display.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import { agreement, probabilityLevels, regionsOf, shareOfClass } from './boundary-regions.ts';
import type { Figure, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { classColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { networkControl } from '../kit/quantities.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';

export interface DataBoundaryState {
  readonly selected: number | null;
  /** Lays the boundary of every other network on the same sheet. */
  readonly together?: boolean;
}

/** Probabilities of class 1 at which the shading deepens. */
const shadingLevels = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];

/** Opacity of a probability's shading: faint where the network is in doubt. */
const shading = (probability: number): string =>
  (0.04 + 0.66 * Math.abs(probability - 0.5)).toFixed(2);

/** Extent of the points with some air, where no boundary picture gives one. */
function extentOf(data: PreparedData): [number, number, number, number] {
  const extent: [number, number, number, number] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { inputs, count } of [data.train, data.test])
    for (let i = 0; i < count; i++) {
      const [a, b] = [inputs[i * data.features]!, inputs[i * data.features + 1]!];
      extent[0] = Math.min(extent[0], a);
      extent[1] = Math.max(extent[1], a);
      extent[2] = Math.min(extent[2], b);
      extent[3] = Math.max(extent[3], b);
    }
  const [airX, airY] = [0.08 * (extent[1] - extent[0]) || 1, 0.08 * (extent[3] - extent[2]) || 1];
  return [extent[0] - airX, extent[1] + airX, extent[2] - airY, extent[3] + airY];
}

function paint(stage: Stage<RunDisplay, DataBoundaryState>): Picking | null {
  const { data: run, state, width, height } = stage;
  const { data, boundaries } = run;
  const isPlane = isPlanar(data);
  stage.layer('absence', [isPlane], (group) => {
    if (!isPlane) writeAbsence(group, width, height, absence(data));
  });
  if (!isPlane) return null;

  const extent = boundaries?.extent ?? extentOf(data);
  const keyRows = width < 480 ? 2 : 1;
  const room: Box = { left: 40, right: width - 10, top: 30, bottom: height - 48 - keyRows * 18 };
  const unit = Math.min(
    (room.right - room.left) / (extent[1] - extent[0]),
    (room.bottom - room.top) / (extent[3] - extent[2]),
  );
  const plotWidth = unit * (extent[1] - extent[0]);
  const left = room.left + (room.right - room.left - plotWidth) / 2;
  const box: Box = {
    left,
    right: left + plotWidth,
    top: room.top,
    bottom: room.top + unit * (extent[3] - extent[2]),
  };
  stage.setHeight(box.bottom + 52 + keyRows * 18);
  const x = scaleLinear([extent[0], extent[1]], [box.left, box.right]);
  const y = scaleLinear([extent[2], extent[3]], [box.bottom, box.top]);
  const networks = boundaries === null ? 0 : boundaries.classes.length / boundaries.size ** 2;
  const selected = state.selected !== null && state.selected < networks ? state.selected : null;
  const classCount = data.classNames.length;

  stage.layer('answer', [boundaries, selected], (group) => {
    if (boundaries === null || selected === null) return;
    group
      .append('rect')
      .attr('x', box.left.toFixed(1))
      .attr('y', box.top.toFixed(1))
      .attr('width', (box.right - box.left).toFixed(1))
      .attr('height', (box.bottom - box.top).toFixed(1))
      .attr('fill', classColour(0))
      .attr('fill-opacity', classCount === 2 ? shading(0) : 0.22);
    if (classCount === 2)
      for (const [index, d] of probabilityLevels(
        boundaries,
        selected,
        shadingLevels,
        box,
      ).entries()) {
        const middle = (shadingLevels[index]! + (shadingLevels[index + 1] ?? 1)) / 2;
        group.append('path').attr('class', 'paper-fill').attr('d', d);
        group
          .append('path')
          .attr('fill', classColour(middle < 0.5 ? 0 : 1))
          .attr('fill-opacity', shading(middle))
          .attr('d', d);
      }
    for (const region of regionsOf(boundaries, selected, classCount, box)) {
      if (classCount > 2) {
        group.append('path').attr('class', 'paper-fill').attr('d', region.path);
        group
          .append('path')
          .attr('fill', classColour(region.classIndex))
          .attr('fill-opacity', 0.28)
          .attr('d', region.path);
      }
      group.append('path').attr('class', 'line ink').attr('stroke-width', 2).attr('d', region.line);
    }
  });

  const together = state.together === true;
  stage.layer('others', [boundaries, together], (group) => {
    if (boundaries === null || !together) return;
    const lines = Array.from({ length: networks }, (_, n) =>
      regionsOf(boundaries, n, classCount, box).map(({ line }) => line),
    );
    group
      .attr('opacity', 0.55)
      .append('path')
      .attr('class', 'line ink')
      .attr('stroke-width', 0.7)
      .attr('d', lines.flat().join(''));
  });

  stage.layer('axes', [boundaries, data], (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(6),
      yTicks: y.ticks(5),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: `${data.featureNames[0] ?? 'feature 0'}${run.experiment.normalise ? ' (standard deviations)' : ''}`,
      yName: `${data.featureNames[1] ?? 'feature 1'}${run.experiment.normalise ? ' (standard deviations)' : ''}`,
      grid: false,
    });
    group
      .append('rect')
      .attr('class', 'hairline')
      .attr('x', box.left.toFixed(1))
      .attr('y', box.top.toFixed(1))
      .attr('width', (box.right - box.left).toFixed(1))
      .attr('height', (box.bottom - box.top).toFixed(1));
  });

  stage.layer('points', [data, boundaries], (group) => {
    for (let index = 0; index < classCount; index++) {
      const train: Point[] = [];
      const { labels, inputs, count } = data.train;
      for (let i = 0; i < count; i++)
        if (labels?.[i] === index) train.push([x(inputs[2 * i]!), y(inputs[2 * i + 1]!)]);
      const d = dotsPath(train);
      group.append('path').attr('class', 'dots paper-line').attr('stroke-width', 7).attr('d', d);
      group
        .append('path')
        .attr('class', 'dots')
        .attr('stroke', classColour(index))
        .attr('stroke-width', 5)
        .attr('d', d);
    }
  });

  function headline(): string {
    if (together) return `${networks} networks${selected === null ? '' : `, ${selected} bold`}`;
    return selected === null ? 'the data alone' : `network ${selected}`;
  }
  stage.layer('headline', [boundaries, selected, networks, together], (group) => {
    if (networks === 0) return;
    writeText(group, {
      x: box.right,
      y: 14,
      text: headline(),
      anchor: 'end',
      style: selected === null ? 'muted' : 'strong',
    });
  });

  stage.layer('keys', [data, boundaries, selected !== null], (group) => {
    const keys: Key[] = data.classNames.map((name, index) => ({
      mark: 'dot',
      text: /class|moon|circle|arm|blob/i.test(name) ? name : `class ${name}`,
      colour: classColour(index),
    }));
    if (selected !== null)
      keys.push({
        mark: 'line',
        text: classCount === 2 ? 'boundary (both classes equally likely)' : 'boundary',
      });
    const start = width < 480 ? 4 : box.left;
    drawKeys(group, { x: start, y: box.bottom + 60, width: width - start, keys });
  });

  if (networks === 0) return null;
  return {
    count: networks,
    columns: 1,
    selected,
    // A pointer over the data points at no network: this picture is picked in by keys and from others.
    nearest: () => null,
    say: (n) => `network ${n}`,
  };
}

const isPlanar = (data: PreparedData): boolean => data.features === 2 && data.classNames.length > 0;

const absence = (data: PreparedData): string =>
  `A picture of the points needs two features and classes: these have ${data.features === 1 ? 'one feature' : `${data.features} features`}.`;

function describe(run: RunDisplay, state: DataBoundaryState): string {
  const { data } = run;
  if (!isPlanar(data)) return absence(data);
  const others =
    state.together === true && run.boundaries !== null
      ? ` Thin lines show where each of ${run.boundaries.classes.length / run.boundaries.size ** 2} networks changes its answer.`
      : '';
  const counts = data.classNames.map(
    (name, index) =>
      `${data.train.labels?.filter((label) => label === index).length ?? 0} of class ${name}`,
  );
  return (
    `${formatNumber(data.train.count)} training points in two features: ${counts.join(', ')}.` +
    (state.selected === null || run.boundaries === null
      ? ''
      : ` Shading shows how likely network ${state.selected} finds each class, the line where it changes its answer.`) +
    others
  );
}

/** The points of both parts. */
function pointTable({ data }: RunDisplay): FigureTable {
  if (!isPlanar(data)) return { columns: [{ name: 'Class' }], rows: [] };
  const rows = (['train', 'test'] as const).flatMap((part) => {
    const { inputs, labels, count } = data[part];
    return Array.from({ length: count }, (_, i) => [
      inputs[2 * i]!,
      inputs[2 * i + 1]!,
      data.classNames[labels?.[i] ?? -1] ?? null,
      part === 'train' ? 'training' : 'test',
    ]);
  });
  return {
    columns: [
      { name: data.featureNames[0] ?? 'Feature 0' },
      { name: data.featureNames[1] ?? 'Feature 1' },
      { name: 'Class' },
      { name: 'Part' },
    ],
    rows,
  };
}

/** How far each network's answers on the sheet are those of the picked one. */
function agreementTable({ boundaries }: RunDisplay, state: DataBoundaryState): FigureTable {
  const networks = networksOf({ boundaries });
  const { selected } = state;
  return {
    columns: [
      { name: 'Network' },
      { name: 'Share of the sheet in class 1' },
      ...(selected === null ? [] : [{ name: `Share answered like network ${selected}` }]),
    ],
    rows: Array.from({ length: networks }, (_, n) => [
      n,
      shareOfClass(boundaries!, n, 1),
      ...(selected === null ? [] : [agreement(boundaries!, selected, n)]),
    ]),
  };
}

const networksOf = ({ boundaries }: Pick<RunDisplay, 'boundaries'>): number =>
  boundaries === null ? 0 : boundaries.classes.length / boundaries.size ** 2;

export const dataBoundary: Figure<RunDisplay, DataBoundaryState> = {
  name: 'data-boundary',
  initial: { selected: null },
  height: (width) => Math.round(width < 480 ? width + 34 : Math.min(520, width * 0.78)),
  draw: (container, data, state, environment) =>
    openStage({ name: 'data-boundary', container, data, state, environment, describe, paint }),
  describe,
  table: pointTable,
  controls: (run) => (networksOf(run) > 0 ? [networkControl(networksOf(run))] : []),
};

/** The same sheet with the boundaries of all networks on it, so that their differences can be seen. */
export const boundariesTogether: Figure<RunDisplay, DataBoundaryState> = {
  ...dataBoundary,
  name: 'boundaries-together',
  initial: { selected: null, together: true },
  table: agreementTable,
};
