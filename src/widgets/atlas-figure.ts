// <atlas-figure>: a drawing in the HTML that comes alive near the screen, rests away from it, and shares picks of networks.
import type { RunDisplay } from '../artifact/display.ts';
import type { StudyDisplay } from '../artifact/load-study.ts';
import {
  pickEvent,
  type Figure,
  type FigureEnvironment,
  type FigureHandle,
  type PickDetail,
} from '../figures/figure.ts';
import type { FigureEntry } from '../figures/index.ts';
import type { ControlBar } from './figure-controls/control-bar.ts';
import { onPreferenceChange, prefersReducedMotion } from './preferences.ts';
import { roomFor, widthWithin } from './room.ts';
import { waitForReach } from './reach.ts';
import { fetchRun, fetchStudy } from './run-cache.ts';
import { whenNear } from './when-near.ts';

type State = Record<string, unknown>;
type Data = RunDisplay | StudyDisplay;

/** What is laid over the state that the author wrote, the topmost last. */
const layers = ['reader', 'guess', 'phrase'] as const;
export type FigureLayer = (typeof layers)[number];

/** The reader chose, in a figure, something that words of the text had held. */
export const chosenEvent = 'atlas-chosen';

export class AtlasFigure extends HTMLElement {
  #state: State = {};
  readonly #over: Record<FigureLayer, State> = { reader: {}, guess: {}, phrase: {} };
  #figure: Figure<Data, State> | null = null;
  #handle: FigureHandle<Data, State> | null = null;
  #width = 0;
  #visible = false;
  #bar: ControlBar | null = null;
  /** Drawn state or size is out of date; mended when the figure is next on screen. */
  #stale: 'no' | 'state' | 'size' = 'no';
  #stops: (() => void)[] = [];
  /** Whether events are drawn in; a heavy figure waits until the reader reaches for it. */
  #interactive = true;

  /** The run or study: the same network in two figures of it is one network. */
  get source(): string {
    return this.dataset['run'] ?? this.dataset['study'] ?? '';
  }

