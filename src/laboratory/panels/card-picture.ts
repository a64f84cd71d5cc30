// The picture of a panel with its controls and its foot: what is drawn, what a reader may change in it, and what it says in words.
import type { FigureControl } from '../../figures/kit/figure.ts';
import { ControlBar, type Controlled } from '../../elements/figure-controls/control-bar.ts';
import type { NumberTable } from '../../elements/figure-numbers/number-table.ts';
import { controlForm, offered } from './control-form.ts';
import { controlsFor, Drawing, type FigureData, type LoadedFigure, type State } from './drawing.ts';
import { figureState } from './figure-state.ts';
import { roomOf } from './panel-heights.ts';

export interface Shown {
  readonly loaded: LoadedFigure;
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
}

/** Milliseconds between two renewals of words, numbers and controls while a run goes on. */
const slowly = 1500;

export class CardPicture {
  readonly #card: HTMLElement;
  readonly #place: HTMLElement;
  readonly #driver: PictureDriver;
  readonly #name: string;
  #shown: Shown | null = null;
  #drawing: Drawing | null = null;
  #bar: ControlBar | null = null;
  #controls: readonly FigureControl[] = [];
  #signature = '';
  #renewedAt = -Infinity;
  #table: NumberTable | null = null;
  #timer = 0;
  /** The kind of panel that there is to be. */
  #awaited: string | null = null;

  /** @param name unique on the page, for groups of radio buttons. */
  constructor(card: HTMLElement, name: string, driver: PictureDriver) {
    this.#card = card;
    this.#name = name;
    this.#driver = driver;
    this.#place = this.#part('picture');
    for (const part of ['words', 'table'])
      this.#part(part).addEventListener('toggle', () => void this.#renewWords());
  }

  get shown(): Shown | null {
    return this.#shown;
  }

  get drawing(): Drawing | null {
    return this.#drawing;
  }

  get controls(): readonly FigureControl[] {
    return this.#controls;
  }

  /** @throws what the figure throws; nothing of it is then left. */
  show(shown: Shown): void {
    if (this.#drawing && shown.loaded.figure !== this.#shown?.loaded.figure) this.#clear();
    const isOther = shown.data !== this.#shown?.data;
    this.#shown = shown;
    this.#part('waits').hidden = true;
    if (isOther || !this.#drawing) this.#renewControls();
    const state = this.#state();
    try {
      if (this.#drawing) {
        this.#drawing.show(shown.data, state);
        if (this.#drawing.width !== this.width) this.#drawing.resize(this.width);
      } else {
        const driver = this.#controlled();
        const { loaded, data } = shown;
        this.#drawing = new Drawing(this.#place, loaded, data, state, this.width, driver);
        this.#part('foot').hidden = false;
      }
    } catch (error) {
      this.#clear();
      throw error;
    }
    this.#place.style.minHeight = '';
    this.#bar?.reflect(state);
    this.#renewSoon();
  }

  /** Says why there is no picture, and keeps the room that it will take. */
  wait(sentence: string, kind: string | null): void {
    this.#clear();
    const waits = this.#part('waits');
    waits.hidden = false;
    if (waits.textContent !== sentence) waits.textContent = sentence;
    this.#awaited = kind;
    this.reserve();
  }

  /** Keeps the room of a picture that is still to come, at the width of now. */
  reserve(): void {
    const { width } = this;
    if (this.#drawing || width === 0) return;
    const room = this.#awaited === null ? 0 : roomOf(this.#awaited, width);
    this.#place.style.minHeight = `${room}px`;
  }

  /** Draws again where width, colours or preferences have changed. */
  resize(): void {
    const { width } = this;
    if (width > 0) this.#drawing?.resize(width);
  }

  /** Nothing plays where nobody looks. */
  stop(): void {
    this.#bar?.stop();
  }

  destroy(): void {
    this.#clear();
  }

  get width(): number {
    return Math.floor(this.#place.clientWidth);
  }

  #part(name: string): HTMLElement {
    return this.#card.querySelector<HTMLElement>(`[data-${name}]`)!;
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#bar?.stop();
    this.#bar = null;
    this.#drawing?.destroy();
    this.#drawing = null;
    this.#shown = null;
    this.#controls = [];
    this.#signature = '';
    this.#part('controls').replaceChildren();
    this.#part('foot').hidden = true;
    this.#table = null;
    this.#part('table-body').replaceChildren();
  }

  #state(): State {
    const { loaded, usual, written, selected, networks } = this.#shown!;
    const initial = { ...loaded.figure.initial, ...usual };
    return figureState({ initial, controls: this.#controls, written, selected, networks });
  }

  #controlled(): Controlled {
    const state = (): State => (this.#shown ? this.#state() : {});
    return {
      get state() {
        return state();
      },
      choose: (chosen, how) => {
        if (how === 'at once' && this.#shown) {
          const next = { ...this.#state(), ...chosen };
          this.#drawing?.pass(next, next, 1);
        }
        this.#driver.choose(chosen, how);
      },
      pass: (from, to, share) => this.#drawing?.pass(from, to, share),
    };
  }

  /** Options may grow with a run; they are renewed where nobody is at them. */
  #renewControls(): void {
    const { loaded, data, isLive } = this.#shown!;
    const now = performance.now();
    if (isLive && this.#bar && now - this.#renewedAt < slowly) return;
    this.#renewedAt = now;
    const controls = controlsFor(loaded, data);
    const signature = JSON.stringify(controls);
    if (signature === this.#signature) return;
    const place = this.#part('controls');
    const isInUse = place.contains(document.activeElement) || place.querySelector('[data-playing]');
    if (this.#bar && isInUse) return;
    this.#bar?.stop();
    this.#signature = signature;
    this.#controls = controls;
    if (offered(controls).length === 0) {
      this.#bar = null;
      place.replaceChildren();
      return;
    }
    const form = controlForm(controls, this.#name);
    place.replaceChildren(form);
    this.#bar = new ControlBar(form, controls, this.#controlled());
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
        void this.#renewWords();
      },
      isLive ? slowly : 150,
    );
  }

  async #renewWords(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    const { figure, isSurface } = shown.loaded;
    const state = this.#state();
    const own = figure.fidelity?.(shown.data, state) ?? [];
    const trust = own.length > 0 ? own : shown.fidelity();
    this.#part('trust').hidden = trust.length === 0;
    write(this.#part('fidelity'), trust.join(' '));
    const words = this.#part('words') as HTMLDetailsElement;
    if (words.open) write(this.#part('description'), figure.describe(shown.data, state));
    this.#card.querySelector<HTMLElement>('[data-save="svg"]')!.hidden = isSurface;
    const numbers = this.#part('table') as HTMLDetailsElement;
    numbers.hidden = !figure.table;
    this.#card.querySelector<HTMLElement>('[data-save="csv"]')!.hidden = !figure.table;
    if (!numbers.open || !figure.table) return;
    const { NumberTable } = await import('../../elements/figure-numbers/number-table.ts');
    if (this.#shown?.loaded !== shown.loaded) return;
    this.#table ??= new NumberTable(this.#part('table-body'));
    this.#table.show(figure.table(this.#shown.data, this.#state()));
  }
}

function write(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
