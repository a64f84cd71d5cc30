// One picture of a live run: the drawing in the HTML until it is woken, then the figure itself.
import type { RunDisplay } from '../../artifact/display.ts';
import type { Figure, FigureEnvironment, FigureHandle } from '../../figures/kit/figure.ts';
import { figures } from '../../figures/index.ts';
import { prefersReducedMotion } from '../../elements/preferences.ts';

type State = Record<string, unknown>;

export class View {
  readonly #place: HTMLElement;
  readonly #name: string;
  #figure: Figure<RunDisplay, State> | null = null;
  #handle: FigureHandle<RunDisplay, State> | null = null;
  #drawn: RunDisplay | null = null;
  #width = 0;

  /** @param place holds `.static-drawing`; its `data-view` names the figure. */
  constructor(place: HTMLElement) {
    this.#place = place;
    this.#name = place.dataset['view'] ?? '';
  }

  async load(): Promise<void> {
    const entry = figures[this.#name];
    if (!entry) throw new Error(`No figure is called '${this.#name}'.`);
    this.#figure = (await entry.load()) as Figure<RunDisplay, State>;
  }

  show(run: RunDisplay, selected: number | null): void {
    if (!this.#figure) return;
    const state = { ...this.#figure.initial, selected };
    if (this.#handle) {
      this.#handle.update(state, run);
    } else {
      const container = document.createElement('div');
      container.className = 'live-drawing';
      this.#width = this.#place.clientWidth;
      this.#place.append(container);
      this.#handle = this.#figure.draw(container, run, state, this.#environment());
      this.#place.querySelector('.static-drawing')?.remove();
    }
    this.#drawn = run;
  }

  /** Draws again where width, theme or preferences have changed. */
  refresh(): void {
    const width = this.#place.clientWidth;
    if (!this.#handle || !this.#drawn || width === 0) return;
    this.#width = width;
    this.#handle.resize(this.#environment());
  }

  get isOutOfSize(): boolean {
    return this.#handle !== null && this.#place.clientWidth !== this.#width;
  }

  destroy(): void {
    this.#handle?.destroy();
    this.#handle = null;
  }

  /** A place may ask for another proportion than the figure's own. */
  #height(): number {
    const own = this.#figure?.height(this.#width) ?? 0;
    const ratio = Number(this.#place.dataset['heightPerWidth'] ?? 0);
    return Math.max(own, Math.round(ratio * this.#width));
  }

  #environment(): FigureEnvironment {
    return {
      width: this.#width,
      height: this.#height(),
      interactive: true,
      reducedMotion: prefersReducedMotion(),
    };
  }
}
