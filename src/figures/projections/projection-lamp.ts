// A cloud of networks between a lamp that the reader holds and a wall that counts what its shadow keeps, beside a cloud of nothing.
import type { StudyDisplay } from '../../artifact/display.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { Figure } from '../kit/figure.ts';
import { betweenLamps, lampState, lampViewOf, type LampState } from './lamp-data.ts';
import { makeLampMovable, type ShownLamp } from './lamp-hand.ts';
import { lampLayers } from './lamp-layers.ts';
import { lampHeight, placeLamp } from './lamp-scene.ts';
import { controlsOfLamp, describeLamp, fidelityOfLamp, tableOfLamp } from './lamp-words.ts';

const figure = defineFigure({
  name: 'projection-lamp',
  state: lampState,
  height: lampHeight,
  view: lampViewOf,
  scene: placeLamp,
  layers: lampLayers,
  between: betweenLamps,
  motionMilliseconds: 400,
  describe: describeLamp,
  table: tableOfLamp,
  controls: controlsOfLamp,
  fidelity: fidelityOfLamp,
});

export const projectionLamp: Figure<StudyDisplay, LampState> = {
  ...figure,
  draw(container, data, state, environment) {
    const shown: ShownLamp = { state, width: environment.width };
    const handle = figure.draw(container, data, state, environment);
    if (environment.interactive) makeLampMovable(container, shown);
    return {
      ...handle,
      update(next, nextData) {
        shown.state = next;
        handle.update(next, nextData);
      },
      pass(from, to, share) {
        if (share === 1) shown.state = to;
        handle.pass?.(from, to, share);
      },
      resize(next) {
        shown.width = next.width;
        handle.resize(next);
      },
    };
  },
};
