// The layers of the data and what networks make of them: shading, the boundaries of all, axes, points, headline, keys.
import { scaleLinear } from 'd3';
import type { PreparedData, RunDisplay } from '../../artifact/display.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { classColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { pickedNetwork, truth, type StateOf } from '../kit/state-fields.ts';
import type { Group, Stage } from '../kit/stage.ts';
import { probabilityLevels, regionsOf } from './boundary-regions.ts';

export const dataBoundaryState = {
  selected: pickedNetwork(),
  /** Lays the boundary of every other network on the same sheet. */
  together: truth(false),
};
export type DataBoundaryState = StateOf<typeof dataBoundaryState>;

export type DataScene = ReturnType<typeof placeData>;

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

/** As large as fits, with one unit of length for both features. */
function boxOf(
  extent: readonly [number, number, number, number],
  width: number,
  height: number,
  keyRows: number,
): Box {
  const room: Box = { left: 40, right: width - 10, top: 30, bottom: height - 48 - keyRows * 18 };
  const unit = Math.min(
    (room.right - room.left) / (extent[1] - extent[0]),
    (room.bottom - room.top) / (extent[3] - extent[2]),
  );
  const plotWidth = unit * (extent[1] - extent[0]);
  const left = room.left + (room.right - room.left - plotWidth) / 2;
  return {
    left,
    right: left + plotWidth,
    top: room.top,
    bottom: room.top + unit * (extent[3] - extent[2]),
  };
}

export function placeData(run: RunDisplay, stage: Stage<RunDisplay, DataBoundaryState>) {
  const { state, width, height } = stage;
  const { data, boundaries } = run;
  const extent = boundaries?.extent ?? extentOf(data);
  const keyRows = width < 480 ? 2 : 1;
  const box = boxOf(extent, width, height, keyRows);
  stage.setHeight(box.bottom + 52 + keyRows * 18);
  const networks = boundaries === null ? 0 : boundaries.classes.length / boundaries.size ** 2;
  return {
    run,
    data,
    boundaries,
    width,
    box,
    x: scaleLinear([extent[0], extent[1]], [box.left, box.right]),
    y: scaleLinear([extent[2], extent[3]], [box.bottom, box.top]),
    networks,
    selected: state.selected !== null && state.selected < networks ? state.selected : null,
    classCount: data.classNames.length,
    together: state.together,
  };
}

function drawAnswer(group: Group, scene: DataScene): void {
  const { boundaries, selected, classCount, box } = scene;
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
  drawRegions(group, scene);
}

/** The boundary as a line; of more than two classes each region has its colour. */
function drawRegions(group: Group, { boundaries, selected, classCount, box }: DataScene): void {
  if (boundaries === null || selected === null) return;
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
}

function drawOthers(
  group: Group,
  { boundaries, together, networks, classCount, box }: DataScene,
): void {
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
}

function drawFeatureAxes(group: Group, { run, data, box, x, y }: DataScene): void {
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
}

function drawPoints(group: Group, { data, classCount, x, y }: DataScene): void {
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
}

function drawHeadline(group: Group, { networks, together, selected, box }: DataScene): void {
  if (networks === 0) return;
  const one = selected === null ? 'the data alone' : `network ${selected}`;
  const all = `${networks} networks${selected === null ? '' : `, ${selected} bold`}`;
  writeText(group, {
    x: box.right,
    y: 14,
    text: together ? all : one,
    anchor: 'end',
    style: selected === null ? 'muted' : 'strong',
  });
}

function drawClassKeys(group: Group, { data, selected, classCount, box, width }: DataScene): void {
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
}

export const dataLayers: readonly Layer<DataScene>[] = [
  {
    name: 'answer',
    inputs: ({ boundaries, selected }) => [boundaries, selected],
    draw: drawAnswer,
  },
  {
    name: 'others',
    inputs: ({ boundaries, together }) => [boundaries, together],
    draw: drawOthers,
  },
  { name: 'axes', inputs: ({ boundaries, data }) => [boundaries, data], draw: drawFeatureAxes },
  { name: 'points', inputs: ({ boundaries, data }) => [data, boundaries], draw: drawPoints },
  {
    name: 'headline',
    inputs: ({ boundaries, selected, networks, together }) => [
      boundaries,
      selected,
      networks,
      together,
    ],
    draw: drawHeadline,
  },
  {
    name: 'keys',
    inputs: ({ data, boundaries, selected }) => [data, boundaries, selected !== null],
    draw: drawClassKeys,
  },
];
