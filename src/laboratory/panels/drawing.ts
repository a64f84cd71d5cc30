// One figure in a panel: drawn when its data come, moved with its state, and given back whole when the panel closes.
import type {
  Figure,
  FigureControl,
  FigureEnvironment,
  FigureHandle,
} from '../../figures/kit/figure.ts';
import { figures } from '../../figures/index.ts';
import { controlsOf } from '../../figures/kit/controls-of.ts';
import { stateEvent } from '../../elements/figure-events.ts';
import { prefersReducedMotion } from '../../elements/preferences.ts';
import type { SurfaceDriver } from '../../elements/surface-lifecycle.ts';

export type State = Readonly<Record<string, unknown>>;
/** A run or a study; which one is the figure's own affair. */
export type FigureData = object;

export type AnyFigure = Figure<FigureData, State>;

export interface LoadedFigure {
  readonly figure: AnyFigure;
  /** Where it shows the landscape of a run: its fidelity is told alike in all figures. */
  readonly landscape: typeof import('../../elements/landscape-fidelity.ts') | null;
  readonly isSurface: boolean;
}

/** @throws where the code cannot be fetched. */
export async function loadFigure(name: string): Promise<LoadedFigure> {
  const entry = figures[name];
  if (!entry) throw new Error(`No figure is called '${name}'.`);
  const isOfLandscape = entry.parts?.includes('landscape') ?? false;
  const [figure, landscape] = await Promise.all([
    entry.load(),
    isOfLandscape ? import('../../elements/landscape-fidelity.ts') : null,
  ]);
  return {
    figure: figure as unknown as AnyFigure,
    landscape,
    isSurface: entry.heavy ?? false,
  };
}

export const controlsFor = (
  { figure, isSurface }: LoadedFigure,
  data: FigureData,
): readonly FigureControl[] => controlsOf(figure, data, isSurface);

export class Drawing {
  readonly element: HTMLElement;
  readonly #loaded: LoadedFigure;
  readonly #handle: FigureHandle<FigureData, State>;
  #data: FigureData;
  #state: State;
  #width: number;
  /** A surface waits until the reader reaches for it. */
  #interactive: boolean;
  #stopCare = (): void => {};
  #isDestroyed = false;

  /** @param place takes the drawing as its child. @param driver takes what a reader does with a surface. */
  constructor(
    place: HTMLElement,
    loaded: LoadedFigure,
    data: FigureData,
    state: State,
    width: number,
    driver: SurfaceDriver,
  ) {
    this.#loaded = loaded;
    this.#data = data;
    this.#state = state;
    this.#width = width;
    this.#interactive = !loaded.isSurface;
    this.element = document.createElement('div');
    this.element.className = 'panel-drawing';
    const container = document.createElement('div');
    container.className = 'live-drawing';
    this.element.append(container);
    place.append(this.element);
    this.#handle = loaded.figure.draw(container, data, state, this.#environment());
    if (loaded.isSurface) void this.#care(driver);
  }

  get data(): FigureData {
    return this.#data;
  }

  get state(): State {
    return this.#state;
  }

  get width(): number {
    return this.#width;
  }

  show(data: FigureData, state: State): void {
    const isOther = data !== this.#data;
    this.#data = data;
    this.#state = state;
    if (isOther) this.#handle.update(state, data);
    else this.#handle.update(state);
    this.element.dispatchEvent(new CustomEvent(stateEvent));
  }

  pass(from: State, to: State, share: number): void {
    this.#handle.pass?.(from, to, share);
  }

  /** Draws again, at this width, in the colours and with the motion of now. */
  resize(width: number): void {
    this.#width = width;
    this.#handle.resize(this.#environment());
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#stopCare();
    this.#handle.destroy();
    this.element.remove();
  }

  async #care(driver: SurfaceDriver): Promise<void> {
    const { careForSurface } = await import('../../elements/surface-lifecycle.ts');
    if (this.#isDestroyed) return;
    this.#stopCare = careForSurface(this.element, driver, {
      reached: () => {
        if (this.#isDestroyed) return;
        this.#interactive = true;
        this.#handle.resize(this.#environment());
      },
      rest: () => this.#handle.rest?.(),
      wake: () => this.#handle.wake?.(),
    });
  }

  #environment(): FigureEnvironment {
    return {
      width: this.#width,
      height: this.#loaded.figure.height(this.#width),
      interactive: this.#interactive,
      reducedMotion: prefersReducedMotion(),
    };
  }
}
