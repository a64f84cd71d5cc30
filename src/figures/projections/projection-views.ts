// The same networks laid out in several ways, side by side: by weights and by answers, each with what it keeps and what chance keeps.
import { defineFigure } from '../kit/define-figure.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking } from '../kit/stage.ts';
import { viewsLayers } from './projection-views-layers.ts';
import {
  heightOfPanels,
  placePanels,
  projectionViewsState,
  shownLayouts,
  usualHeight,
  type ViewsScene,
} from './projection-views-scene.ts';
import {
  controlsOfLayouts,
  describeLayouts,
  fidelityOfLayouts,
  nearestText,
  tableOfLayouts,
} from './projection-views-words.ts';

function pickNetworks({ panels, places, networks, state }: ViewsScene): Picking {
  function* marks(): Generator<readonly [number, Point]> {
    for (const points of places) for (const [i, at] of points.entries()) yield [networks[i]!, at];
  }
  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 24),
    say: (network) => nearestText(panels, networks, network),
  };
}

export const projectionViews = defineFigure({
  name: 'projection-views',
  state: projectionViewsState,
  height: usualHeight,
  heightFor: heightOfPanels,
  view: shownLayouts,
  scene: placePanels,
  layers: viewsLayers,
  picking: pickNetworks,
  describe: describeLayouts,
  table: tableOfLayouts,
  controls: controlsOfLayouts,
  fidelity: fidelityOfLayouts,
});
