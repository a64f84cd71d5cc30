// The picture of a panel with its controls: what is drawn, and what a reader may change in it.
import type { FigureControl } from '../../figures/kit/figure.ts';
import { ControlBar, type Controlled } from '../../elements/figure-controls/control-bar.ts';
import { controlsHtml } from '../../elements/figure-controls/controls-html.ts';
import type { DrawnWithControls } from '../../elements/figure-export/exported.ts';
import { FigureHost } from '../../elements/figure-host.ts';
import type { State } from '../../elements/layered-state.ts';
import type { FigureData } from '../../elements/load-figure.ts';
import { writeText } from '../../elements/write-text.ts';
import { figureState } from './figure-state.ts';
import type { PanelFigure } from './panel-figure.ts';
import { panelHeight } from './panel-heights.ts';
import { PanelWords } from './panel-words.ts';

export interface Shown {
  readonly loaded: PanelFigure;
  readonly data: FigureData;
  /** Laid over the figure's initial state by the catalogue. */
  readonly usual: State;
  /** What the panel keeps of the figure's state. */
  readonly written: State;
  readonly selected: number | null;
  readonly networks: number;
  /** Sentences where the figure has none of its own. */
  readonly fidelity: () => readonly string[];
  /** More will come soon: words and controls then follow more slowly than the picture. */
  readonly isLive: boolean;
}

export interface PictureDriver {
  choose(state: State, how?: 'at once'): void;
  /** The panel came near the screen, or left it. */
  sighted(isVisible: boolean): void;
}

/** Milliseconds between two renewals of words, numbers and controls while a run goes on. */
const slowly = 1500;

export class CardPicture {
  readonly #card: HTMLElement;
  readonly #place: HTMLElement;
  readonly #driver: PictureDriver;
  readonly #host: FigureHost<FigureData, State>;
  readonly #words: PanelWords;
  #shown: Shown | null = null;
  #controls: readonly FigureControl[] = [];
  #hasBar = false;
  #signature = '';
  #renewedAt = -Infinity;
  #timer = 0;
  /** The kind of panel that there is to be. */
  #awaited: string | null = null;

  constructor(card: HTMLElement, driver: PictureDriver) {
    this.#card = card;
    this.#driver = driver;
    this.#place = this.#part('picture');
    this.#host = new FigureHost<FigureData, State>({
      element: this.#part('drawing'),
      sized: card,
      seen: card,
      size: (figure) => {
        const width = Math.floor(this.#place.clientWidth);
        if (!figure) this.reserve();
        return { width, height: figure?.height(width) ?? 0 };
      },
      sighted: (isVisible) => driver.sighted(isVisible),
      surface: { driver: this.#controlled },
    });
    this.#words = new PanelWords(card, () => {
      const drawn = this.#host.drawn;
      if (!drawn || !this.#shown) return null;
      const { loaded, fidelity } = this.#shown;
      return { ...drawn, isSurface: loaded.isSurface, fidelity };
    });
  }

  get drawn(): DrawnWithControls<FigureData> | null {
    const drawn = this.#host.drawn;
    return drawn && { ...drawn, controls: this.#controls };
  }

  /** Holds the drawing alone. */
  get container(): HTMLElement | null {
    return this.#host.container;
  }

  /** @throws what the figure throws; nothing of it is then left. */
  show(shown: Shown): void {
    const { loaded, data } = shown;
    if (this.#host.drawn && loaded.figure !== this.#host.drawn.figure) this.#clear();
    const isOther = data !== this.#shown?.data;
    this.#shown = shown;
    this.#part('waits').hidden = true;
    if (isOther || !this.#host.drawn) this.#renewControls();
    const state = this.#state();
    try {
      if (this.#host.drawn) this.#host.show(state, data);
      else this.#host.draw(loaded.figure, data, state, loaded.isSurface);
    } catch (error) {
      this.#clear();
      throw error;
    }
    this.#part('foot').hidden = false;
    this.#place.style.minHeight = '';
    this.#renewSoon();
  }

  /** Says why there is no picture, and keeps the height that it will take. */
  wait(sentence: string, kind: string | null): void {
    this.#clear();
    const waits = this.#part('waits');
    waits.hidden = false;
    writeText(waits, sentence);
    this.#awaited = kind;
    this.reserve();
  }

  /** Keeps the height of a picture that is still to come, at the width of now. */
  reserve(): void {
    const width = Math.floor(this.#place.clientWidth);
    if (this.#host.drawn || width === 0) return;
    const height = this.#awaited === null ? 0 : panelHeight(this.#awaited, width);
    this.#place.style.minHeight = `${height}px`;
  }

  destroy(): void {
    this.#clear();
    this.#host.destroy();
  }

  #part(name: string): HTMLElement {
    return this.#card.querySelector<HTMLElement>(`[data-${name}]`)!;
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#host.clear();
    this.#shown = null;
    this.#controls = [];
    this.#hasBar = false;
    this.#signature = '';
    this.#part('controls').replaceChildren();
    this.#part('foot').hidden = true;
    this.#words.clear();
  }

  #state(): State {
    const { loaded, usual, written, selected, networks } = this.#shown!;
    const { schema } = loaded.figure;
    const initial = { ...loaded.figure.initial, ...usual };
    const controls = this.#controls;
    return figureState({ schema, initial, controls, written, selected, networks });
  }

  get #controlled(): Controlled {
    const state = (): State => (this.#shown ? this.#state() : {});
    return {
      get state() {
        return state();
      },
      choose: (chosen, how) => {
        if (how === 'at once') {
          const next = { ...state(), ...chosen };
          this.#host.pass(next, next, 1);
        }
        this.#driver.choose(chosen, how);
      },
      pass: (from, to, share) => this.#host.pass(from, to, share),
    };
  }

  /** Options may grow with a run; they are renewed where nobody is at them. */
  #renewControls(): void {
    const { loaded, data, isLive } = this.#shown!;
    const now = performance.now();
    if (isLive && this.#hasBar && now - this.#renewedAt < slowly) return;
    this.#renewedAt = now;
    const controls = loaded.controlsFor(data);
    const signature = JSON.stringify(controls);
    if (signature === this.#signature) return;
    const place = this.#part('controls');
    const isInUse = place.contains(document.activeElement) || place.querySelector('[data-playing]');
    if (this.#hasBar && isInUse) return;
    this.#signature = signature;
    this.#controls = controls;
    place.innerHTML = controlsHtml(controls, this.#state());
    const form = place.querySelector('form');
    this.#hasBar = form !== null;
    this.#host.accompany(form && new ControlBar(form, controls, this.#controlled));
  }

  #renewSoon(): void {
    const { isLive } = this.#shown!;
    if (this.#timer) {
      if (isLive) return;
      clearTimeout(this.#timer);
    }
    this.#timer = window.setTimeout(
      () => {
        this.#timer = 0;
        if (!this.#shown) return;
        this.#renewControls();
        void this.#words.renew();
      },
      isLive ? slowly : 150,
    );
  }
}
