// <atlas-figure>: a drawing in the HTML that comes alive near the screen, rests away from it, and does what its reader asks.
import type { RunDisplay } from '../artifact/display.ts';
import type { StudyDisplay } from '../artifact/load-study.ts';
import type { Figure, FigureControl, FigureHandle } from '../figures/kit/figure.ts';
import type { FigureEntry } from '../figures/index.ts';
import type { ControlBar } from './figure-controls/control-bar.ts';
import { releasedEvent, stateEvent } from './figure-events.ts';
import { LayeredState, type FigureLayer, type State } from './layered-state.ts';
import { onPreferenceChange, prefersReducedMotion } from './preferences.ts';
import { besideFrom, fitWithin, roomOnScreen, type Fit } from './figure-heights.ts';
import { fetchRun, fetchStudy } from './run-cache.ts';
import { takeTurn } from './idle-queue.ts';
import { whenNear } from './when-near.ts';

export type FigureData = RunDisplay | StudyDisplay;

export interface Drawn {
  readonly figure: Figure<FigureData, State>;
  readonly data: FigureData;
  readonly controls: readonly FigureControl[];
}

export class AtlasFigure extends HTMLElement {
  #state = new LayeredState({});
  #drawn: Drawn | null = null;
  #handle: FigureHandle<FigureData, State> | null = null;
  #coming: Promise<void> | null = null;
  #bar: ControlBar | null = null;
  #fit: Fit = { width: 0, height: 0, shown: 0 };
  #visible = false;
  /** Drawn state or size is out of date; mended when the figure is next on screen. */
  #stale: 'no' | 'state' | 'size' = 'no';
  #stops: (() => void)[] = [];
  /** Whether events are drawn in; a heavy figure waits until the reader reaches for it. */
  #interactive = true;
  /** Drawn flatter or smaller than it would be, to leave a phone's screen to the text. */
  #isSqueezed = false;
  /** A state that was linked to outlasts the story's own until the reader moves. */
  #isHeld = false;

  /** The run or study: the same network in two figures of it is one network. */
  get source(): string {
    return this.dataset['run'] ?? this.dataset['study'] ?? '';
  }

  get state(): State {
    return this.#state.shown;
  }

  /** What the reader chose, of all that is shown. */
  get chosen(): State {
    return this.#state.chosen;
  }

  /** What is drawn, and of what; null before it is there. */
  get drawn(): Drawn | null {
    return this.#drawn;
  }

  /** Goes to another state of the story, which takes back what the reader had changed; away from the screen, as soon as it is back. */
  show(state: State): void {
    this.#bar?.stop();
    this.#state.begin(state, this.#isHeld);
    this.#refresh('state');
  }

  /** Lays something over the state; an empty object takes it off. */
  overlay(layer: FigureLayer, state: State): void {
    this.#state.lay(layer, state);
    this.#refresh('state');
  }

