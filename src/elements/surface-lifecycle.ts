// A view in 3D comes when a reader asks for it, has its map one key away, and gives back its memory far from the screen.
import { eyeEvent, type EyeDetail, type FigureHandle } from '../figures/kit/figure.ts';
import { waitForActivation } from './activation.ts';
import { manageContext } from './graphics-contexts.ts';

/** Whose state it is, and who takes a reader's choice. */
export interface SurfaceDriver {
  readonly state: Readonly<Record<string, unknown>>;
  choose(state: Readonly<Record<string, unknown>>): void;
}

/** What a figure offers to give back its graphics context, and to open another. */
type Surface = Pick<FigureHandle<unknown, unknown>, 'rest' | 'wake'>;

export interface SurfaceCare {
  /** The driver's state has changed. */
  follow(): void;
  stop(): void;
}

const mapEye = 'map';

/**
 * @param isAskedFor the reader has asked for it already, in a place that has a map of its own.
 * @param draw draws it so that it can be turned.
 */
export function careForSurface(
  place: HTMLElement,
  driver: SurfaceDriver,
  isAskedFor: boolean,
  surface: Surface,
  draw: () => void,
): SurfaceCare {
  const end = new AbortController();
  const { signal } = end;
  const manage = (): void =>
    manageContext(
      place,
      { release: () => surface.rest?.(), restore: () => surface.wake?.() },
      signal,
    );
  if (isAskedFor) manage();
  else
    waitForActivation(
      place,
      () => {
        draw();
        manage();
      },
      signal,
    );
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
