// The loss on the way from one network to another: straight across, and along the curves that go round.
import { max } from 'd3';
import { defineFigure } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking } from '../kit/stage.ts';
import { connectingCurvesState, connectingPathsOf, pairOf } from './connecting-curves-data.ts';
import { connectingLayers } from './connecting-curves-layers.ts';
import { placePaths, type ConnectingScene } from './connecting-curves-scene.ts';
import { controlsOfPaths, describePaths, tableOfPaths } from './connecting-curves-words.ts';

function pickPairs({ state, paths, shown, x, y }: ConnectingScene): Picking {
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

export const connectingCurves = defineFigure({
  name: 'connecting-curves',
  state: connectingCurvesState,
  height: (width) => Math.round(Math.min(440, Math.max(330, width * 0.66))),
  view: connectingPathsOf,
  scene: placePaths,
  layers: connectingLayers,
  picking: pickPairs,
  describe: describePaths,
  table: tableOfPaths,
  controls: controlsOfPaths,
});
