// One picture of a live run: the drawing in the HTML until its figure is loaded and has a run to show.
import type { RunDisplay } from '../../artifact/display.ts';
import { FigureHost } from '../../elements/figure-host.ts';
import type { State } from '../../elements/layered-state.ts';
import { figureEntry, loadFigure, type FigureData } from '../../elements/load-figure.ts';

export class LiveFigure {
  readonly #name: string;
  readonly #host: FigureHost<FigureData, State>;
  #loaded: Awaited<ReturnType<typeof loadFigure>> | null = null;

  /** @param place holds `.static-drawing`; its `data-view` names the figure, and it may ask for another proportion. */
  constructor(place: HTMLElement) {
    this.#name = place.dataset['view'] ?? '';
    const heightPerWidth = Number(place.dataset['heightPerWidth'] ?? 0);
    this.#host = new FigureHost({
      element: place,
      size: (figure) => {
        const width = place.clientWidth;
        const own = figure?.height(width) ?? 0;
        return { width, height: Math.max(own, Math.round(heightPerWidth * width)) };
      },
    });
  }

  async load(): Promise<void> {
    this.#loaded = await loadFigure(await figureEntry(this.#name));
  }

  show(run: RunDisplay, selected: number | null): void {
    if (!this.#loaded) return;
    const { figure } = this.#loaded;
    const state = { ...figure.initial, selected };
    if (this.#host.drawn) this.#host.show(state, run);
    else this.#host.draw(figure, run, state);
  }

  destroy(): void {
    this.#host.destroy();
  }
}