  /** The state shown, with all that lies over the author's. */
  get state(): Readonly<State> {
    return Object.assign({}, this.#state, ...layers.map((layer) => this.#over[layer])) as State;
  }

  /** Goes to another state of the story, which takes back what the reader had changed; away from the screen, as soon as it is back. */
  show(state: State): void {
    this.#bar?.stop();
    this.#state = state;
    this.#over.reader = {};
    this.#refresh('state');
  }

  /** Lays something over the state, such as what a reader chose; an empty object takes it off. */
  overlay(layer: FigureLayer, state: State): void {
    this.#over[layer] = state;
    this.#refresh('state');
  }

  /** Changes single keys of what the reader chose, which words of the text then no longer hold; 'at once' is without a motion. */
  choose(state: State, how?: 'at once'): void {
    const held = Object.keys(state).filter((key) => key in this.#over.phrase);
    for (const key of held) delete this.#over.phrase[key];
    if (held.length > 0) this.dispatchEvent(new CustomEvent(chosenEvent));
    this.#over.reader = { ...this.#over.reader, ...state };
    if (how === 'at once' && this.#visible) this.#handle?.pass?.(this.state, this.state, 1);
    this.#refresh('state');
  }

  /** Draws a share of the way between two states, where the figure has a picture of it. */
  pass(from: State, to: State, share: number): void {
    if (this.#visible) this.#handle?.pass?.(from, to, share);
  }

  connectedCallback(): void {
    this.#state = JSON.parse(this.dataset['state'] ?? '{}') as State;
    const sizes = new ResizeObserver(() => this.#measure());
    sizes.observe(this.parentElement ?? this);
    this.#measure();
    const sight = new IntersectionObserver(
      ([entry]) => {
        this.#visible = entry?.isIntersecting ?? false;
        if (!this.#visible) this.#bar?.stop();
        this.#refresh('no');
      },
      { rootMargin: '25% 0px' },
    );
    sight.observe(this);
    this.#stops = [
      () => sizes.disconnect(),
      () => sight.disconnect(),
      whenNear([this], () => void this.#comeAlive()),
      onPreferenceChange(() => this.#refresh('size')),
      listenForPicks(this),
    ];
  }

  disconnectedCallback(): void {
    for (const stop of this.#stops) stop();
    this.#bar?.stop();
    this.#handle?.destroy();
    this.#handle = null;
  }

  async #comeAlive(): Promise<void> {
    const name = this.dataset['figure'] ?? '';
    try {
      const { figures } = await import('../figures/index.ts');
      const entry = figures[name];
      if (!entry) throw new Error(`No figure is called '${name}'.`);
      const [figure, data] = await Promise.all([entry.load(), this.#fetch(entry)]);
      if (!this.isConnected) return;
      this.#figure = figure as Figure<Data, State>;
      this.#interactive = !entry.heavy;
      const container = document.createElement('div');
      container.className = 'live-drawing';
      this.append(container);
      this.#handle = this.#figure.draw(container, data, this.state, this.#environment());
      this.querySelector('.static-drawing')?.remove();
      await this.#bringControls(this.#figure, data);
      this.dataset['alive'] = '';
      if (entry.heavy) waitForReach(this, () => this.#reached());
    } catch (error) {
      // The drawing in the HTML stays: the reader loses the handles, not the picture.
      this.querySelector('.live-drawing')?.remove();
      console.error(error);
    }
  }

  async #bringControls(figure: Figure<Data, State>, data: Data): Promise<void> {
    const form = this.closest('figure')?.querySelector<HTMLElement>('.figure-controls');
    if (!form) return;
    const { ControlBar } = await import('./figure-controls/control-bar.ts');
    this.#bar = new ControlBar(form, figure.controls?.(data) ?? [], this);
  }

  #fetch(entry: FigureEntry): Promise<Data> {
    if (entry.parts) return fetchRun(this.source, entry.parts);
    return fetchStudy(this.source, (this.dataset['analyses'] ?? '').split(' '));
  }

  #environment(): FigureEnvironment {
    const width = this.#width;
    return {
      width,
      height: this.#figure?.height(width) ?? roomFor(this.dataset['room'], width),
      interactive: this.#interactive,
      reducedMotion: prefersReducedMotion(),
    };
  }

  #reached(): void {
    this.#interactive = true;
    this.#handle?.resize(this.#environment());
  }

  /** Takes the width there is, less where a sticky picture would not fit the screen, and keeps the height it will need. */
  #measure(): void {
    this.style.maxWidth = '';
    const room = this.dataset['room'];
    const limit = this.closest('.scrolly-picture') ? stickyHeight() : Infinity;
    const width = widthWithin(room, this.clientWidth, limit);
    if (width === 0 || width === this.#width) {
      this.style.maxWidth = `${this.#width}px`;
      return;
    }
    this.#width = width;
    this.style.maxWidth = `${width}px`;
    this.style.minHeight = `${roomFor(room, width)}px`;
    this.#refresh('size');
  }

  #refresh(what: 'no' | 'state' | 'size'): void {
    if (what === 'state') this.#bar?.reflect(this.state);
    if (what === 'size' || this.#stale === 'no') this.#stale = what === 'no' ? this.#stale : what;
    if (!this.#handle || !this.#visible || this.#stale === 'no') return;
    if (this.#stale === 'size') this.#handle.resize(this.#environment());
    this.#handle.update(this.state);
    this.#stale = 'no';
  }
}

/** How tall a sticky picture may be: the screen beside its title and buttons, or half a phone's. */
function stickyHeight(): number {
  return innerWidth >= 1000 ? innerHeight - 190 : innerHeight * 0.46;
}

/** Picking network 17 in one figure picks it in every figure of that run, or of its study, on the page. */
function listenForPicks(figure: AtlasFigure): () => void {
  const hear = (event: Event) => {
    const origin = event.target instanceof Element ? event.target.closest('atlas-figure') : null;
    if (!(origin instanceof AtlasFigure) || origin.source !== figure.source) return;
    const { network } = (event as CustomEvent<PickDetail>).detail;
    if (!('selected' in figure.state) || figure.state['selected'] === network) return;
    figure.choose({ selected: network });
  };
  document.addEventListener(pickEvent, hear);
  return () => document.removeEventListener(pickEvent, hear);
}

customElements.define('atlas-figure', AtlasFigure);
