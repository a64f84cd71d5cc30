// <atlas-two-weights>: drag a start on the exact surface of (ab - 1)^2 / 2, choose a step size, watch descent.
import { startEvent, type StartDetail } from '../figures/two-weights/two-weights-map.ts';
import type { WeightPair } from '../landscape/two-weights.ts';
import { Playback } from './figure-controls/control-bar.ts';
import { firstWalk, type ShownWalk } from './two-weights/shown-walk.ts';
import { WalkPanel } from './two-weights/walk-panel.ts';
import { WalkPictures } from './two-weights/walk-pictures.ts';
import { walkFrom, type Walk } from './two-weights/two-weights-walk.ts';

const stepsASecond = 9;
/** A long walk is shown faster: no walk takes more than this. */
const mostMilliseconds = 12_000;

interface Settings {
  readonly start: WeightPair;
  readonly stepSize: number;
}

const first = firstWalk();

/** What the chapter's words may set: <Show in="two-weights" state={{ start: [2.4, 0.5], stepSize: 0.45 }}>. */
export interface TwoWeightsState extends Partial<Settings> {
  /** The first step size, as a reader thought, at which the walker does not settle; null where they did not say. */
  readonly guess?: number | null;
}

export class AtlasTwoWeights extends HTMLElement {
  #settings: Settings = first;
  #walk: Walk = first.walk;
  #until = 0;
  #guess: number | null = null;
  /** What the reader had chosen before words of the text showed something else. */
  #before: Settings | null = null;
  #panel: WalkPanel | null = null;
  #pictures: WalkPictures | null = null;
  #end = new AbortController();
  readonly #playback = new Playback({
    count: () => this.#walk.points.length,
    at: () => this.#until,
    pass: (from, _to, share) => this.#show(from + share),
    arrive: (step) => this.#show(step),
    changed: (isPlaying) => this.#panel?.playing(isPlaying),
    milliseconds: (count) => Math.min(1000 / stepsASecond, mostMilliseconds / (count - 1)),
    endsAtOnceWhenCalm: true,
  });

  connectedCallback(): void {
    this.#until = this.#walk.points.length - 1;
    this.#end = new AbortController();
    const { signal } = this.#end;
    const root = this.querySelector<HTMLElement>('.two-weights')!;
    const part = (name: string) => root.querySelector<HTMLElement>(`.two-weights-${name}`)!;
    const actions = {
      take: (choice: Partial<Settings>) => this.#take(choice),
      goTo: (step: number) => this.#goTo(step),
      togglePlay: () => this.#playback.toggle(),
    };
    this.#panel = new WalkPanel(part('panel'), actions, signal);
    this.#pictures = new WalkPictures(part('picture'), this, this.#shown, signal);
    this.#pictures.draw(this.#playback);
    this.#panel.show(this.#shown);
    this.addEventListener(startEvent, this.#hearStart, { signal });
    root.inert = false;
  }

  disconnectedCallback(): void {
    this.#playback.stop();
    this.#end.abort();
    this.#pictures?.destroy();
    this.#pictures = null;
    this.#panel = null;
  }

  /** Words of the text, or a guess, show a walk; an empty object brings back what the reader had chosen. */
  overlay(layer: string, state: TwoWeightsState): void {
    if (layer === 'guess') this.#answer(state.guess ?? null);
    else if (state.start === undefined && state.stepSize === undefined) this.#restore();
    else {
      this.#before ??= this.#settings;
      this.#choose(state);
    }
  }

  get #shown(): ShownWalk {
    return { ...this.#settings, walk: this.#walk, until: this.#until, guess: this.#guess };
  }

  /** The walk that the question was about, at the step size guessed. */
  #answer(guess: number | null): void {
    this.#guess = guess;
    const [a, b] = (this.dataset['guessStart'] ?? '').split(' ').map(Number);
    this.#take({
      ...(a !== undefined && b !== undefined && { start: [a, b] as const }),
      ...(guess !== null && { stepSize: Number(guess.toPrecision(3)) }),
    });
  }

  #restore(): void {
    const before = this.#before;
    this.#before = null;
    if (before) this.#choose(before);
  }

  readonly #hearStart = (event: Event): void => {
    const [a, b] = (event as CustomEvent<StartDetail>).detail.start;
    this.#take({ start: [a, b] });
  };

  /** The reader's own choice, which words of the text no longer take back. */
  #take(choice: Partial<Settings>): void {
    this.#before = null;
    this.#choose(choice);
  }

  /** Another start or step size: a new walk, shown whole, so that dragging shows where each start leads. */
  #choose({ start = this.#settings.start, stepSize = this.#settings.stepSize }: Partial<Settings>) {
    this.#playback.stop();
    this.#settings = { start, stepSize };
    this.#walk = walkFrom(start, stepSize);
    this.#show(this.#walk.points.length - 1);
  }

  #goTo(step: number): void {
    this.#playback.stop();
    this.#show(step);
  }

  #show(until: number): void {
    this.#until = Math.min(until, this.#walk.points.length - 1);
    this.#pictures?.show(this.#shown);
    this.#panel?.show(this.#shown);
  }
}

customElements.define('atlas-two-weights', AtlasTwoWeights);
