// Two paths on their own principal components: one network learns, one walk goes nowhere. The reader guesses which.
import { defineFigure } from '../kit/define-figure.ts';
import { walkViewOf, walkOrLearningState } from './walk-or-learning-data.ts';
import { placeWalks, walkLayers } from './walk-or-learning-layers.ts';
import {
  controlsOfWalks,
  describeWalks,
  fidelityOfWalks,
  tableOfWalks,
} from './walk-or-learning-words.ts';

export const walkOrLearning = defineFigure({
  name: 'walk-or-learning',
  state: walkOrLearningState,
  height: (width) => Math.round(Math.min(530, 42 + 0.34 * width + (width < 480 ? 262 : 278))),
  view: walkViewOf,
  scene: placeWalks,
  layers: walkLayers,
  describe: describeWalks,
  table: tableOfWalks,
  controls: controlsOfWalks,
  fidelity: fidelityOfWalks,
});
