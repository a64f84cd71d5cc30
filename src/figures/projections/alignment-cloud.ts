// The cloud of trained networks before and after their hidden units are put in a common order: how far it shrinks, and what a plane shows of it.
import { defineFigure } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Picking } from '../kit/stage.ts';
import { alignmentCloudsOf, alignmentCloudState, alignmentNames } from './alignment-cloud-data.ts';
import { cloudLayers } from './alignment-cloud-layers.ts';
import { cloudHeight, placeCloud, type CloudScene } from './alignment-cloud-scene.ts';
import {
  controlsOfClouds,
  describeClouds,
  fidelityOfClouds,
  tableOfClouds,
} from './alignment-cloud-words.ts';

function pickNetworks({ networks, places, to, state }: CloudScene): Picking {
  return {
    count: networks.at(-1)! + 1,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) =>
      nearestNetwork(
        places.map((at, k) => [networks[k]!, at] as const),
        [px, py],
        24,
      ),
    say: (network) => {
      const k = networks.indexOf(network);
      if (k < 0) return `network ${network}`;
      const distance = formatNumber(Math.hypot(...to.points[k]!));
      return `network ${network}: ${distance} from the middle on the plane, ${alignmentNames[state.aligned]}`;
    },
  };
}

export const alignmentCloud = defineFigure({
  name: 'alignment-cloud',
  state: alignmentCloudState,
  height: cloudHeight,
  view: alignmentCloudsOf,
  scene: placeCloud,
  layers: cloudLayers,
  picking: pickNetworks,
  between: (from, to, t) =>
    from.aligned === to.aligned ? null : { ...to, passing: { from: from.aligned, t } },
  describe: describeClouds,
  table: tableOfClouds,
  controls: controlsOfClouds,
  fidelity: fidelityOfClouds,
});
