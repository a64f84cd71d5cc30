// How rough the loss is around plain and residual networks of growing depth: maps side by side, their means below.
import { defineFigure } from '../kit/define-figure.ts';
import { depthConvexityState, viewOfDepth } from './depth-data.ts';
import { depthLayers } from './depth-layers.ts';
import { depthHeight, pickDepth, placeDepth } from './depth-scene.ts';
import { controlsOfDepth, describeDepth, fidelityOfDepth, tableOfDepth } from './depth-words.ts';

export const depthConvexity = defineFigure({
  name: 'depth-convexity',
  state: depthConvexityState,
  height: depthHeight,
  view: viewOfDepth,
  scene: placeDepth,
  layers: depthLayers,
  picking: pickDepth,
  describe: describeDepth,
  table: tableOfDepth,
  controls: controlsOfDepth,
  fidelity: fidelityOfDepth,
});
