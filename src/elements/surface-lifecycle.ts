// A view in 3D comes when a reader reaches for it, has its map one key away, and gives back its memory far from the screen.
import { eyeEvent, type EyeDetail } from '../figures/kit/figure.ts';
import { stateEvent } from './figure-events.ts';
import { keepWithin, type Restful } from './graphics-contexts.ts';
import { waitForReach } from './activation.ts';

/** Whose state it is, and who takes a reader's choice. */
export interface SurfaceDriver {
  readonly state: Readonly<Record<string, unknown>>;
  choose(state: Readonly<Record<string, unknown>>): void;
}

export interface SurfaceView extends Restful {
  /** The reader wants to turn it. */
  reached(): void;
}

const mapEye = 'map';

/** @param figure hears of another state by `stateEvent`. Returns how to stop. */
export function careForSurface(
  figure: HTMLElement,
  driver: SurfaceDriver,
  view: SurfaceView,
): () => void {
  let stopKeeping = (): void => {};
  waitForReach(figure, () => {
    view.reached();
    stopKeeping = keepWithin(figure, view);
  });
  figure.addEventListener(eyeEvent, (event) => {
    driver.choose({ eye: (event as CustomEvent<EyeDetail>).detail.eye });
  });

  /** Where the reader stood before the map, to come back to. */
  let stood: unknown = null;
  const follow = (): void => {
    const eye = driver.state['eye'] ?? null;
    figure.toggleAttribute('data-map', eye === mapEye);
    if (eye !== mapEye) stood = eye;
  };
  figure.addEventListener(stateEvent, follow);
  follow();
  figure.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '2') driver.choose({ eye: mapEye });
    else if (event.key === '3') driver.choose({ eye: stood });
  });
  return () => stopKeeping();
}
