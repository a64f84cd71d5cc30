// One plane through a trained network that the reader turns: the ground changes from a funnel to a valley to walls, and every plane was evaluated.
import type { StudyDisplay } from '../../artifact/display.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { Figure } from '../kit/figure.ts';
import { turnedPlaneOf, turnedPlaneState, type TurnedPlaneState } from './turned-plane-data.ts';
import { makePlaneTurnable, type ShownTurn } from './turned-plane-hand.ts';
import { turnedPlaneLayers } from './turned-plane-layers.ts';
import { placeTurnedPlane, turnedPlaneHeight } from './turned-plane-scene.ts';
import {
  controlsOfTurn,
  describeTurnedPlane,
  fidelityOfTurn,
  tableOfTurn,
} from './turned-plane-words.ts';

const figure = defineFigure({
  name: 'turned-plane',
  state: turnedPlaneState,
  height: turnedPlaneHeight,
  view: turnedPlaneOf,
  scene: placeTurnedPlane,
  layers: turnedPlaneLayers,
  // On its way it shows the planes in between, each as it was evaluated.
  between: (from, to, t) =>
    from.turn === to.turn ? null : { turn: Math.round(from.turn + t * (to.turn - from.turn)) },
  describe: describeTurnedPlane,
  table: tableOfTurn,
  controls: controlsOfTurn,
  fidelity: fidelityOfTurn,
});

export const turnedPlane: Figure<StudyDisplay, TurnedPlaneState> = {
  ...figure,
  draw(container, data, state, environment) {
    const shown: ShownTurn = { data, state, width: environment.width };
    const handle = figure.draw(container, data, state, environment);
    const end = new AbortController();
    if (environment.interactive) makePlaneTurnable(container, shown, end.signal);
    return {
      ...handle,
      update(next, nextData) {
        shown.state = next;
        shown.data = nextData ?? shown.data;
        handle.update(next, nextData);
      },
      pass(from, to, share) {
        if (share === 1) shown.state = to;
        handle.pass?.(from, to, share);
      },
      destroy() {
        end.abort();
        handle.destroy();
      },
      resize(next) {
        shown.width = next.width;
        handle.resize(next);
      },
    };
  },
};
