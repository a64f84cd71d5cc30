// Where pairs of networks stand: likeness of weights across, share of different answers up.
import { max, min, scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import type { FunctionDistances, FunctionDistancesState, Pair } from './function-distances-data.ts';

export type FunctionScene = ReturnType<typeof placePairs>;

function domainsOf(view: FunctionDistances): { x: [number, number]; y: [number, number] } {
  const cosines = view.pairs.flatMap(({ cosine, alignedCosine }) => [cosine, alignedCosine]);
  const highest = max([
    ...view.pairs.map(({ disagreement }) => disagreement),
    ...[view.raw, view.withinRun].flatMap(({ disagreement: { value, interval } }) => [
      value,
      interval[1],
    ]),
  ]);
  return { x: [Math.min(0, min(cosines) ?? 0) - 0.05, 1.04], y: [0, (highest || 0.01) * 1.12] };
}

export function placePairs(
  view: FunctionDistances,
  { data, state, width, height }: Stage<StudyDisplay, FunctionDistancesState>,
) {
  const selected = state.selected ?? null;
  const aligned = view.aligned === null ? 'raw' : state.aligned;
  const domains = domainsOf(view);
  const box: Box = { left: 50, right: width - 16, top: 34, bottom: height - 72 };
  return {
    ...view,
    data,
    width,
    height,
    selected,
    alignment: aligned,
    /** The mean of two runs under the shown alignment. */
    runs: view.aligned === null || aligned === 'raw' ? view.raw : view.aligned,
    hasPairs: view.pairs.length > 0,
    /** Pairs that the picked network is in. */
    own: view.pairs.filter(({ networks }) => networks.includes(selected ?? -1)),
    box,
    x: scaleLinear(domains.x, [box.left, box.right]),
    y: scaleLinear(domains.y, [box.bottom - 6, box.top]),
  };
}

export const cosineOf = ({ alignment }: FunctionScene, pair: Pair): number =>
  alignment === 'raw' ? pair.cosine : pair.alignedCosine;

export const pairPoint = (scene: FunctionScene, pair: Pair): Point => [
  scene.x(cosineOf(scene, pair)),
  scene.y(pair.disagreement),
];
