// The loss on the way from one network to another: straight across, and along the curves that go round.
import { max } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeAbsence } from '../kit/labels.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { absence, pairOf, type ConnectingCurvesState } from './connecting-curves-data.ts';
import {
  drawAllPairs,
  drawConnectingAxes,
  drawEnds,
  drawGuess,
  drawMainLines,
  drawNames,
} from './connecting-curves-layers.ts';
import { connectingViewOf, type ConnectingView } from './connecting-curves-view.ts';
import { controls, describe, table } from './connecting-curves-words.ts';

function paint(stage: Stage<StudyDisplay, ConnectingCurvesState>): Picking | null {
  const { data, state } = stage;
  const view = connectingViewOf(stage);
  stage.layer('absence', [view === null], (group) => {
    if (view === null) writeAbsence(group, stage.width, stage.height, absence);
  });
  if (view === null) return null;
  const { pair } = view;
  const seen = [data, state.scale, state.guess];
  // Faint lines in the HTML may be coarser: they are a page's weight, and are drawn anew when the picture comes alive.
  const tolerance = stage.environment.interactive ? 0.5 : 1.2;
  stage.layer('axes', [...seen, pair], (group) => drawConnectingAxes(group, view));
  stage.layer('all', [...seen, state.ways, pair], (group) => drawAllPairs(group, view, tolerance));
  stage.layer('strong', [...seen, state.ways, pair], (group) => drawMainLines(group, view));
  stage.layer('ends', [...seen, pair], (group) => drawEnds(group, view));
  stage.layer('names', [...seen, state.ways, pair], (group) => drawNames(group, view));
  stage.layer('guess', seen, (group) => drawGuess(group, view));
  return pickingOf(view);
}

function pickingOf({ state, paths, shown, x, y }: ConnectingView): Picking {
  const { at, pairs } = paths;
  /** The lines at the pointer's share of the way: each stands for the network of its nearer end. */
  function* marksAt(px: number): Generator<readonly [number, Point]> {
    const k = Math.round(x.invert(px) * (at.length - 1));
    if (k < 0 || k >= at.length) return;
    for (const path of shown)
      for (const [c, ends] of pairs.entries())
        yield [ends[k < at.length / 2 ? 0 : 1], [px, y(path.loss[c * at.length + k]!)]];
  }
  return {
    count: (max(pairs.flat()) ?? 0) + 1,
    columns: 2,
    selected: state.selected,
    nearest: (px, py) => nearestNetwork(marksAt(px), [px, py], 10),
    say: (network) => {
      const c = pairOf(paths, network);
      if (c < 0) return `network ${network}`;
      const barriers = shown.map(({ name, barrier }) => `${name} ${formatNumber(barrier[c]!)}`);
      return `networks ${pairs[c]!.join(' and ')}: barrier ${barriers.join(', ')}`;
    },
  };
}

export const connectingCurves: Figure<StudyDisplay, ConnectingCurvesState> = {
  name: 'connecting-curves',
  initial: { ways: 'all', scale: 'linear', selected: null, guess: null, revealed: false },
  height: (width) => Math.round(Math.min(440, Math.max(330, width * 0.66))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'connecting-curves', container, data, state, environment, describe, paint }),
  describe,
  table,
  controls,
};
