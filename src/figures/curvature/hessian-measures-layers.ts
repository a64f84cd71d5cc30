// The layers of four measures of curvature: a panel each, with every network's value, the means, and the picked network.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { classColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { shortDecayName } from '../kit/setting-names.ts';
import { drawPath, drawRing } from '../kit/shapes.ts';
import type { Group, Stage } from '../kit/stage.ts';
import { drawWhisker, type WhiskerMark } from '../kit/whisker.ts';
import {
  measures,
  valuesOf,
  type HessianMeasuresState,
  type MeasuredCondition,
  type MeasureGrid,
} from './hessian-measures-data.ts';

const seriesMarks: readonly WhiskerMark[] = ['circle', 'square', 'triangle', 'diamond'];
const rowHeight = 27;
const panelHeight = (rows: number): number => 26 + rows * rowHeight + 34;
export const measuresHeight = (rows: number): number => 2 * panelHeight(rows) + 40;

export type MeasuresScene = ReturnType<typeof placeMeasures>;

export function placeMeasures(grid: MeasureGrid, stage: Stage<StudyDisplay, HessianMeasuresState>) {
  const { data, state, width } = stage;
  const isNarrow = width < 520;
  const gutter = isNarrow ? 50 : 136;
  const gap = isNarrow ? 20 : 34;
  const each = (width - 12 - gutter - gap) / 2;
  stage.setHeight(measuresHeight(grid.rows.length));
  const networks = [...new Set(grid.cells.flatMap(({ curvature }) => curvature.networks))];
  const panels = measures.map((measure, index) => {
    const left = gutter + (index % 2) * (each + gap);
    const top = 26 + Math.floor(index / 2) * panelHeight(grid.rows.length);
    const box: Box = {
      left,
      right: left + each,
      top,
      bottom: top + grid.rows.length * rowHeight,
    };
    const most = Math.max(
      ...grid.cells.flatMap(({ curvature }) => valuesOf(curvature, measure.key)),
    );
    return { ...measure, box, x: scaleLinear([0, most * 1.06], [box.left, box.right]) };
  });
  return {
    ...grid,
    data,
    width,
    isNarrow,
    panels,
    panelWidth: each,
    networks,
    selected: networks.includes(state.selected ?? -1) ? state.selected : null,
  };
}

type MeasurePanel = MeasuresScene['panels'][number];

/** Height of a condition in a panel: the series of one row lie close together. */
function heightOf(
  { series }: MeasuresScene,
  { box }: MeasurePanel,
  cell: MeasuredCondition,
): number {
  const spacing = 10 / Math.max(1, series.length - 1);
  return box.top + (cell.row + 0.5) * rowHeight + (cell.series - (series.length - 1) / 2) * spacing;
}

/** The value of every network of a condition in a panel. */
export function networkPoints(
  scene: MeasuresScene,
  panel: MeasurePanel,
  cell: MeasuredCondition,
): Point[] {
  const y = heightOf(scene, panel, cell);
  return valuesOf(cell.curvature, panel.key).map((value): Point => [panel.x(value), y]);
}

function drawPanels(group: Group, scene: MeasuresScene): void {
  const { panels, panelWidth, isNarrow } = scene;
  for (const [index, { box, x, name, short }] of panels.entries()) {
    drawAxes(group, {
      box,
      x,
      y: null,
      xTicks: x.ticks(isNarrow ? 3 : 5),
      xFormat: formatNumber,
    });
    writeText(group, {
      x: box.left,
      y: box.top - 9,
      text: textWidth(name) < panelWidth + 12 && !isNarrow ? name : short,
      style: 'strong',
    });
    if (index % 2 === 0) writeRowNames(group, scene, box);
  }
}

function writeRowNames(group: Group, { rows, isNarrow }: MeasuresScene, box: Box): void {
  if (isNarrow) writeText(group, { x: 2, y: box.top - 9, text: 'Decay', style: 'axis-name' });
  for (const [row, name] of rows.entries())
    writeText(group, {
      x: box.left - 10,
      y: box.top + (row + 0.5) * rowHeight + 4,
      text: isNarrow ? shortDecayName(name) : name,
      anchor: 'end',
      style: 'muted',
    });
}

function drawNetworks(group: Group, scene: MeasuresScene): void {
  group.attr('opacity', 0.45);
  for (const panel of scene.panels)
    for (const cell of scene.cells)
      drawPath(group, 'dots', dotsPath(networkPoints(scene, panel, cell)), {
        colour: classColour(cell.series),
        width: 4,
      });
}

function drawMeans(group: Group, scene: MeasuresScene): void {
  for (const panel of scene.panels)
    for (const cell of scene.cells) {
      const { value, interval } = cell.curvature.means[panel.key];
      drawWhisker(group, {
        mean: panel.x(value),
        interval: [panel.x(interval[0]), panel.x(interval[1])],
        across: heightOf(scene, panel, cell),
        colour: classColour(cell.series),
        mark: seriesMarks[cell.series % seriesMarks.length]!,
      });
    }
}

function drawPicked(group: Group, scene: MeasuresScene): void {
  const { selected, panels, cells } = scene;
  if (selected === null) return;
  for (const panel of panels)
    for (const cell of cells) {
      const place = cell.curvature.networks.indexOf(selected);
      if (place >= 0) drawRing(group, networkPoints(scene, panel, cell)[place]!, 4);
    }
}

function drawSeriesKeys(group: Group, scene: MeasuresScene): void {
  const { series, rows, selected, isNarrow, width } = scene;
  const keys: Key[] = series.map((name, index) => ({
    mark: index === 0 ? 'dot' : 'square',
    colour: classColour(index),
    text: isNarrow ? name : `${name}: mean, 95% interval`,
  }));
  if (selected !== null) keys.push({ mark: 'ring', text: `network ${selected}` });
  drawKeys(group, { x: 8, y: 2 * panelHeight(rows.length) + 28, width: width - 16, keys });
}

export const measuresLayers: readonly Layer<MeasuresScene>[] = [
  { name: 'axes', inputs: ({ data }) => [data], draw: drawPanels },
  { name: 'networks', inputs: ({ data }) => [data], draw: drawNetworks },
  { name: 'means', inputs: ({ data }) => [data], draw: drawMeans },
  { name: 'selected', inputs: ({ data, selected }) => [data, selected], draw: drawPicked },
  { name: 'keys', inputs: ({ data, selected }) => [data, selected], draw: drawSeriesKeys },
];
