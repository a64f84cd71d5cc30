// All networks drawn onto one road: first their units are renumbered, one by one, then they train on.
import { defineFigure } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Picking } from '../kit/stage.ts';
import { momentOf, roadOf, roadState } from './road-data.ts';
import { roadLayers } from './road-layers.ts';
import { placeRoad, roadHeight, type RoadScene } from './road-scene.ts';
import { controlsOfRoad, describeRoad, fidelityOfRoad, tableOfRoad } from './road-words.ts';

function pickNetworks({ result, places, rowPlaces, now, state }: RoadScene): Picking {
  const { networks } = result;
  return {
    count: networks.at(-1)! + 1,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) =>
      nearestNetwork(
        [places, rowPlaces].flatMap((all) => all.map((at, n) => [networks[n]!, at] as const)),
        [px, py],
        24,
      ),
    say: (network) => {
      const own = now[networks.indexOf(network)];
      if (!own) return `network ${network}`;
      return `network ${network}: training loss ${formatNumber(own.loss)}, ${formatNumber(own.along)} along the road, ${formatNumber(own.off)} off it`;
    },
  };
}

export const road = defineFigure({
  name: 'road',
  state: roadState,
  height: roadHeight,
  view: roadOf,
  scene: placeRoad,
  layers: roadLayers,
  picking: pickNetworks,
  between(from, to, t, data) {
    const view = roadOf(data);
    if (typeof view === 'string') return null;
    const [a, b] = [momentOf(view, from), momentOf(view, to)];
    return a === b ? null : { ...to, moment: a + t * (b - a) };
  },
  describe: describeRoad,
  table: tableOfRoad,
  controls: controlsOfRoad,
  fidelity: fidelityOfRoad,
});
