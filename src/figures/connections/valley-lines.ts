// Loss along straight lines from small-batch to large-batch solutions: which valley looks wider, and when that turns round.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { Figure } from '../kit/figure.ts';
import { writeAbsence } from '../kit/labels.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { absence, type ValleyLinesState } from './valley-lines-data.ts';
import { drawCurves, drawLineAxes, drawLineKeys, drawValleys } from './valley-lines-layers.ts';
import { endColours, valleyViewOf, type ValleyView } from './valley-lines-view.ts';
import { controlsOfValleys, describeValleys, tableOfValleys } from './valley-lines-words.ts';
import { drawSummary } from './valley-summary.ts';

function paint(stage: Stage<StudyDisplay, ValleyLinesState>): Picking | null {
  const { data, state, width, height } = stage;
  const view = valleyViewOf(stage);
  stage.layer('absence', [view === null], (group) => {
    if (view === null) writeAbsence(group, width, height, absence);
  });
  if (view === null) return null;
  const { valley, valleys, pair } = view;
  const seen = [data, valley.key, state.quantity, state.scale];
  stage.layer('axes', seen, (group) => drawLineAxes(group, view));
  stage.layer('lines', [...seen, pair], (group) => {
    if (view.isLoss) drawValleys(group, view);
    drawCurves(group, view);
  });
  stage.layer('keys', [...seen, pair], (group) => drawLineKeys(group, view));
  stage.layer('summary', [data, valley.key, state.revealed, state.guess], (group) =>
    drawSummary(group, {
      box: { left: 4, right: width - 14, top: view.summaryTop, bottom: height },
      valleys,
      shown: valley.key,
      revealed: state.revealed,
      guess: state.guess,
      colours: endColours,
    }),
  );
  return pickingOf(view);
}

function pickingOf({ line, values, alphas, pair, state, box, y }: ValleyView): Picking {
  const points = alphas.length;
  return {
    count: line.pairs.length,
    columns: 1,
    selected: pair < 0 ? null : state.selected,
    nearest: (px, py) => {
      if (px < box.left || px > box.right || py < box.top || py > box.bottom) return null;
      const at = Math.round(((px - box.left) / (box.right - box.left)) * (points - 1));
      const marks = line.pairs.map(
        ([network], m) => [network, [px, y(values[m * points + at]!)]] as const,
      );
      return nearestNetwork(marks, [px, py], 12);
    },
    say: (network) => {
      const m = line.pairs.findIndex(([first]) => first === network);
      if (m < 0) return `network ${network} is on no line`;
      return `networks ${network} and ${line.pairs[m]![1]}: width ${line.fromWidth.values[m]!.toFixed(2)} at the small batch's end, ${line.toWidth.values[m]!.toFixed(2)} at the large batch's`;
    },
  };
}

export const valleyLines: Figure<StudyDisplay, ValleyLinesState> = {
  name: 'valley-lines',
  initial: {
    line: null,
    quantity: 'loss',
    scale: 'linear',
    selected: null,
    guess: null,
    revealed: false,
  },
  height: (width) => (width < 480 ? 386 : width < 720 ? 456 : 490),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'valley-lines',
      container,
      data,
      state,
      environment,
      describe: describeValleys,
      paint,
    }),
  describe: describeValleys,
  table: tableOfValleys,
  controls: controlsOfValleys,
};
