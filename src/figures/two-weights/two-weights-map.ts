// The two-weight network's loss from above, exact, with a start to drag and the descent from it.
import { defineFigure } from '../kit/define-figure.ts';
import type { Figure } from '../kit/figure.ts';
import { mapLayers } from './two-weights-map-layers.ts';
import {
  placeMap,
  twoWeightsMapState,
  type TwoWeightsMapData,
  type TwoWeightsMapState,
} from './two-weights-map-scene.ts';
import { controlsOfMap, describeMap, fidelityOfMap, tableOfMap } from './two-weights-map-words.ts';
import { makeStartMovable, type ShownMap } from './two-weights-start-handle.ts';

export type { TwoWeightsMapData, TwoWeightsMapState } from './two-weights-map-scene.ts';
export { startEvent, type StartDetail } from './two-weights-start-handle.ts';

const figure = defineFigure({
  name: 'two-weights-map',
  state: twoWeightsMapState,
  height: (width) => Math.round(Math.min(560, Math.max(320, width + 60))),
  view: (data: TwoWeightsMapData) => data,
  scene: placeMap,
  layers: mapLayers,
  describe: describeMap,
  table: tableOfMap,
  controls: controlsOfMap,
  fidelity: fidelityOfMap,
});

export const twoWeightsMap: Figure<TwoWeightsMapData, TwoWeightsMapState> = {
  ...figure,
  draw(container, data, state, environment) {
    const shown: ShownMap = { data, environment };
    const handle = figure.draw(container, data, state, environment);
    if (environment.interactive) makeStartMovable(container, shown);
    return {
      update(next, nextData) {
        shown.data = nextData ?? shown.data;
        handle.update(next, nextData);
      },
      resize(next) {
        shown.environment = next;
        handle.resize(next);
      },
      destroy: () => handle.destroy(),
    };
  },
};
