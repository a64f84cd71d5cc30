// <atlas-figure>: a drawing in the HTML that comes alive near the screen, and does what its reader asks.
import { chooseEvent, type ChooseDetail, type FigureControl } from '../figures/kit/figure.ts';
import type { FigureEntry } from '../figures/index.ts';
import type { ControlBar } from './figure-controls/control-bar.ts';
import { releasedEvent, stateEvent } from './figure-events.ts';
import { besideFrom, fitWithin, heightOnScreen, type Fit } from './figure-heights.ts';
import { FigureHost, type DrawnFigure, type FigureSize } from './figure-host.ts';
import { whenIdle } from './idle-queue.ts';
import { LayeredState, type FigureLayer, type State } from './layered-state.ts';
import { figureEntry, loadFigure, type FigureData, type LoadedFigure } from './load-figure.ts';
import { fetchRun, fetchStudy } from './run-cache.ts';
import { whenNear } from './when-near.ts';

export interface Drawn extends DrawnFigure<FigureData, State> {
  readonly controls: readonly FigureControl[];
}

export class AtlasFigure extends HTMLElement {
  #state = new LayeredState({});
  #host: FigureHost<FigureData, State> | null = null;
  #controls: readonly FigureControl[] = [];
  #coming: Promise<void> | null = null;
  #fit: Fit = { width: 0, height: 0, shown: 0 };
  #stopWaiting = (): void => {};
  /** Whether the words in its foot follow what a reader chooses: their code comes with the first choice. */
  #isFollowed = false;
  /** Drawn flatter or smaller than it would be, to leave a phone's screen to the text. */
  #isSqueezed = false;
  /** What the reader has chosen outlasts a step of the text: it comes from an address, and the page is still finding the place. */
  keepsChoice = false;

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
    const drawn = this.#host?.drawn;
    return drawn ? { ...drawn, controls: this.#controls } : null;
  }

  /** Goes to the state of another step, which takes back what the reader had changed; away from the screen, as soon as it is back. */
  show(state: State): void {
    this.#host?.stopPlaying();
    this.#state.begin(state, this.keepsChoice);
    this.#refresh();
  }

  /** Lays something over the state; an empty object takes it off. */
  overlay(layer: FigureLayer, state: State): void {
    this.#state.lay(layer, state);
    this.#refresh();
  }

  /** Changes single keys of what the reader chose; 'at once' is without a motion. */
  choose(state: State, how?: 'at once'): void {
    if (this.#state.choose(state)) this.dispatchEvent(new CustomEvent(releasedEvent));
    if (how === 'at once') this.pass(this.state, this.state, 1);
    this.#refresh();
  }

  /** Draws a share of the way between two states, where the figure has a picture of it. */
  pass(from: State, to: State, share: number): void {
    this.#host?.pass(from, to, share);
  }

  connectedCallback(): void {
    this.#state = new LayeredState(JSON.parse(this.dataset['state'] ?? '{}') as State);
    this.#host = new FigureHost({
      element: this,
      sized: this.parentElement ?? this,
      size: (figure) => this.#size(figure),
      fitted: () => this.#standUpright(),
      surface: { driver: this },
    });
    this.addEventListener(chooseEvent, this.#takeChoice);
    this.#measure();
    this.#stopWaiting = whenNear([this], () => void this.comeAlive());
  }

  disconnectedCallback(): void {
    this.removeEventListener(chooseEvent, this.#takeChoice);
    this.#stopWaiting();
    this.#host?.destroy();
    this.#host = null;
    this.#coming = null;
  }

  /** Draws the figure in the page; rejects nothing: where that fails, the drawing in the HTML stays. */
  comeAlive(): Promise<void> {
    return (this.#coming ??= this.#draw());
  }

  readonly #takeChoice = (event: Event): void =>
    this.choose((event as CustomEvent<ChooseDetail>).detail.state, 'at once');

  async #draw(): Promise<void> {
    try {
      const entry = await figureEntry(this.dataset['figure'] ?? '');
      const [loaded, data, openBar] = await Promise.all([
        loadFigure(entry),
        this.#fetch(entry),
        this.#loadBar(),
      ]);
      await whenIdle();
      if (!this.#host) return;
      this.#controls = loaded.controlsFor(data);
      this.#host.draw(loaded.figure, data, this.state, loaded.isSurface);
      this.#host.accompany(openBar?.(this.#controls) ?? null);
      this.dataset['alive'] = '';
    } catch (error) {
      // The drawing in the HTML stays: the reader loses the handles, not the picture.
      console.error(error);
    }
  }

  #fetch(entry: FigureEntry): Promise<FigureData> {
    if (entry.parts && this.dataset['study'] === undefined)
      return fetchRun(this.source, entry.parts);
    return fetchStudy(this.source, (this.dataset['analyses'] ?? '').split(' '));
  }

  async #loadBar(): Promise<((controls: readonly FigureControl[]) => ControlBar) | null> {
    const form = this.closest('figure')?.querySelector<HTMLElement>('.figure-controls');
    if (!form) return null;
    const { ControlBar } = await import('./figure-controls/control-bar.ts');
    return (controls) => new ControlBar(form, controls, this);
  }

  #size(figure: LoadedFigure['figure'] | null): FigureSize {
    this.#measure();
    const { width, height } = this.#fit;
    const natural = figure?.height(width) ?? height;
    return { width, height: this.#isSqueezed ? Math.min(height, natural) : natural };
  }

  /** A picture that cannot be drawn flatter runs over its edge: it is drawn as it wants to be, and shown smaller. */
  #standUpright(): void {
    if (!this.#isSqueezed) return;
    const drawing = this.querySelector<SVGSVGElement>('.live-drawing > svg');
    if (!drawing) return;
    const { y, height } = drawing.getBBox();
    if (y + height <= drawing.viewBox.baseVal.height + 3) return;
    this.#isSqueezed = false;
    this.#host?.resize();
  }

  /** Takes the width there is, less where a sticky picture would not fit the screen, and keeps the height it will need. */
  #measure(): void {
    const picture = this.closest<HTMLElement>('.scrolly-picture');
    const limit = picture ? heightOnScreen(picture, this) : Infinity;
    const width = (this.parentElement ?? this).clientWidth - paddingOf(this.parentElement);
    const isAbove = innerWidth < besideFrom;
    const fit = fitWithin(this.dataset['heights'], width, limit, isAbove);
    const { width: drawn, height, shown } = this.#fit;
    if (width <= 0 || (fit.width === drawn && fit.height === height && fit.shown === shown)) return;
    this.#fit = fit;
    this.#isSqueezed = isAbove && limit < Infinity;
    this.style.maxWidth = `${fit.width}px`;
    this.style.minHeight = `${fit.shown}px`;
    this.style.setProperty('--most', this.#isSqueezed ? `${fit.shown}px` : 'none');
  }

  #refresh(): void {
    this.#host?.show(this.state);
    this.dispatchEvent(new CustomEvent(stateEvent));
    if (this.#isFollowed || Object.keys(this.chosen).length === 0) return;
    this.#isFollowed = true;
    void import('./figure-words.ts').then(({ followInWords }) => followInWords(this));
  }
}

function paddingOf(element: HTMLElement | null): number {
  if (!element) return 0;
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return parseFloat(paddingLeft) + parseFloat(paddingRight);
}

customElements.define('atlas-figure', AtlasFigure);
