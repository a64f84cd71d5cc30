// A view in 3D comes when a reader asks for it, has its map one key away, and gives back its memory far from the screen.
import { eyeEvent, type EyeDetail } from '../figures/kit/figure.ts';
import { waitForActivation } from './activation.ts';
import { manageContext, type ContextHolder } from './graphics-contexts.ts';

/** Whose state it is, and who takes a reader's choice. */
export interface SurfaceDriver {
  readonly state: Readonly<Record<string, unknown>>;
  choose(state: Readonly<Record<string, unknown>>): void;
}

export interface SurfaceView extends ContextHolder {
  /** The reader wants to turn it. */
  activate(): void;
}

export interface SurfaceCare {
  /** The driver's state has changed. */
  follow(): void;
  stop(): void;
}

const mapEye = 'map';

/** @param isAskedFor the reader has asked for it already, in a place that has a map of its own. */
export function careForSurface(
  place: HTMLElement,
  driver: SurfaceDriver,
  isAskedFor: boolean,
  view: SurfaceView,
): SurfaceCare {
  const end = new AbortController();
  const { signal } = end;
  const activate = (): void => {
    view.activate();
    manageContext(place, view, signal);
  };
  if (isAskedFor) activate();
  else waitForActivation(place, activate, signal);
  const turn = (event: Event): void =>
    driver.choose({ eye: (event as CustomEvent<EyeDetail>).detail.eye });
  place.addEventListener(eyeEvent, turn, { signal });

  /** Where the reader stood before the map, to come back to. */
  let stood: unknown = null;
  const follow = (): void => {
    const eye = driver.state['eye'] ?? null;
    place.toggleAttribute('data-map', eye === mapEye);
    if (eye !== mapEye) stood = eye;
  };
  const choose = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '2') driver.choose({ eye: mapEye });
    else if (event.key === '3') driver.choose({ eye: stood });
  };
  if (!isAskedFor) place.addEventListener('keydown', choose, { signal });
  follow();
  return {
    follow,
    stop() {
      end.abort();
      place.removeAttribute('data-map');
    },
  };
}
