// <atlas-two-weights>: drag a start on the exact surface of (ab - 1)^2 / 2, choose a step size, watch descent.
import './two-weights/two-weights.css';
import type { FigureEnvironment, FigureHandle } from '../figures/kit/figure.ts';
import { formatNumber } from '../figures/kit/format.ts';
import {
  startEvent,
  twoWeightsMap,
  type StartDetail,
  type TwoWeightsMapData,
  type TwoWeightsMapState,
} from '../figures/two-weights/two-weights-map.ts';
import type {
  TwoWeightsSurfaceData,
  TwoWeightsSurfaceState,
} from '../figures/two-weights/two-weights-surface.ts';
import {
  twoWeightsStrides,
  type TwoWeightsStridesData,
  type TwoWeightsStridesState,
} from '../figures/two-weights/two-weights-strides.ts';
import {
  twoWeightGradient,
  twoWeightInvariant,
  type WeightPair,
} from '../landscape/two-weights.ts';
import { onPreferenceChange, prefersReducedMotion } from './preferences.ts';
import { button, choice, make, readings, slider } from './two-weights/controls.ts';
import { stridesFrom, surfaceGrid, valleyLines, walkFrom, type Walk } from './two-weights/walk.ts';

/** The square shown: weights from -extent to extent. */
const extent = 2.5;
/** Losses above are cut flat in the view from the side. */
const ceiling = 5;
const grid = surfaceGrid(extent, 121);
const valleys = valleyLines(extent);
/** Limits of the step-size slider, which runs over powers of ten. */
const [smallest, largest] = [0.005, 2];
const stepsASecond = 9;

const firstStart: WeightPair = [1.9, -1.6];
const firstStepSize = 0.1;

type Look = 'map' | 'surface';

/** What the chapter's words may set: <Show in="two-weights" state={{ start: [2.4, 0.5], stepSize: 0.45 }}>. */
export interface TwoWeightsState {
  readonly start?: WeightPair;
  readonly stepSize?: number;
  /** The first step size, as a reader thought, at which the walker does not settle; null where they did not say. */
  readonly guess?: number | null;
}

export class AtlasTwoWeights extends HTMLElement {
  #start: WeightPair = firstStart;
  #stepSize = firstStepSize;
  #walk: Walk = walkFrom(firstStart, firstStepSize);
  /** Steps shown; a fraction while the walker is between two. */
  #until = 0;
  #look: Look = 'map';
  #playing: { frame: number; since: number; from: number } | null = null;
  #map: FigureHandle<TwoWeightsMapData, TwoWeightsMapState> | null = null;
  #surface: FigureHandle<TwoWeightsSurfaceData, TwoWeightsSurfaceState> | null = null;
  #stops: (() => void)[] = [];
  #strides: FigureHandle<TwoWeightsStridesData, TwoWeightsStridesState> | null = null;
  #fates = stridesFrom(firstStart, [smallest, largest]);
  #width = 0;
  #guess: number | null = null;
  /** What the reader had chosen before words of the text showed something else. */
  #before: { start: WeightPair; stepSize: number } | null = null;

