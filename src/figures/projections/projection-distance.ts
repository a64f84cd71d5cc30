// How far each network is from its map: what the paper shows of its distance from the centre, and what stands off it.
import type { RunDisplay } from '../../artifact/display.ts';
import { defineFigure, playedUntil } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking } from '../kit/stage.ts';
import { landscapeControls } from '../slices/landscape-numbers.ts';
import { distancesOf, projectionDistanceState } from './projection-distance-data.ts';
import {
  distanceLayers,
  placeDistances,
  shownPoint,
  snapshotPoint,
  type DistanceScene,
} from './projection-distance-layers.ts';
import { describeDistances, tableOfDistances } from './projection-distance-words.ts';

function pickNetworks(scene: DistanceScene): Picking {
  const { networks, until, selected, state, at } = scene;
  function* marks(): Generator<readonly [number, Point]> {
    for (let n = 0; n < networks; n++) {
      yield [n, snapshotPoint(scene, 0, n)];
      if (until > 0) yield [n, shownPoint(scene, n)];
    }
  }
  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(state.revealed ? marks() : [], [px, py], 24),
    say: (n) => {
      const [along, off] = at(Math.floor(until), n);
      return `network ${n}: ${formatNumber(along)} from the centre along the map, ${formatNumber(off)} off it`;
    },
  };
}

export const projectionDistance = defineFigure({
  name: 'projection-distance',
  state: projectionDistanceState,
  height: (width) => Math.round(Math.min(width + 36, 500)),
  view: distancesOf,
  scene: placeDistances,
  layers: distanceLayers,
  picking: pickNetworks,
  between: playedUntil((run: RunDisplay) => (run.landscape?.snapshotSteps.length ?? 1) - 1),
  describe: describeDistances,
  table: tableOfDistances,
  // Only how far training has come: these distances are of the plane, whatever is drawn on it.
  controls: (run) => landscapeControls(run).filter(({ key }) => key === 'until'),
});
