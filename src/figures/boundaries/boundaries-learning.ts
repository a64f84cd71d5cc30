// Fifty boundaries bend while fifty loss curves fall: both on one clock, and a network picked in one is picked in the other.
import type { RunDisplay } from '../../artifact/display.ts';
import { defineFigure, playedUntil, type Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, simplify } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { lossCurves } from '../outcomes/loss-curves.ts';
import { lossCurvesLayers } from '../outcomes/loss-curves-layers.ts';
import { lossCurvesState, type LossCurvesState } from '../outcomes/loss-curves-view.ts';
import { drawSheetPoints } from './answer-sheet.ts';
import {
  learningHeight,
  pickLearning,
  placeLearning,
  type LearningScene,
} from './boundaries-learning-scene.ts';
import { viewOfLearning } from './boundaries-learning-view.ts';

export type BoundariesLearningState = LossCurvesState;

/** Class colours stay faint: the lines are the picture. */
function drawPoints(group: Group, { sheet, view }: LearningScene): void {
  const { inputs, labels } = view.run.data.train;
  drawSheetPoints(group.attr('opacity', 0.5), sheet, { inputs, labels: labels ?? [] }, true);
}

/** A thin line may leave out points that move it by less than this, in pixels: more in a drawing that the HTML carries. */
const finest = ({ isLive }: LearningScene): number => (isLive ? 0.3 : 1);

const lineOf = (scene: LearningScene, row: number): string =>
  scene.lines[row]!.map((line) =>
    linePath(
      simplify(
        line.map(([x, y]) => scene.sheet.at(x, y)),
        finest(scene),
      ),
    ),
  ).join('');

function drawBoundaries(group: Group, scene: LearningScene): void {
  const { view, curves } = scene;
  group.attr('opacity', curves.selected === null ? 0.9 : 0.4);
  for (const [row, network] of view.history.networks.entries())
    drawPath(group, 'line', lineOf(scene, row), { colour: networkColour(network), width: 1.1 });
}

function drawPicked(group: Group, scene: LearningScene): void {
  const { view, curves } = scene;
  const row = view.history.networks.indexOf(curves.selected ?? -1);
  if (row < 0 || curves.selected === null) return;
  const d = lineOf(scene, row);
  drawPath(group, 'casing', d, { width: 6 });
  drawPath(group, 'line', d, { colour: networkColour(curves.selected), width: 3 });
}

function drawClock(group: Group, { curves, offset, sheet, view }: LearningScene): void {
  const { box, x, until } = curves;
  const at = (offset[0] + x(until)).toFixed(1);
  drawPath(group, 'accent-line', `M${at},${offset[1] + box.top}V${offset[1] + box.bottom}`, {
    width: 1.5,
  });
  writeText(group, {
    x: sheet.box.left,
    y: 14,
    text: `Epoch ${Math.round(until)}: the boundaries of ${view.history.networks.length} networks`,
    style: 'strong',
  });
}

/** The layers of the loss curves, moved to their place beside the sheet. */
const curveLayers: readonly Layer<LearningScene>[] = lossCurvesLayers.map((layer) => ({
  name: `curve-${layer.name}`,
  inputs: ({ curves }) => layer.inputs(curves),
  draw: (group, { curves, offset }) => {
    const [x, y] = offset;
    const moved = group
      .append('g')
      .attr('transform', `translate(${x.toFixed(1)},${y.toFixed(1)})`) as Group;
    layer.draw(moved, curves);
  },
}));

const moment = ({ view, curves }: LearningScene): unknown[] => [view.run, curves.until];

export const boundariesLearning = defineFigure({
  name: 'boundaries-learning',
  state: lossCurvesState,
  height: learningHeight,
  view: viewOfLearning,
  scene: placeLearning,
  layers: [
    { name: 'points', inputs: ({ view }) => [view.run], draw: drawPoints },
    {
      name: 'boundaries',
      inputs: (scene) => [...moment(scene), scene.curves.selected !== null],
      draw: drawBoundaries,
    },
    {
      name: 'picked',
      inputs: (scene) => [...moment(scene), scene.curves.selected],
      draw: drawPicked,
    },
    ...curveLayers,
    { name: 'clock', inputs: moment, draw: drawClock },
  ] satisfies readonly Layer<LearningScene>[],
  picking: pickLearning,
  between: playedUntil(({ experiment }: RunDisplay) => experiment.epochs),
  describe({ run, history }, state) {
    const until = state.until ?? run.experiment.epochs;
    return (
      `${lossCurves.describe(run, state)} ` +
      `Beside the curves, over the training points, the boundaries of ${history.networks.length} networks after ${formatNumber(until)} epochs.`
    );
  },
  table: ({ run }, state) => lossCurves.table!(run, state),
  controls: (run) => lossCurves.controls!(run),
});
