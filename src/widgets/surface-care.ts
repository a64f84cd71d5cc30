// A view in 3D comes when a reader reaches for it, has its map one key away, and gives back its memory far from the screen.
import { eyeEvent, type EyeDetail } from '../figures/figure.ts';
import { stateEvent } from './figure-events.ts';
import { keepWithin, type Restful } from './figure-rest.ts';
import { waitForReach } from './reach.ts';

interface SurfaceElement extends HTMLElement {
  readonly state: Readonly<Record<string, unknown>>;
  choose(state: Readonly<Record<string, unknown>>): void;
}

export interface SurfaceView extends Restful {
  /** The reader wants to turn it. */
  reached(): void;
}

const mapEye = 'map';

/** Returns how to stop. */
export function careForSurface(figure: SurfaceElement, view: SurfaceView): () => void {
  let stopKeeping = (): void => {};
  waitForReach(figure, () => {
    view.reached();
    stopKeeping = keepWithin(figure, view);
  });
  figure.addEventListener(eyeEvent, (event) => {
    figure.choose({ eye: (event as CustomEvent<EyeDetail>).detail.eye });
  });

  /** Where the reader stood before the map, to come back to. */
  let stood: unknown = null;
  const follow = (): void => {
    const eye = figure.state['eye'] ?? null;
    figure.toggleAttribute('data-map', eye === mapEye);
    if (eye !== mapEye) stood = eye;
  };
  figure.addEventListener(stateEvent, follow);
  follow();
  figure.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '2') figure.choose({ eye: mapEye });
    else if (event.key === '3') figure.choose({ eye: stood });
  });
  return () => stopKeeping();
}
