// Do networks that lie apart answer differently? Every pair by likeness of weights and share of different answers, beside snapshots of one run.
import { mean } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Figure } from '../kit/figure.ts';
import { defineFigure } from '../kit/define-figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Picking } from '../kit/stage.ts';
import {
  functionDistancesOf,
  functionDistancesState,
  type FunctionDistances,
  type FunctionDistancesState,
} from './function-distances-data.ts';
import { functionLayers } from './function-distances-layers.ts';
import { cosineOf, pairPoint, placePairs, type FunctionScene } from './function-distances-scene.ts';
import {
  controlsOfFunctions,
  describeFunctions,
  tableOfFunctions,
} from './function-distances-words.ts';

function pickPairs(scene: FunctionScene): Picking | null {
  const { hasPairs, pairs, networks, selected } = scene;
  if (!hasPairs) return null;
  return {
    count: networks.at(-1)! + 1,
    columns: 1,
    selected,
    nearest: (px, py) =>
      nearestNetwork(
        pairs.map((pair) => [pair.networks[0], pairPoint(scene, pair)] as const),
        [px, py],
        12,
      ),
    say: (network) => {
      const own = pairs.filter((pair) => pair.networks.includes(network));
      const answers = mean(own, ({ disagreement }) => disagreement) ?? NaN;
      const cosine = mean(own, (pair) => cosineOf(scene, pair)) ?? NaN;
      return `network ${network}: answers differently from the others on ${formatPercent(answers)} of samples on average, mean cosine ${formatNumber(cosine)}`;
    },
  };
}

const figure = defineFigure<StudyDisplay, FunctionDistancesState, FunctionDistances, FunctionScene>(
  {
    name: 'function-distances',
    state: functionDistancesState,
    height: (width) => Math.round(Math.min(380, Math.max(310, width * 0.55))),
    view: functionDistancesOf,
    scene: placePairs,
    layers: functionLayers,
    picking: pickPairs,
    describe: describeFunctions,
    table: tableOfFunctions,
    controls: controlsOfFunctions,
  },
);

export const functionDistances: Figure<StudyDisplay, FunctionDistancesState> = {
  ...figure,
  // No key for a pick: the page links picks of the figures whose state has one.
  initial: { aligned: 'raw' },
};