  readonly #picture = make('div', { className: 'two-weights-picture' });
  readonly #mapPlace = make('div');
  readonly #surfacePlace = make('div', { hidden: true });
  readonly #stridesPlace = make('div', { className: 'two-weights-strides-place' });
  readonly #play = button('Play', () => this.#togglePlay(), 'main');
  readonly #scrub = slider({
    label: 'Step',
    min: 0,
    max: 1,
    step: 1,
    onInput: (step) => this.#goTo(step),
  });
  readonly #stepSlider = slider({
    label: 'Step size η',
    min: Math.log10(smallest),
    max: Math.log10(largest),
    step: 0.01,
    onInput: (power) => this.#take(this.#start, Number((10 ** power).toPrecision(3))),
  });
  readonly #a = slider({
    label: 'Start, weight a',
    min: -extent,
    max: extent,
    step: 0.01,
    onInput: (a) => this.#take([a, this.#start[1]], this.#stepSize),
  });
  readonly #b = slider({
    label: 'Start, weight b',
    min: -extent,
    max: extent,
    step: 0.01,
    onInput: (b) => this.#take([this.#start[0], b], this.#stepSize),
  });
  readonly #readings = readings([
    'Weights (a, b)',
    'Loss',
    'Gradient norm',
    'a² − b² now (at the start)',
    'λ, sharpness where the flow ends',
    '2/λ, the largest step it can bear',
  ]);
  readonly #verdict = make('p', { className: 'two-weights-verdict' });

  connectedCallback(): void {
    const panel = make(
      'div',
      { className: 'two-weights-panel' },
      this.#stepSlider.root,
      make(
        'div',
        { className: 'two-weights-buttons' },
        this.#play,
        button('One step', () => this.#goTo(Math.floor(this.#until) + 1)),
        button('Back to the start', () => this.#goTo(0)),
      ),
      this.#scrub.root,
      this.#verdict,
      this.#readings.root,
      this.#a.root,
      this.#b.root,
    );
    this.#picture.replaceChildren(
      choice(
        'Seen',
        'two-weights-look',
        [
          ['map', 'from above'],
          ['surface', 'from the side'],
        ],
        (look) => void this.#lookFrom(look as Look),
      ),
      this.#mapPlace,
      this.#surfacePlace,
      this.#stridesPlace,
    );
    this.#verdict.setAttribute('aria-live', 'polite');
    this.replaceChildren(make('div', { className: 'two-weights' }, this.#picture, panel));
    this.addEventListener(startEvent, this.#hearStart);
    const sizes = new ResizeObserver(() => this.#measure());
    sizes.observe(this.#picture);
    this.#stops = [() => sizes.disconnect(), onPreferenceChange(() => this.#redrawAll())];
    this.#until = this.#walk.points.length - 1;
    this.#measure();
    this.#say();
  }

  disconnectedCallback(): void {
    this.#pause();
    this.removeEventListener(startEvent, this.#hearStart);
    for (const stop of this.#stops) stop();
    this.#map?.destroy();
    this.#surface?.destroy();
    this.#strides?.destroy();
    this.#map = null;
    this.#surface = null;
    this.#strides = null;
  }

  /** Words of the text, or a guess, show a walk; an empty object brings back what the reader had chosen. */
  overlay(layer: string, state: TwoWeightsState): void {
    if (layer === 'guess') this.#answer(state.guess ?? null);
    else if (state.start === undefined && state.stepSize === undefined) this.#restore();
    else {
      this.#before ??= { start: this.#start, stepSize: this.#stepSize };
      this.#choose(state.start ?? this.#start, state.stepSize ?? this.#stepSize);
    }
  }

  /** The walk that the question was about, at the step size guessed. */
  #answer(guess: number | null): void {
    this.#guess = guess;
    const [a, b] = (this.dataset['guessStart'] ?? '').split(' ').map(Number);
    const start: WeightPair = a !== undefined && b !== undefined ? [a, b] : this.#start;
    this.#take(start, guess === null ? this.#stepSize : Number(guess.toPrecision(3)));
  }

  #restore(): void {
    const before = this.#before;
    this.#before = null;
    if (before) this.#choose(before.start, before.stepSize);
  }

  readonly #hearStart = (event: Event): void => {
    const [a, b] = (event as CustomEvent<StartDetail>).detail.start;
    this.#take([a, b], this.#stepSize);
  };

  /** The reader's own choice, which words of the text no longer take back. */
  #take(start: WeightPair, stepSize: number): void {
    this.#before = null;
    this.#choose(start, stepSize);
  }

  /** Another start or step size: a new walk, shown whole, so that dragging shows where each start leads. */
  #choose(start: WeightPair, stepSize: number): void {
    this.#pause();
    if (start[0] !== this.#start[0] || start[1] !== this.#start[1])
      this.#fates = stridesFrom(start, [smallest, largest]);
    this.#start = start;
    this.#stepSize = stepSize;
    this.#walk = walkFrom(start, stepSize);
    this.#until = this.#walk.points.length - 1;
    this.#update();
  }

  #goTo(step: number): void {
    this.#pause();
    this.#until = Math.min(step, this.#walk.points.length - 1);
    this.#update();
  }

  #togglePlay(): void {
    if (this.#playing !== null) {
      this.#pause();
      this.#update();
      return;
    }
    const last = this.#walk.points.length - 1;
    if (prefersReducedMotion()) {
      this.#goTo(last);
      return;
    }
    const from = this.#until >= last ? 0 : this.#until;
    const advance = (now: number): void => {
      const playing = this.#playing;
      if (playing === null) return;
      if (playing.since === 0) playing.since = now;
      // A long walk is shown faster: no walk takes more than twelve seconds.
      const speed = Math.max(stepsASecond, last / 12);
      this.#until = Math.min(last, playing.from + ((now - playing.since) / 1000) * speed);
      if (this.#until >= last) this.#playing = null;
      else playing.frame = requestAnimationFrame(advance);
      this.#update();
    };
    this.#playing = { frame: requestAnimationFrame(advance), since: 0, from };
    this.#say();
  }

  #pause(): void {
    if (this.#playing !== null) cancelAnimationFrame(this.#playing.frame);
    this.#playing = null;
  }

  async #lookFrom(look: Look): Promise<void> {
    this.#look = look;
    this.#mapPlace.hidden = look !== 'map';
    this.#surfacePlace.hidden = look !== 'surface';
    if (look === 'surface' && this.#surface === null) {
      const { twoWeightsSurface } = await import('../figures/two-weights/two-weights-surface.ts');
      if (!this.isConnected || this.#surface !== null) return;
      this.#surface = twoWeightsSurface.draw(
        this.#surfacePlace,
        this.#surfaceData(),
        this.#surfaceState(),
        this.#environment(twoWeightsSurface.height(this.#width)),
      );
    }
    this.#redrawAll();
  }

  #environment(height: number): FigureEnvironment {
    return {
      width: this.#width,
      height,
      interactive: true,
      reducedMotion: prefersReducedMotion(),
    };
  }

  #mapData(): TwoWeightsMapData {
    const { points, losses, diverged, flow } = this.#walk;
    return { ...grid, valleys, walk: points, losses, diverged, flow };
  }

  #surfaceData(): TwoWeightsSurfaceData {
    const { points, diverged } = this.#walk;
    return { paths: [{ points, diverged }], extent, ceiling };
  }

  #surfaceState(): TwoWeightsSurfaceState {
    return { until: Math.floor(this.#until), selected: null };
  }

  #stridesData(): TwoWeightsStridesData {
    const { criticalStepSize } = this.#walk;
    return { ...this.#fates, stepSize: this.#stepSize, criticalStepSize };
  }

  #measure(): void {
    const width = Math.floor(this.#picture.clientWidth);
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    if (this.#map === null) {
      this.#map = twoWeightsMap.draw(
        this.#mapPlace,
        this.#mapData(),
        { until: this.#until },
        this.#environment(twoWeightsMap.height(width)),
      );
      this.#strides = twoWeightsStrides.draw(
        this.#stridesPlace,
        this.#stridesData(),
        { guess: this.#guess },
        this.#environment(twoWeightsStrides.height(width)),
      );
    } else this.#redrawAll();
    this.#say();
  }

  #redrawAll(): void {
    this.#map?.resize(this.#environment(twoWeightsMap.height(this.#width)));
    this.#surface?.resize(this.#environment(this.#surfaceHeight()));
    this.#strides?.resize(this.#environment(twoWeightsStrides.height(this.#width)));
    this.#update();
  }

  #surfaceHeight(): number {
    return twoWeightsMap.height(this.#width);
  }

  #update(): void {
    if (this.#look === 'map') this.#map?.update({ until: this.#until }, this.#mapData());
    else this.#surface?.update(this.#surfaceState(), this.#surfaceData());
    this.#strides?.update({ guess: this.#guess }, this.#stridesData());
    this.#say();
  }

  /** Brings every label, number and sentence up to date. */
  #say(): void {
    const { points, losses, sharpness, criticalStepSize, verdict, reason } = this.#walk;
    const last = points.length - 1;
    const step = Math.min(last, Math.floor(this.#until));
    const point = points[step]!;
    const write = formatNumber;
    this.#play.textContent = this.#playing === null ? 'Play' : 'Pause';
    this.#scrub.input.max = String(last);
    this.#scrub.set(step, `${step} of ${last}`);
    this.#stepSlider.set(Number(Math.log10(this.#stepSize).toFixed(2)), write(this.#stepSize));
    this.#a.set(this.#start[0], write(this.#start[0]));
    this.#b.set(this.#start[1], write(this.#start[1]));
    this.#readings.set('Weights (a, b)', `(${write(point[0])}, ${write(point[1])})`);
    this.#readings.set('Loss', write(losses[step]!));
    this.#readings.set('Gradient norm', write(Math.hypot(...twoWeightGradient(point))));
    this.#readings.set(
      'a² − b² now (at the start)',
      `${write(twoWeightInvariant(point))} (${write(twoWeightInvariant(points[0]!))})`,
    );
    this.#readings.set('λ, sharpness where the flow ends', write(sharpness));
    this.#readings.set('2/λ, the largest step it can bear', write(criticalStepSize));
    const relation = this.#stepSize > criticalStepSize ? 'η is over 2/λ' : 'η is under 2/λ';
    const headline = `${relation}: ${verdict}`;
    if (this.#verdict.firstChild?.textContent !== headline)
      this.#verdict.replaceChildren(make('strong', {}, headline), reason);
  }
}

customElements.define('atlas-two-weights', AtlasTwoWeights);
