// Barriers against width, as trained and aligned, with every network's own mean faint behind the mean of all.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeAbsence } from '../kit/labels.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { alignmentTexts } from './barrier-data.ts';
import { absence, lines, type WidthBarriersState } from './width-barriers-data.ts';
import {
  drawGuess,
  drawMarkKeys,
  drawMeans,
  drawNames,
  drawNetworks,
  drawPickedNetwork,
  drawPickedWidth,
  drawWidthAxes,
} from './width-barriers-layers.ts';
import {
  networkPoint,
  widthBarriersViewOf,
  type WidthBarriersView,
} from './width-barriers-view.ts';
import { controls, describe, table } from './width-barriers-words.ts';

function paint(stage: Stage<StudyDisplay, WidthBarriersState>): Picking | null {
  const { data, state } = stage;
  const view = widthBarriersViewOf(stage);
  stage.layer('absence', [view === null], (group) => {
    if (view === null) writeAbsence(group, stage.width, stage.height, absence);
  });
  if (view === null) return null;
  const seen = [data, state.guess];
  stage.layer('axes', seen, (group) => drawWidthAxes(group, view));
  stage.layer('networks', [...seen, state.shown], (group) => drawNetworks(group, view));
  stage.layer('lines', [...seen, state.shown], (group) => {
    for (const name of view.shown) drawMeans(group, view, name);
  });
  stage.layer('selected', [...seen, state.shown, state.selected], (group) =>
    drawPickedNetwork(group, view),
  );
  stage.layer('picked', [...seen, state.width, state.shown], (group) => {
    if (view.picked) drawPickedWidth(group, view, view.picked);
    else drawNames(group, view);
  });
  stage.layer('guess', seen, (group) => drawGuess(group, view));
  stage.layer('keys', [data], (group) => drawMarkKeys(group, view));
  return pickingOf(view);
}

function pickingOf(view: WidthBarriersView): Picking {
  const { rows, shown, picked, last, state } = view;
  function* marks(): Generator<readonly [number, Point]> {
    for (const row of rows)
      for (const name of shown)
        for (const [k, value] of row[name].each.entries())
          yield [row.networks[k]!, networkPoint(view, row, k, value)];
  }
  return {
    count: Math.max(...rows.flatMap((row) => row.networks)) + 1,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 14),
    say: (network) => {
      const row = picked ?? last;
      const k = row.networks.indexOf(network);
      if (k < 0) return `network ${network}`;
      const means = lines.map(
        (name) => `${alignmentTexts[name]} ${formatNumber(row[name].each[k]!)}`,
      );
      return `network ${network}, ${row.units} units: mean barrier ${means.join(', ')}`;
    },
  };
}

export const widthBarriers: Figure<StudyDisplay, WidthBarriersState> = {
  name: 'width-barriers',
  initial: { width: null, shown: 'both', selected: null, guess: null, revealed: false },
  height: (width) => Math.round(Math.min(460, Math.max(340, width * 0.72))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'width-barriers', container, data, state, environment, describe, paint }),
  describe,
  table,
  controls,
};
