// One figure in a place of the page, whichever place that is: drawn, kept up with its state, data, size and colours, resting out of sight, given back whole.
import type { Figure, FigureEnvironment, FigureHandle } from '../figures/kit/figure.ts';
import { prefersReducedMotion } from './preferences.ts';
import type { SurfaceCare, SurfaceDriver } from './surface-lifecycle.ts';
import { watchPlace } from './watch-place.ts';

/** CSS pixels to draw in. */
export interface FigureSize {
  readonly width: number;
  readonly height: number;
}

export interface FigurePlace<Data, State> {
  /** Takes the drawing as its child; one that was made at build time goes when the live one is there. */
  readonly element: HTMLElement;
  /** Whose width counts, where it is not the element's. */
  readonly sized?: Element;
  /** Who is to be near the screen, where it is not the element. */
  readonly seen?: Element;
  /** The size for a figure now, or for one that is still to come. */
  size(figure: Figure<Data, State> | null): FigureSize;
  /** It was drawn at another size or in another state: a place that squeezes its pictures looks how they came out. */
  fitted?(): void;
  /** It came near the screen, or left it. */
  sighted?(isVisible: boolean): void;
  /** Of a view in 3D: who takes what a reader does with it. */
  readonly surface?: SurfacePlace;
}

export interface SurfacePlace {
  readonly driver: SurfaceDriver;
  /** The reader has asked for the view in 3D already: it comes at once. */
  readonly isAskedFor?: boolean;
}

/** What plays and shows a state beside the drawing, such as a bar of controls. */
export interface FigureCompanion<State> {
  reflect?(state: State): void;
  /** Nothing plays where nobody looks. */
  stop(): void;
}

export interface DrawnFigure<Data, State> {
  readonly figure: Figure<Data, State>;
  readonly data: Data;
  readonly state: State;
}

interface Drawing<Data, State> extends DrawnFigure<Data, State> {
  readonly container: HTMLElement;
  readonly handle: FigureHandle<Data, State>;
}

export class FigureHost<Data, State extends object> {
  readonly #place: FigurePlace<Data, State>;
  readonly #stopWatching: () => void;
  #drawing: Drawing<Data, State> | null = null;
  #size: FigureSize = { width: 0, height: 0 };
  #isVisible = false;
  /** What of the drawing is out of date; mended while it is near the screen. */
  #stale = new Set<'size' | 'state' | 'data'>();
  /** Whether events are drawn in; a view in 3D waits until a reader asks for it. */
  #isInteractive = true;
  #surface: SurfaceCare | null = null;
  #companion: FigureCompanion<State> | null = null;

  constructor(place: FigurePlace<Data, State>) {
    this.#place = place;
    const { element, sized = element, seen = element } = place;
    this.#stopWatching = watchPlace(sized, seen, {
      resized: () => this.resize(),
      seen: (isVisible) => this.#see(isVisible),
      restyled: () => this.#becomeStale('size'),
      printed: () => this.#mend(),
    });
  }

  /** What is drawn, or will be once it is near the screen again; null before there is a drawing. */
  get drawn(): DrawnFigure<Data, State> | null {
    return this.#drawing;
  }

  /** Holds the drawing alone. */
  get container(): HTMLElement | null {
    return this.#drawing?.container ?? null;
  }

  /** Draws a figure for the first time. @throws what the figure throws; nothing of it is then left. */
  draw(figure: Figure<Data, State>, data: Data, state: State, isSurface = false): void {
    this.#removeDrawing();
    const { element, surface, fitted } = this.#place;
    const container = document.createElement('div');
    container.className = 'live-drawing';
    element.append(container);
    this.#isInteractive = !isSurface || (surface?.isAskedFor ?? false);
    this.#size = this.#place.size(figure);
    try {
      const handle = figure.draw(container, data, state, this.#environment());
      this.#drawing = { figure, data, state, container, handle };
    } catch (error) {
      container.remove();
      throw error;
    }
    element.querySelector('.static-drawing')?.remove();
    fitted?.();
    if (isSurface && surface) void this.#careForSurface(surface, this.#drawing.handle);
  }

  /** What is told of every state that is shown, and stopped out of sight. */
  accompany(companion: FigureCompanion<State> | null): void {
    this.stopPlaying();
    this.#companion = companion;
  }

  /** Shows another state, or other data; out of sight, as soon as it is back. */
  show(state: State, data?: Data): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    this.#drawing = { ...drawing, state, data: data ?? drawing.data };
    if (this.#drawing.data !== drawing.data) this.#stale.add('data');
    this.#companion?.reflect?.(state);
    this.#surface?.follow();
    this.#becomeStale('state');
  }

  /** Draws a share of the way between two states, where the figure has a picture of it. */
  pass(from: State, to: State, share: number): void {
    if (this.#isVisible && !this.#stale.has('size')) this.#drawing?.handle.pass?.(from, to, share);
  }

  stopPlaying(): void {
    this.#companion?.stop();
  }

  /** Draws again where the place has another size than the drawing. */
  resize(): void {
    const { width, height } = this.#place.size(this.#drawing?.figure ?? null);
    if (width > 0 && (width !== this.#size.width || height !== this.#size.height))
      this.#becomeStale('size');
  }

  /** Takes the drawing away; the place stays watched. */
  clear(): void {
    this.accompany(null);
    this.#removeDrawing();
  }

  destroy(): void {
    this.#stopWatching();
    this.clear();
  }

  #removeDrawing(): void {
    this.#surface?.stop();
    this.#surface = null;
    this.#drawing?.handle.destroy();
    this.#drawing?.container.remove();
    this.#drawing = null;
    this.#stale.clear();
  }

  #see(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#place.sighted?.(isVisible);
    if (isVisible) this.#mend();
    else this.stopPlaying();
  }

  #becomeStale(what: 'size' | 'state'): void {
    this.#stale.add(what);
    if (this.#isVisible) this.#mend();
  }

  /** Brings the drawing up to date. */
  #mend(): void {
    if (!this.#drawing) return;
    const { handle, state, data, figure } = this.#drawing;
    const stale = this.#stale;
    this.#stale = new Set();
    if (stale.has('size')) {
      const size = this.#place.size(figure);
      // A place that is hidden has no width.
      if (size.width > 0) this.#size = size;
      handle.resize(this.#environment());
      this.#place.fitted?.();
    }
    if (stale.has('data')) handle.update(state, data);
    else if (stale.has('state')) handle.update(state);
    // Another state may hold more than the one before, and then need more room.
    if (!stale.has('size')) this.#place.fitted?.();
  }

  async #careForSurface(
    { driver, isAskedFor = false }: SurfacePlace,
    handle: FigureHandle<Data, State>,
  ): Promise<void> {
    const { careForSurface } = await import('./surface-lifecycle.ts');
    // Another drawing may have come meanwhile.
    if (this.#drawing?.handle !== handle) return;
    this.#surface = careForSurface(this.#place.element, driver, isAskedFor, handle, () => {
      this.#isInteractive = true;
      handle.resize(this.#environment());
    });
  }

  #environment(): FigureEnvironment {
    return {
      ...this.#size,
      interactive: this.#isInteractive,
      reducedMotion: prefersReducedMotion(),
    };
  }
}