  /** Changes single keys of what the reader chose; 'at once' is without a motion. */
  choose(state: State, how?: 'at once'): void {
    if (this.#state.choose(state)) this.dispatchEvent(new CustomEvent(releasedEvent));
    if (how === 'at once') this.pass(this.state, this.state, 1);
    this.#refresh('state');
  }

  /** Takes the state of an address, and keeps it while the page finds the place in its story. */
  hold(state: State): void {
    this.#isHeld = true;
    const release = () => (this.#isHeld = false);
    for (const sign of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      addEventListener(sign, release, { once: true, passive: true });
    }
    this.choose(state, 'at once');
  }

  /** Draws a share of the way between two states, where the figure has a picture of it. */
  pass(from: State, to: State, share: number): void {
    if (this.#visible && this.#stale !== 'size') this.#handle?.pass?.(from, to, share);
  }

  connectedCallback(): void {
    this.#state = new LayeredState(JSON.parse(this.dataset['state'] ?? '{}') as State);
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
      whenNear([this], () => void this.comeAlive()),
      onPreferenceChange(() => this.#refresh('size')),
    ];
  }

  disconnectedCallback(): void {
    for (const stop of this.#stops) stop();
    this.#bar?.stop();
    this.#handle?.destroy();
    this.#handle = null;
    this.#coming = null;
  }

  /** Draws the figure in the page; rejects nothing: where that fails, the drawing in the HTML stays. */
  comeAlive(): Promise<void> {
    return (this.#coming ??= this.#draw());
  }

  async #draw(): Promise<void> {
    const name = this.dataset['figure'] ?? '';
    try {
      const [{ figures }, { controlsOf }] = await Promise.all([
        import('../figures/index.ts'),
        import('../figures/kit/controls-of.ts'),
      ]);
      const entry = figures[name];
      if (!entry) throw new Error(`No figure is called '${name}'.`);
      const [loaded, data] = await Promise.all([entry.load(), this.#fetch(entry)]);
      const figure = loaded as Drawn['figure'];
      const bar = await this.#loadBar();
      await takeTurn();
      if (!this.isConnected) return;
      const controls = controlsOf(figure, data, entry.heavy ?? false);
      this.#drawn = { figure, data, controls };
      this.#interactive = !entry.heavy;
      const container = document.createElement('div');
      container.className = 'live-drawing';
      this.append(container);
      this.#handle = figure.draw(container, data, this.state, this.#environment());
      this.#stale = 'no';
      this.querySelector('.static-drawing')?.remove();
      this.#standUpright();
      this.#bar = bar?.(controls) ?? null;
      this.dataset['alive'] = '';
      if (entry.heavy) await this.#becomeHeavy();
    } catch (error) {
      // The drawing in the HTML stays: the reader loses the handles, not the picture.
      this.querySelector('.live-drawing')?.remove();
      console.error(error);
    }
  }

  #fetch(entry: FigureEntry): Promise<FigureData> {
    if (entry.parts && this.dataset['study'] === undefined)
      return fetchRun(this.source, entry.parts);
    return fetchStudy(this.source, (this.dataset['analyses'] ?? '').split(' '));
  }

  async #loadBar() {
    const form = this.closest('figure')?.querySelector<HTMLElement>('.figure-controls');
    if (!form) return null;
    const { ControlBar } = await import('./figure-controls/control-bar.ts');
    return (controls: ConstructorParameters<typeof ControlBar>[1]) =>
      new ControlBar(form, controls, this);
  }

  async #becomeHeavy(): Promise<void> {
    const { careForSurface } = await import('./surface-lifecycle.ts');
    const stop = careForSurface(this, this, {
      reached: () => {
        this.#interactive = true;
        this.#handle?.resize(this.#environment());
      },
      rest: () => this.#handle?.rest?.(),
      wake: () => this.#handle?.wake?.(),
    });
    this.#stops.push(stop);
  }

  #environment() {
    const { width, height } = this.#fit;
    const natural = this.#drawn?.figure.height(width) ?? height;
    return {
      width,
      height: this.#isSqueezed ? Math.min(height, natural) : natural,
      interactive: this.#interactive,
      reducedMotion: prefersReducedMotion(),
    };
  }

  /** A picture that cannot be drawn flatter runs over its edge: it is drawn as it wants to be, and shown smaller. */
  #standUpright(): void {
    if (!this.#isSqueezed) return;
    const drawing = this.querySelector<SVGSVGElement>('.live-drawing > svg');
    if (!drawing) return;
    const { y, height } = drawing.getBBox();
    if (y + height <= drawing.viewBox.baseVal.height + 3) return;
    this.#isSqueezed = false;
    this.#handle?.resize(this.#environment());
  }

  /** Takes the width there is, less where a sticky picture would not fit the screen, and keeps the height it will need. */
  #measure(): void {
    const picture = this.closest<HTMLElement>('.scrolly-picture');
    const limit = picture ? roomOnScreen(picture, this) : Infinity;
    const width = (this.parentElement ?? this).clientWidth - paddingOf(this.parentElement);
    const isAbove = innerWidth < besideFrom;
    const fit = fitWithin(this.dataset['room'], width, limit, isAbove);
    const { width: drawn, height, shown } = this.#fit;
    if (width <= 0 || (fit.width === drawn && fit.height === height && fit.shown === shown)) return;
    this.#fit = fit;
    this.#isSqueezed = isAbove && limit < Infinity;
    this.style.maxWidth = `${fit.width}px`;
    this.style.minHeight = `${fit.shown}px`;
    this.style.setProperty('--most', this.#isSqueezed ? `${fit.shown}px` : 'none');
    this.#refresh('size');
  }

  #refresh(what: 'no' | 'state' | 'size'): void {
    if (what === 'state') {
      this.#bar?.reflect(this.state);
      this.dispatchEvent(new CustomEvent(stateEvent));
    }
    if (what === 'size' || this.#stale === 'no') this.#stale = what === 'no' ? this.#stale : what;
    if (!this.#handle || !this.#visible || this.#stale === 'no') return;
    if (this.#stale === 'size') {
      this.#handle.resize(this.#environment());
      this.#standUpright();
    }
    this.#handle.update(this.state);
    this.#stale = 'no';
  }
}

function paddingOf(element: HTMLElement | null): number {
  if (!element) return 0;
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return parseFloat(paddingLeft) + parseFloat(paddingRight);
}

customElements.define('atlas-figure', AtlasFigure);
